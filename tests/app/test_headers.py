"""What every answer carries, whoever asks and whatever the answer is."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.app.house import House

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def answers(app: Flask) -> Iterator[tuple[str, TestResponse]]:
    """What every address of the service answers to every method, for a stranger who makes up the rest of it."""
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<int:[^>]+>", "1", rule.rule)
        path = re.sub(r"<[^>]+>", "x", path)
        for method in sorted((rule.methods or set()) - {"OPTIONS"}):
            yield f"{method} {rule.rule}", client.open(path, method=method)
    yield "nowhere", client.get("/nowhere/at/all")


def test_every_answer_of_every_address_carries_them(one_house: House):
    seen = 0
    for what, answer in answers(one_house.app):
        seen += 1
        assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS, what
        assert "Server" not in answer.headers, what
        assert answer.status_code < 500, what
    assert seen > 40


def test_what_is_said_to_one_person_is_kept_by_no_cache(one_house: House):
    for what, answer in answers(one_house.app):
        if "/static/" not in what:
            assert answer.headers["Cache-Control"] == "no-store", what


def test_an_encrypted_connection_is_asked_to_stay_encrypted(one_house: House):
    client = one_house.app.test_client()
    assert "Strict-Transport-Security" not in client.get("/healthz").headers
    assert "max-age" in client.get("/healthz", base_url="https://localhost").headers["Strict-Transport-Security"]


@pytest.mark.parametrize("path", ["/", "/sign-in", "/api/v1/tasks", "/pogi/inbox"])
def test_a_request_for_another_host_is_refused(one_house: House, path):
    """Otherwise a link or a redirect that the service writes could be made to lead to a stranger's host."""
    client = one_house.app.test_client()
    assert client.get(path, base_url="http://elsewhere.example").status_code == 400
    forwarded = client.get(path, headers={"X-Forwarded-Host": "elsewhere.example"})
    assert "elsewhere.example" not in forwarded.text + str(forwarded.headers), "no proxy of ours stands before us"


def test_a_form_that_is_too_large_is_not_read(one_house: House):
    client = one_house.app.test_client()
    long = client.post("/sign-in", data=b"name=" + b"x" * 1_100_000, content_type="application/x-www-form-urlencoded")
    assert long.status_code in (403, 413)
    many = client.post("/sign-in", data={f"f{number}": "" for number in range(400)}, content_type="multipart/form-data")
    assert many.status_code in (403, 413)


def test_the_start_page_says_what_is_there(one_house: House):
    page = one_house.app.test_client().get("/")
    assert page.status_code == 200
    assert "Partnerskabet for Offentlige Grønne Indkøb" in page.text
    assert "Lillestrøm kommune" in page.text
    assert "<style" not in page.text
    assert "<script>" not in page.text
