"""Taking a case home from its page, and the pages that are in it."""

import io
import zipfile
from pathlib import Path

import pytest

from service.domain.notes import within
from service.post import verify
from service.queries import verifying
from service.web import i18n
from tests.app.house import House
from tests.app.logged import logged
from tests.app.taken import REMARK, Taken, unpacked
from tests.app.visiting import visiting
from tests.web.reading import seen


@pytest.fixture
def taken(sqlite_house: House) -> Taken:
    return Taken.of(logged(sqlite_house))


@pytest.fixture
def case(taken: Taken) -> str:
    case = taken.case()
    taken.logged.round()
    return case


def test_the_button_gives_the_dossier_and_the_timeline_says_so(taken: Taken, case: str):
    reader = visiting(taken.logged.house, "berit", "pogi.sec")
    page = f"/pogi/cases/{case}"
    assert "Tag sagen med hjem" in seen(reader.get(page).text)
    answer = reader.post(f"{page}/dossier")
    assert (answer.status_code, answer.content_type) == (200, "application/zip")
    assert answer.headers["Content-Disposition"] == "attachment; filename=adoption-2026-01-05.zip"
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert {"index.html", "replay.html", "README.txt", "verify.py", "licences.txt"} <= set(archive.namelist())
    timeline = reader.get(f"{page}/timeline").text
    assert "Tog sagens dossier med hjem" in timeline[timeline.index('id="looks"') :]
    assert "3 trin" in seen(timeline), "taking it home is no step"


def test_it_wants_the_token_of_the_form_and_a_reader_of_the_case(taken: Taken, case: str):
    reader = visiting(taken.logged.house, "berit", "pogi.sec")
    assert reader.post(f"/pogi/cases/{case}/dossier", {"csrf_token": "0" * 64}).status_code == 403
    stranger = visiting(taken.logged.house, "kari", "lill.owner", workspace="lillestrom")
    assert stranger.post(f"/pogi/cases/{case}/dossier").status_code == 404
    assert reader.post("/pogi/cases/none/dossier").status_code == 404


def test_with_a_checkpoint_that_was_kept_it_shows_that_the_log_leads_through_it(
    taken: Taken, case: str, tmp_path: Path
):
    kept = taken.logged.note()
    taken.case()
    taken.logged.round()
    reader = visiting(taken.logged.house, "berit", "pogi.sec")
    address, mail = f"/pogi/cases/{case}/dossier", f"Subject: The log\n\n{kept}\n{taken.logged.note('*')}".encode()
    for sent, found in (
        ({}, "NOT SHOWN"),
        ({"checkpoint": kept.strip().replace("\n", "\r\n")}, "PASS"),
        ({"kept": (io.BytesIO(mail), "kept.eml")}, "PASS"),
    ):
        (tmp_path / "it.zip").write_bytes(reader.post(address, sent).data)
        claims = verifying.claims(tmp_path / "it.zip", verify, [within(kept)])
        assert [it.verdict.value for it in claims if it.name == "kept"] == [found]


@pytest.mark.parametrize(
    ("language", "said"),
    [("da", "fra localhost/installation/log, og denne log er"), ("nb", "denne loggen er"), ("en", "and this log is")],
)
def test_what_is_no_checkpoint_of_this_log_comes_back_with_what_is_wrong(
    taken: Taken, case: str, language: str, said: str
):
    taken.logged.round()
    reader = visiting(taken.logged.house, "berit", "pogi.sec")
    reader.client.set_cookie("mandat_language", language)
    page = reader.post(f"/pogi/cases/{case}/dossier", {"checkpoint": taken.logged.note("*")})
    assert page.status_code == 422
    assert said in seen(page.text)
    assert "installation/log" in page.text, "what she pasted is still there"
    page = reader.post(f"/pogi/cases/{case}/dossier", {"kept": (io.BytesIO(b"Nothing."), "a.txt")})
    assert (page.status_code, 'id="checkpoint-e"' in page.text) == (422, True)
    assert "Berit" not in seen(reader.get(f"/pogi/cases/{case}").text.partition("<h2")[2]), "nobody has taken it"


def test_before_the_log_is_signed_it_says_to_wait(taken: Taken):
    case = taken.case()
    reader = visiting(taken.logged.house, "berit", "pogi.sec")
    answer = reader.post(f"/pogi/cases/{case}/dossier")
    assert answer.status_code == 409
    assert "Intet i loggen er underskrevet endnu" in seen(answer.text)


@pytest.mark.parametrize("language", sorted(i18n.LANGUAGES))
def test_the_summary_tells_who_did_what_in_each_language(taken: Taken, case: str, language: str):
    pages = unpacked(taken.dossier(case, language=language))
    summary = pages["index.html"].decode()
    assert f'<html lang="{language}">' in summary
    for said in ("Anne", REMARK, case, "localhost/pogi/log"):
        assert said in seen(summary)
    proved = {"da": "Dette er ikke bevist", "nb": "Dette er ikke bevist", "en": "This is not proved"}
    assert proved[language] in seen(summary)
    assert "<script" not in summary
    assert "http" not in summary.replace("http-equiv", ""), "it asks nothing of a network"
