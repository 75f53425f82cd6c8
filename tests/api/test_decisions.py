"""Asking a deployed decision table over the API."""

import hashlib

import pytest

from service.commands import deployments
from service.queries import bundles
from tests.api.problems import is_problem
from tests.app.house import House, Someone
from tests.engine.decisions.drawing import decision, file, given, table

RULES = ["< 0.5 => false // too few", ">= 0.5 => true // enough"]
ASK = "/api/v1/decisions/quorum/evaluate"


def rules(limit: str = "0.5") -> bytes:
    rows = [row.replace("0.5", limit) for row in RULES]
    return file(
        given("present", "number"),
        given("eligible", "number"),
        decision("quorum", table("UNIQUE", ["present / eligible"], ["quorate: boolean"], rows), needs=["in-present", "in-eligible"]),
    )  # fmt: skip


@pytest.fixture
def anne(house: House) -> Someone:
    for limit in ("0.5", "0.9"):
        deployments.deploy(house.operator(), bundles.sent({"rules.dmn": rules(limit)}), "", False)
    return house.person("anne", "pogi.sec")


def test_the_answer_says_how_it_came_about(anne: Someone):
    answer = anne.post(ASK, {"inputs": {"present": 5, "eligible": 9}, "version": 1})
    assert answer.status_code == 200
    told = answer.json
    assert (told["outputs"], told["reasons"]) == (True, [])
    assert told["inputs"] == {"present": 5, "eligible": 9}
    assert told["digest"] == hashlib.sha256(rules()).hexdigest()
    [firing] = told["fired"]
    assert [(rule["id"], rule["annotations"]) for rule in firing["rules"]] == [("r2", ["source: enough"])]
    assert [made["id"] for made in told["decisions"]] == ["quorum"]


def test_a_version_or_a_bundle_may_be_named(anne: Someone):
    body = {"inputs": {"present": 5, "eligible": 9}}
    newest = anne.post(ASK, body).json
    assert newest["outputs"] is False
    first = anne.post(ASK, body | {"version": 1}).json
    assert (first["outputs"], first["bundle"] != newest["bundle"]) == (True, True)
    assert anne.post(ASK, body | {"digest": first["bundle"]}).json == first


def test_a_null_has_its_reason(anne: Someone):
    told = anne.post(ASK, {"inputs": {"present": "many", "eligible": 0}}).json
    assert told["outputs"] is None
    assert (told["reasons"][0]["decision"], told["reasons"][1]["decision"]) == (None, "quorum")
    assert told["reasons"][0]["message"].startswith("The input “present” will not do")


def test_what_is_not_there_is_a_problem(house: House, anne: Someone):
    is_problem(anne.post("/api/v1/decisions/other/evaluate"), 404, "decision-not-found")
    is_problem(anne.post(ASK, {"version": 3}), 404, "decision-not-found")
    is_problem(anne.post(ASK, {"digest": "0" * 64}), 404, "decision-not-found")
    is_problem(anne.post(ASK, {"digest": "x"}), 422)
    is_problem(anne.post(ASK, {"input": {}}), 422)
    is_problem(anne.post(ASK, {"inputs": [1]}), 422)


def test_an_input_that_nobody_asks_for_and_a_version_in_quotation_marks_are_refused(anne: Someone):
    asked = {"inputs": {"present": 5, "eligible": 9, "elligible": 9}}
    problem = anne.post(ASK, asked)
    is_problem(problem, 422)
    assert "asks for no input called “elligible”" in problem.json["detail"]
    for version in ("1", True, 1.0):
        is_problem(anne.post(ASK, {"inputs": {"present": 5, "eligible": 9}, "version": version}), 422)
    by_namespace = {"inputs": {"urn:test#present": 5, "eligible": 9}}
    assert anne.post(ASK, by_namespace).json["outputs"] is False


def test_another_workspace_and_a_stranger_see_nothing(house: House, anne: Someone):
    kari = house.person("kari", "lill.owner", workspace="lillestrom")
    is_problem(kari.post(ASK), 404, "decision-not-found")
    assert house.person("stranger").post(ASK).status_code in (403, 404)
    assert house.app.test_client().post(ASK, json={}).status_code == 401


def test_it_is_described(house: House):
    described = house.app.test_client().get("/api/v1/openapi.json").json["paths"]
    assert "post" in described["/api/v1/decisions/{key}/evaluate"]
