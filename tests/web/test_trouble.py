"""Error pages: in the reader's language, in the frame of the service, and with a way on."""

import re

import pytest

from tests.app.browsing import browser
from tests.app.house import House, two_tasks
from tests.app.visiting import visiting
from tests.diagrams import files, process


@pytest.mark.parametrize(
    ("language", "headline"),
    [("da", "Her er ikke noget"), ("nb", "Her er det ingenting"), ("en", "There is nothing here")],
)
@pytest.mark.parametrize("path", ["/nowhere", "/pogi/nowhere", "/pogi/tasks/00000000-0000-7000-8000-000000000000"])
def test_what_is_not_there_is_said_in_the_language_of_the_reader(one_house: House, path, language, headline):
    somebody = visiting(one_house, f"lost-{language}-{len(path)}", "pogi.sec")
    somebody.client.set_cookie("mandat_language", language)
    page = somebody.get(path)
    assert page.status_code == 404
    assert f'<html lang="{language}"' in page.text
    assert f"{headline}</h1>" in page.text


def test_the_frame_stays_where_it_was_known(one_house: House):
    somebody = visiting(one_house, "framed", "pogi.sec")
    page = somebody.get("/pogi/tasks/00000000-0000-7000-8000-000000000000")
    assert 'href="/pogi/inbox"' in page.text


def test_whose_role_it_is_not_is_told_so_and_not_in_english(one_house: House):
    one_house.deploy(two_tasks())
    somebody = visiting(one_house, "reader", "pogi.sec")
    page = somebody.get("/pogi/processes/adoption/edit")
    assert page.status_code == 403
    assert "Det må du ikke" in page.text


def test_a_visitor_without_an_account_gets_the_same_page(one_house: House):
    page = browser(one_house).get("/nowhere", headers={"Accept-Language": "nb"})
    assert "Her er det ingenting" in page.text
    assert "innboksen" not in page.text, "she has none"
    assert "If you entered the URL manually" not in page.text


def test_a_form_from_before_she_signed_in_shows_what_she_wrote_and_the_way_back(one_house: House):
    somebody = visiting(one_house, "stale", "pogi.sec")
    path = "/pogi/tasks/00000000-0000-7000-8000-000000000000"
    fields = {"csrf_token": "0" * 64, "/remark": "Vi bør vente <b>lidt</b>.", "/empty": " ", "password": "kodeord"}
    sent = somebody.post(f"{path}/complete", fields, headers={"Referer": f"http://localhost{path}"})
    assert sent.status_code == 403
    assert '<html lang="da"' in sent.text
    assert "Siden blev åbnet for længe siden, eller før du loggede ind, som du er nu." in sent.text
    assert "Vi bør vente &lt;b&gt;lidt&lt;/b&gt;.</textarea>" in sent.text
    assert sent.text.count("<textarea") == 1, "neither what is empty nor a password"
    assert "kodeord" not in sent.text
    assert f'href="{path}"' in sent.text


def test_what_she_wrote_stands_under_the_titles_of_its_form_though_she_may_no_longer_send_it(house: House):
    asked = {"properties": {"need": {"title": "Behov", "type": "string", "x-sealed": True}}, "type": "object"}
    begun = process("asking").start(form="need").user("act", lane="pogi.sec").end()
    house.deploy(files(begun, forms={"need": asked}))
    somebody = visiting(house, "changed", "pogi.sec")
    fields = {"csrf_token": "0" * 64, "/need": "Slidt tøj kasseres.", "/unknown/0/x": "y"}
    sent = somebody.post("/pogi/start/asking", fields)
    assert sent.status_code == 403
    assert re.findall(r'<label class="ds-label" for="typed-\d">([^<]+)</label>', sent.text) == ["Behov", "Svar nr. 2"]


def test_where_a_form_was_sent_to_leads_back_to_its_page(one_house: House):
    somebody = visiting(one_house, "back", "pogi.sec")
    for deed in ("complete", "draft", "claim", "release"):
        answer = somebody.get(f"/pogi/tasks/00000000-0000-7000-8000-000000000000/{deed}")
        assert (answer.status_code, answer.headers["Location"]) == (
            303,
            "/pogi/tasks/00000000-0000-7000-8000-000000000000",
        )
