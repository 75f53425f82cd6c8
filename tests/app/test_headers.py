import pytest

from tests.app.house import House

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/v1/tasks", "/nowhere", "/problems/task-already-claimed"])
def test_every_answer_carries_the_policy(one_house: House, path):
    answer = one_house.app.test_client().get(path)
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_encrypted_connection_is_asked_to_stay_encrypted(one_house: House):
    client = one_house.app.test_client()
    assert "Strict-Transport-Security" not in client.get("/healthz").headers
    assert "max-age" in client.get("/healthz", base_url="https://localhost").headers["Strict-Transport-Security"]


def test_a_request_for_another_host_is_refused(one_house: House):
    assert one_house.app.test_client().get("/", base_url="http://elsewhere.example").status_code == 400


def test_the_start_page_says_what_is_there(one_house: House):
    page = one_house.app.test_client().get("/")
    assert page.status_code == 200
    assert "Partnerskabet for Offentlige Grønne Indkøb" in page.text
    assert "Lillestrøm kommune" in page.text
    assert "<style" not in page.text
    assert "<script>" not in page.text
