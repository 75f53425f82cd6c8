"""Requests that no honest program sends, and what is said to them. The database plays no part."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.api.problems import is_problem
from tests.app.house import House, Someone, two_tasks

NOWHERE = "00000000-0000-7000-8000-000000000000"


@pytest.fixture(scope="module")
def anne(one_house: House) -> Someone:
    one_house.deploy(two_tasks())
    return one_house.person("anne", "pogi.sec", "pogi.chair")


@pytest.fixture(scope="module")
def task(anne: Someone):
    """A task whose form no random answers fit: `vote` is missing or none of its two values."""
    prepare = anne.post("/api/v1/instances", {"definition": "adoption"}).json["tasks"][0]["id"]
    return anne.post(f"/api/v1/tasks/{prepare}/complete").json["opened"][0]["id"]


@pytest.mark.parametrize("path", ["tasks", f"tasks/{NOWHERE}", f"instances/{NOWHERE}", "definitions"])
def test_nothing_is_said_to_who_does_not_say_who_she_is(one_house: House, path):
    answer = one_house.app.test_client().get(f"/api/v1/{path}")
    is_problem(answer, 401, "not-signed-in")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("header", ["Bearer", "Bearer x", "Basic eA==", "Bearer mandat_aaaaaaaaaaaaa_" + "x" * 43])
def test_a_token_that_is_none_is_refused(one_house: House, header):
    answer = one_house.app.test_client().get("/api/v1/tasks", headers={"Authorization": header})
    is_problem(answer, 401)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"answers": {}, "more": 1}, 422),
        ({"answers": []}, 422),
        ({"answers": {"typename": 1}}, 422),
        ([], 422),
        (None, 422),
    ],
)
def test_a_body_of_another_shape_is_refused(anne, task, body, status):
    raw = json.dumps(body)
    answer = anne.client.post(
        f"/api/v1/tasks/{task}/complete", data=raw, headers=anne.headers(), content_type="application/json"
    )
    is_problem(answer, status)


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"\xff",
        b"[" * 100_000,
        b'{"answers": ' + b'{"a":' * 20_000 + b"1" + b"}" * 20_001,
        b'{"answers": {"a": ' + b"9" * 6000 + b"}}",
        b'{"answers": {"a": NaN}}',
        b'{"answers": {"a": -Infinity}}',
        b'{"answers": {"vote": "for", "vote": "against"}}',
        b'{"answers": {"a": 1e999}}',
        b'{"answers": {"a": "\\ud800"}}',
    ],
)
def test_a_hostile_body_is_refused_and_never_a_fault_of_ours(anne, task, raw):
    answer = anne.client.post(
        f"/api/v1/tasks/{task}/complete", data=raw, headers=anne.headers(), content_type="application/json"
    )
    assert answer.status_code in (400, 422), answer.text
    is_problem(answer, answer.status_code)


def test_a_key_that_stands_twice_is_named(anne, task):
    raw = b'{"answers": {"a": {"b": 1, "c": 2, "b": 3}}}'
    answer = anne.client.post(
        f"/api/v1/tasks/{task}/complete", data=raw, headers=anne.headers(), content_type="application/json"
    )
    is_problem(answer, 422)
    assert "'b' stands twice" in answer.json["detail"]


def test_a_number_that_nothing_could_keep_is_named(anne):
    raw = b'{"inputs": {"n": 1e400}}'
    answer = anne.client.post(
        "/api/v1/decisions/any/evaluate", data=raw, headers=anne.headers(), content_type="application/json"
    )
    is_problem(answer, 422)
    assert "1e400" in answer.json["detail"]


def test_a_request_that_is_too_large_is_not_read(anne, task):
    answer = anne.client.post(
        f"/api/v1/tasks/{task}/complete",
        data=b'{"answers": "' + b"x" * 9_000_000 + b'"}',
        headers=anne.headers(),
        content_type="application/json",
    )
    is_problem(answer, 413)


@pytest.mark.parametrize(
    "query", ["scope=theirs", "limit=0", "limit=many", "cursor=rubbish", "cursor=MTIz", "more=1", "cursor=%00"]
)
def test_a_query_of_another_shape_is_refused(anne, query):
    is_problem(anne.get(f"/api/v1/tasks?{query}"), 422)


def test_an_address_or_method_that_is_not_there_is_a_problem_too(anne):
    is_problem(anne.get("/api/v1/nowhere"), 404)
    answer = anne.client.delete("/api/v1/tasks", headers=anne.headers())
    is_problem(answer, 405)
    assert "GET" in answer.headers["Allow"]


def test_a_key_for_a_repeated_request_must_be_one(anne):
    is_problem(anne.post("/api/v1/instances", {"definition": "adoption"}, Idempotency_Key=""), 422)
    is_problem(anne.post("/api/v1/instances", {"definition": "adoption"}, Idempotency_Key="x" * 201), 422)


def test_the_api_describes_itself(one_house: House):
    described = one_house.app.test_client().get("/api/v1/openapi.json")
    assert described.status_code == 200
    assert described.json["openapi"].startswith("3.1")
    paths = described.json["paths"]
    assert {
        "/api/v1/definitions",
        "/api/v1/instances",
        "/api/v1/instances/{instance_id}",
        "/api/v1/instances/{instance_id}/journal",
        "/api/v1/tasks",
        "/api/v1/tasks/{task_id}",
        *(f"/api/v1/tasks/{{task_id}}/{verb}" for verb in ("claim", "release", "assign", "complete")),
    } <= set(paths)


def test_every_problem_has_a_page(one_house: House):
    client = one_house.app.test_client()
    page = client.get("/problems/task-already-claimed")
    assert page.status_code == 200
    assert "{by} has had this task since {at}." in page.text
    assert client.get("/problems/nothing-of-the-kind").status_code == 404


def test_a_person_gets_a_page_and_a_program_json(one_house: House):
    client = one_house.app.test_client()
    assert client.get("/nowhere", headers={"Accept": "text/html"}).content_type == "text/html; charset=utf-8"
    assert client.get("/nowhere", headers={"Accept": "application/json"}).content_type == "application/problem+json"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=40)
@given(json_values)
def test_no_answers_whatever_are_a_fault_of_ours(anne, task, value):
    answer = anne.post(f"/api/v1/tasks/{task}/complete", {"answers": value})
    assert answer.status_code in (400, 422), answer.text  # NaN is no JSON
