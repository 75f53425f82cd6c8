"""How the service stands, as a page: for who administers the workspace, and for nobody else."""

import re
from dataclasses import dataclass

import pytest
from sqlalchemy import text

from service.commands import backups
from service.domain.journal import INSTALLATION
from service.queries import health
from service.runtime.command import Call
from service.store import db
from tests.app.house import House, gate, waiting
from tests.app.sending import Sending, sending
from tests.app.visiting import visiting
from tests.web.reading import seen
from tests.web.test_outbox_page import undelivered

__all__ = ["sending"]


@dataclass
class Silent:
    """Background work that has not reported for so many seconds."""

    seconds: float

    def silent_for(self) -> float:
        return self.seconds


def figures(page: str) -> dict[str, str]:
    """The numbers by what they count."""
    return dict(re.findall(r"<h2>(.*?)</h2>\s*<p class=\"m-kpi__n\"><b>(.*?)</b>", page))


def test_an_empty_workspace_says_that_all_is_well(sqlite_house: House):
    sqlite_house.app.extensions[health.BACKGROUND] = Silent(2)
    page = visiting(sqlite_house, "ada", "admin").get("/pogi/operations").text
    assert set(figures(page).values()) == {"0"}
    assert "Alt er i orden" in seen(page)
    assert "Meldte sig for 2 sekunder siden" in seen(page)
    assert "Seneste sikkerhedskopi Ingen er kendt" in seen(page)
    assert "Arbejdsprocesser" not in seen(page), "on SQLite the service does it by itself"


def test_what_needs_somebody_is_counted_marked_and_led_to(sending: Sending):
    undelivered(sending)
    house = sending.house
    house.deploy(gate())
    house.deploy(waiting())
    anne = house.person("carl", "pogi.sec")
    asked = anne.post("/api/v1/instances", {"definition": "gate"}).json["tasks"][0]["id"]
    anne.post(f"/api/v1/tasks/{asked}/complete", {"answers": {}})
    anne.post("/api/v1/instances", {"definition": "waiting"})
    house.later(days=3)
    page = visiting(house, "karl", "admin").get("/pogi/operations").text
    assert figures(page) == {
        "Processer, der kører": "3",
        "Opgaver, ingen har taget": "1",
        "Skridt, der står stille": "1",
        "Tidspunkter, der er overskredet": "1",
        "Beskeder, der venter": "3",
        "Beskeder, der ikke fandt en sag": "0",
        "Beskeder, der ikke kunne sendes": "2",
    }
    assert seen(page).count("Se efter") == 4
    assert "Alt er i orden" not in seen(page)
    for place in ("cases", "incidents", "outbox"):
        assert f'<a class="ds-link" href="/pogi/{place}">' in page


def test_it_tells_of_workers_and_the_queue_where_there_are_any(house: House):
    page = seen(visiting(house, "ada", "admin").get("/pogi/operations").text)
    on_postgresql = db.db.engine.dialect.name == "postgresql"
    assert ("Arbejdsprocesser Ingen" in page) == on_postgresql
    assert "Baggrundsarbejdet står stille." not in page, "it has only just been looked at"
    if on_postgresql:
        with db.transaction() as session:
            for machine in ("first 7", "second 8"):
                session.execute(text(f"SET LOCAL application_name = '{machine}'"))
                session.execute(text("INSERT INTO queue.procrastinate_workers DEFAULT VALUES"))
        house.app.extensions.pop("mandat.background-known")
        page = seen(visiting(house, "bea", "admin").get("/pogi/operations").text)
        assert re.search(r"Arbejdsprocesser first 7 meldte sig for \d+ sekund(er)? siden og second 8 meldte", page)
        assert "Baggrundsarbejdet står stille." not in page


def test_the_last_backup_and_the_version_are_told(sqlite_house: House):
    by = Call(sqlite_house.operator(INSTALLATION).actor, sqlite_house.ports)
    backups.made(by, "0" * 64, "0011", 7)
    page = seen(visiting(sqlite_house, "ada", "admin").get("/pogi/operations").text)
    assert "Seneste sikkerhedskopi 05.01.2026 kl. 09.00" in page
    assert sqlite_house.app.config["API_VERSION"] in page


@pytest.mark.parametrize(("seconds", "told"), [(59.0, False), (60.0, True)])
def test_administrators_see_on_every_page_that_background_work_stands_still(sqlite_house: House, seconds, told):
    sqlite_house.app.extensions[health.BACKGROUND] = Silent(seconds)
    ada, anne = visiting(sqlite_house, "ada", "admin"), visiting(sqlite_house, "anne", "pogi.sec")
    for path in ("inbox", "cases", "processes", "people", "operations"):
        assert ("Baggrundsarbejdet står stille." in seen(ada.get(f"/pogi/{path}").text)) == told
    assert "Baggrundsarbejdet" not in seen(anne.get("/pogi/inbox").text)


def test_to_others_it_is_not_there(sqlite_house: House):
    anne = visiting(sqlite_house, "anne", "pogi.sec")
    assert anne.get("/pogi/operations").status_code == 404
    assert "/pogi/operations" not in anne.get("/pogi/inbox").text
    assert "/pogi/operations" in visiting(sqlite_house, "ada", "admin").get("/pogi/inbox").text


@pytest.mark.parametrize(("language", "words"), [("nb", "Siste sikkerhetskopi"), ("en", "Last backup")])
def test_it_is_told_in_each_language(sqlite_house: House, language, words):
    ada = visiting(sqlite_house, "ada", "admin")
    ada.post("/language", {"language": language, "back": "/"})
    assert words in seen(ada.get("/pogi/operations").text)
