"""The data that a demonstration begins with: three layers, kept apart, each thing once."""

import re
from datetime import date
from typing import Any

from sqlalchemy import func, select

from service.cli.demonstration import beginning as wait
from service.commands import accounts
from service.domain.actors import operator
from service.domain.organisations import MEMBER_KINDS
from service.identity import ports
from service.queries import accounts as people
from service.queries import measures, organisations, settings, targets
from service.queries.requirements import requirements
from service.queries.requirements import seed as document
from service.queries.tasks import inbox
from service.store import db
from service.store.tables import Blob, Document, JournalEntry
from tests.app.demonstration import begin, begun
from tests.app.house import House, opened
from tests.support.covering import covers

TODAY = date(2026, 1, 5)
POGI, MUNICIPALITY = operator("pogi"), operator("lillestrom")


__all__ = ["begun"]


def register(house: House, actor: Any = POGI) -> dict[str, dict[str, Any]]:
    return {it["name"]: it for it in organisations.listed(actor, house.ports.now())}


def test_a_second_start_adds_nothing(begun: House):
    def entries() -> int:
        with db.reading() as session:
            return session.scalar(select(func.count()).select_from(JournalEntry)) or 0

    before = entries()
    begin()
    assert entries() == before


def test_who_is_there_already_gets_what_she_lacks(database_url: str):
    with opened(database_url, demo=True) as house:
        accounts.create(house.operator(), "pogi.sg", persona=True)
        accounts.join(house.operator(), "pogi.sg", "Hun selv")
        begin()
        actor = people.named("pogi", "pogi.sg", house.ports.now())
        assert actor is not None
        assert (actor.name, "pogi.sg" in actor.roles) == ("Hun selv", True)
        assert actor.organisations == {register(house)["Eksempelby Kommune"]["id"]}


@covers("L1", "L3", "L4", "L24", "L25")
def test_the_action_plan_is_the_documents_word_for_word_and_blank_where_it_is_blank(begun: House):
    words = requirements()
    plan = measures.plan(MUNICIPALITY, TODAY)
    (strategy,) = plan["strategies"]
    assert (strategy["title"], strategy["years"]) == ("Strategi for grønne innkjøp 2020 – 2024", [2020, 2024])
    assert strategy["main_goal"] == words["L24"].quoted
    assert [f"{it['number']}. {it['text']}" for it in strategy["goals"]] == [
        words[f"L{n}"].quoted for n in range(25, 29)
    ]
    rows = plan["measures"]
    assert [it["description"] for it in rows] == [words[f"L{n}"].quoted for n in range(5, 15)]
    assert [it["number"] for it in rows] == list(range(1, 11))
    assert {it["goal_text"] for it in rows} == {words["L4"].text[1]}
    assert {(it["responsible"], it["due_on"], it["status"], it["light"]) for it in rows} == {(None, None, None, "grey")}
    assert [(it["origin"], it["origin_ref"]) for it in rows] == [("source", f"L{n}") for n in range(5, 15)]


def test_the_founding_documents_are_kept_as_they_came(begun: House):
    with db.reading() as session:
        for name in ("000_13a6a410fe33c4e4", "003_8500d473f122a7a4"):
            row = session.scalars(select(Document).where(Document.origin_ref == name)).one()
            blob = session.get_one(Blob, (row.workspace_id, row.digest))
            assert (row.origin, blob.size) == ("source", len(document(name)))


def test_the_published_targets_say_where_they_are_from_and_no_more_than_that_place_does(begun: House):
    shown = {it["key"]: it for it in targets.at_work(POGI)}
    assert list(shown) == [str(number) for number in range(1, 13)]
    assert {it["origin"] for it in shown.values()} == {"public"}
    assert all(re.match("https://", it["origin_ref"]) for it in shown.values())
    assert [key for key, it in shown.items() if it["status"] is None] == ["1", "4", "7", "9"]
    assert [it["version"] for it in shown["3"]["versions"]] == [None]
    dated = {key: it["versions"][0]["valid_from"] for key, it in shown.items() if it["versions"]}
    assert {key: day for key, day in dated.items() if day} == {"8": "2022-01-01", "12": "2020-07-01"}
    assert {it["key"] for it in targets.register("pogi")} == {"2", "5", "6", "8", "10", "11", "12"}
    assert targets.version("pogi", "8", 1)["requirements"] == []


@covers("P7")
def test_nine_sample_members_of_every_kind_that_the_partnership_is_open_to_have_a_vote_each(begun: House):
    (group,) = [it for it in organisations.bodies(POGI, begun.ports.now()) if it["key"] == "steering-group"]
    known = register(begun)
    assert len(group["seats"]) == 9
    assert {seat["name"] for seat in group["seats"]} == {name for name, it in known.items() if it["member"]}
    assert {known[seat["name"]]["kind"] for seat in group["seats"]} == set(MEMBER_KINDS)
    assert all(known[seat["name"]]["representatives"] and seat["votes"] for seat in group["seats"])


def test_real_bodies_have_no_vote_and_nobody_acts_for_them(begun: House):
    real = {name: it for name, it in (register(begun) | register(begun, MUNICIPALITY)).items() if not it["sample"]}
    assert {name: (it["origin"], it["origin_ref"]) for name, it in real.items()} == {
        "Miljøstyrelsen": ("source", "P29"),
        "Forum for Bæredygtige Indkøb": ("source", "P34"),
    }
    assert all(not it["member"] and not it["representatives"] for it in real.values())


def test_the_one_setting_that_is_changed_is_a_sample(begun: House):
    changed = {
        it["key"]: (it["value"], it["origin"]) for it in settings.listed(POGI, begun.ports.now()) if it["version"]
    }
    assert changed == {"target.prefix": ("E", "sample")}


def test_every_task_of_the_shipped_processes_has_somebody_to_do_it(begun: House):
    with db.reading() as session:
        held = session.connection().exec_driver_sql("SELECT DISTINCT workspace_id, role_key FROM role_holdings").all()
        roles = session.connection().exec_driver_sql("SELECT workspace_id, key FROM roles").all()
    assert {tuple(row) for row in roles} == {tuple(row) for row in held}


def test_a_proposal_and_a_measure_wait_for_whoever_opens_the_demonstration(begun: House):
    wait.begin()
    wait.begin()
    waiting = []
    for workspace, account in (("pogi", "pogi.sec"), ("lillestrom", "lill.proc.section")):
        actor = people.named(workspace, account, ports().now())
        assert actor is not None
        waiting += [task["activity"] for task in inbox(actor, "roles")["tasks"]]
    assert waiting == ["Task_screen", "Task_adjust"]
