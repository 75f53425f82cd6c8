"""The log as a page, and as the world reads it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from service.commands import witnesses
from service.domain import merkle, notes, tiles
from service.domain.tiles import Tiles
from service.identity.callers import PORTS
from service.post import Files, Webhooks, verify
from service.queries import log
from tests.app.house import House
from tests.app.logged import Logged, logged, write
from tests.app.visiting import visiting
from tests.web.reading import seen


@pytest.fixture
def watched(sqlite_house: House, tmp_path: Path) -> Logged:
    found = logged(sqlite_house)
    ports = replace(found.house.ports, files=Files([str(tmp_path)]), http=Webhooks(), mail=lambda _: None)
    found.house.app.extensions[PORTS] = ports
    return Logged(House(found.house.app, ports))


def test_an_auditor_sees_how_the_log_stands_and_who_has_it(watched: Logged, tmp_path: Path):
    auditor = visiting(watched.house, "arne", "auditor")
    assert "Ingen udenfor gemmer kontrolpunkterne" in seen(auditor.get("/pogi/log").text)
    witnesses.add(watched.house.operator(), "file", str(tmp_path))
    write(1233)
    watched.round()
    page = auditor.get("/pogi/log").text
    note = notes.read(watched.note())
    assert f"{note.checkpoint.size:,}".replace(",", ".") in page
    assert log.verifier_keys("pogi")[0].text() in page.replace("&#43;", "+")
    assert watched.note().splitlines()[2] in page.replace("&#43;", "+")
    assert str(tmp_path) in page
    assert "Endnu intet" in seen(page)
    assert "Tilføj et vidne" not in seen(page), "she looks, and changes nothing"


def test_a_checkpoint_is_downloaded_as_it_was_signed_by_anybody(watched: Logged):
    write(3)
    watched.round()
    watched.round()
    anybody = watched.house.app.test_client()
    answer = anybody.get("/pogi/log/checkpoint?download=1")
    assert answer.text == watched.note()
    assert answer.content_type == "text/plain; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert anybody.get("/installation/log/checkpoint").text == watched.note("*")
    assert anybody.get("/nowhere/log/checkpoint").status_code == 404


def test_the_world_computes_the_root_from_the_tiles(watched: Logged):
    write(600)
    watched.round()
    anybody, checkpoint = watched.house.app.test_client(), notes.read(watched.note()).checkpoint
    origin = checkpoint.origin.partition("/")[2]

    def fetch(level: int, number: int) -> bytes | None:
        wide = tiles.width(checkpoint.size, level, number)
        answer = anybody.get(f"/{origin}/tile/{tiles.path(level, number, wide % 256)}")
        assert "immutable" in answer.headers["Cache-Control"]
        return bytes(answer.data)

    assert Tiles(checkpoint.size, fetch).root() == checkpoint.root
    for nothing in ("0/009", "0/002", "9/000.p/1", "0/0", "entries/000"):
        assert anybody.get(f"/pogi/log/tile/{nothing}").status_code == 404


def test_a_tile_holds_hashes_alone(watched: Logged):
    write(2)
    watched.round()
    tile = watched.house.app.test_client().get("/pogi/log/tile/0/000.p/2").data
    assert len(tile) == 64
    assert b"role" not in tile


def test_an_administrator_adds_witnesses_and_removes_them(watched: Logged, tmp_path: Path):
    admin = visiting(watched.house, "ada", "admin")
    for form, wrong in (
        ({"kind": "mail", "address": "nobody"}, "skriv en mailadresse"),
        ({"kind": "webhook", "address": "https://10.0.0.1/"}, "ikke er offentligt"),
        ({"kind": "file", "address": "/etc"}, "ikke tilladt den mappe"),
        ({"kind": "", "address": "x"}, "vælg en"),
    ):
        answer = admin.post("/pogi/log/witnesses", form)
        assert answer.status_code == 422
        assert wrong in seen(answer.text)
    page = admin.post("/pogi/log/witnesses", {"kind": "webhook", "address": "https://example.dk/witness"}).text
    assert re.search(r'readonly value="whsec_[A-Za-z0-9+/]{43}="', page)
    admin.post("/pogi/log/witnesses", {"kind": "mail", "address": "revision@example.dk"})
    again = admin.post("/pogi/log/witnesses", {"kind": "mail", "address": "revision@example.dk"})
    assert again.status_code == 422 and "der bliver allerede afleveret kontrolpunkter" in seen(again.text)
    page = admin.get("/pogi/log").text
    assert ("example.dk/witness" in page, "revision@example.dk" in page) == (True, True)
    for remove in re.findall(r'action="(/pogi/log/witnesses/[0-9a-f-]{36}/remove)"', page):
        admin.post(remove)
    left = admin.get("/pogi/log").text
    assert ("example.dk/witness" in left, "revision@example.dk" in left) == (False, False)


@pytest.mark.parametrize(("name", "role"), [("anne", "pogi.sec"), ("arne", "auditor")])
def test_to_others_the_log_or_its_witnesses_are_not_there(watched: Logged, name, role):
    somebody = visiting(watched.house, name, role)
    assert somebody.get("/pogi/log").status_code == (200 if role == "auditor" else 404)
    assert somebody.post("/pogi/log/witnesses", {"kind": "mail", "address": "a@example.dk"}).status_code == 404
    assert ("/pogi/log" in somebody.get("/pogi/inbox").text) == (role == "auditor")


def test_who_administers_goes_there_by_way_of_operations(watched: Logged):
    admin = visiting(watched.house, "ada", "admin")
    assert 'href="/pogi/log"' in admin.get("/pogi/operations").text
    assert 'href="/pogi/operations"' in admin.get("/pogi/log").text


def test_without_a_key_the_page_says_that_nothing_is_signed(sqlite_house: House):
    assert "Loggen er ikke underskrevet" in seen(visiting(sqlite_house, "ada", "admin").get("/pogi/log").text)


def test_notes_are_what_the_specification_says():
    """Its own example, signed by another program."""
    text = (
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— example.com/behind-the-sofa "
        "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    )
    note = notes.read(text)
    assert note.checkpoint.text() + "\n" == text[: text.index("—")]
    assert note.signatures[0][1].hex() == "033de0ae"
    assert not note.signed_by(notes.Key("example.com/behind-the-sofa", bytes(32)), verify)
    assert merkle.EMPTY.hex().startswith("e3b0c442")
