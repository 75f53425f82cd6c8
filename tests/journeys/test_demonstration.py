"""E1 Eksempel: arbejdstøj from its proposal to version 1 and into revision, and a measure of the action plan: as shipped,
on the real service, by the people who hold the roles."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from service.cli.demonstration.telling import tell
from service.commands import instances
from service.domain.actors import operator
from service.domain.errors import AnswersRefused
from service.domain.notes import read
from service.domain.organisations import COMPETENCES
from service.identity import dossiers
from service.post import verify
from service.queries import accounts, backups, measures, organisations, papers, replay, targets, verifying
from service.queries.demonstration import course
from service.runtime.command import Call
from service.store.db import reading
from service.store.disclosures import of_case
from service.store.journal import entries
from service.store.tables import Task
from tests.app.demonstration import Played, begun, played
from tests.app.erasing import erase
from tests.app.house import House
from tests.app.logged import logged
from tests.app.taken import run
from tests.support.covering import covers

__all__ = ["begun", "played"]


def by_role(played: Played, activity: str) -> set[str | None]:
    """The roles in which a task was completed."""
    return {step["role"] for step in played.steps() if step["activity"] == activity}


def order(played: Played, *activities: str) -> list[int]:
    """Where in the case each of these was done first."""
    names = [step["activity"] for step in played.steps()]
    return [names.index(activity) for activity in activities]


@covers("P16")
def test_it_is_planned_when_the_steering_group_has_decided_to_begin_and_not_before(played: Played):
    first = played.ballots()[0]
    assert (first["question"], first["outcome"], len(first["voters"])) == ("initiation", "adopted", 9)
    planned = next(step for step in played.steps() if step["status"] == "planned")
    assert (planned["role"], planned["outcome"]) == ("pogi.sg", "adopted (9–0–0 of 9)")


@covers("P6")
@pytest.mark.parametrize("effect", ["environmental_effect", "supply_effect"])
def test_nothing_is_proposed_without_its_effect_on_the_environment_and_on_the_market(begun: House, effect: str):
    actor = accounts.named("pogi", "member.officer", begun.ports.now())
    assert actor is not None
    proposal = next(it for it in course("e1")["steps"] if isinstance(it, dict) and it.get("case") == "E1")["answers"]
    with pytest.raises(AnswersRefused) as refused:
        instances.start(Call(actor, begun.ports), "target-lifecycle", proposal | {effect: ""}, None)
    assert [fault.pointer for fault in refused.value.faults] == [f"/{effect}"]


@covers("P17", "P26")
def test_one_working_group_of_members_with_practice_and_other_expertise_is_established_for_it(played: Played):
    groups = organisations.bodies(played.actor(), played.house.ports.now())
    (group,) = [it for it in groups if it["kind"] == "working-group"]
    assert group["case_id"] == played.case()["id"]
    assert {seat["competence"] for seat in group["seats"]} == set(COMPETENCES)
    assert [seat["name"] for seat in group["seats"] if seat["lead"]] == ["Eksempelby Kommune"]
    members = {it["name"] for it in organisations.listed(played.actor(), played.house.ports.now()) if it["member"]}
    assert len(group["seats"]) == 5
    assert {seat["name"] for seat in group["seats"]} < members


def laid(played: Played, activity: str) -> dict[str, list[dict[str, Any]]]:
    """What lay before whoever did a task of the partnership first: the answers of each step, by its activity."""
    with reading() as session:
        first = (
            select(Task.id).where(Task.workspace_id == "pogi", Task.activity_id == activity).order_by(Task.opened_at)
        )
        task = session.scalars(first).first()
    assert task is not None
    found = papers.of_task(played.actor(), task, "da")
    every = [it for step in (*found["before"], *found["grounds"], *found["earlier"]) for it in step["papers"]]
    return {it["activity"]: [one["answers"] for one in every if one["activity"] == it["activity"]] for it in every}


@covers("P28")
def test_what_the_members_buy_and_have_learnt_lies_before_whoever_reports_on_the_market(played: Played):
    assert by_role(played, "Task_data") == {"member.officer"}
    given = laid(played, "Task_report")["Task_data"]
    assert sorted(it["spend"] for it in given) == [700_000, 900_000, 1_100_000, 2_400_000, 4_300_000]
    assert [it["experience"].value for it in given if it.get("experience")] == ["Lommer og knæ slides først."]
    assert {str(it["contract_ends_on"]) for it in given if it.get("contract_ends_on")} == {"2027-12-31", "2028-06-30"}


@covers("P31")
def test_the_market_is_scanned_and_reported_on_before_anything_is_drafted(played: Played):
    assert by_role(played, "Task_desk") == by_role(played, "Task_dialogue") == {"pogi.sec"}
    asked = order(played, "Task_scope", "Task_dialogue", "Task_report", "Task_approve", "Task_draft")
    assert asked == sorted(asked)
    before = laid(played, "Task_draft")
    assert before["Task_dialogue"][0]["contacts"][0]["supplier"].value == "Leverandør Eksempel A/S"
    assert "uden merpris over levetiden" in before["Task_report"][0]["report"].value


@covers("P18")
def test_the_secretariat_prepares_what_the_steering_group_decides_and_assures_what_the_working_group_writes(
    played: Played,
):
    for steering in ("Task_recommend", "Task_agenda", "Task_attendance"):
        assert by_role(played, steering) == {"pogi.sec"}, "for the steering group"
    for working in ("Task_terms", "Task_scope", "Task_report", "Task_quality", "Task_summarise"):
        assert by_role(played, working) == {"pogi.sec"}, "for the working group"


@covers("P35")
def test_every_type_of_stakeholder_is_asked_about_the_draft(played: Played):
    kinds = {it["name"]: it["kind"] for it in organisations.listed(played.actor(), played.house.ports.now())}
    asked = [it["name"] for it in played.hearings()[1]["invited"]]
    assert {kinds[name] for name in asked} == {"trade body", "sme", "ngo", "purchasing community", "research"}


@covers("P36")
def test_both_hearings_are_held_and_every_point_has_an_answer_with_its_reason(played: Played):
    held = played.hearings()
    assert [(it["kind"], it["round"]) for it in held] == [("internal", 1), ("trade", 1), ("internal", 2), ("trade", 2)]
    assert [(it["answers"], it["objections"]) for it in held] == [(9, 0), (5, 1), (3, 0), (5, 0)]
    assert (held[1]["outcome"], held[1]["objection_outcome"]) == ("closed with objection", "answered")
    assert [[it["treatment"] for it in hearing["treatments"]] for hearing in held] == [
        ["partly"],
        ["rejected", "rejected"],
        [],
        [],
    ]
    assert all(it["point"] and it["reason"] for hearing in held for it in hearing["treatments"])


@covers("P35")
def test_after_the_return_the_plan_for_the_hearing_begins_with_the_one_of_before(played: Played):
    with reading() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT id FROM tasks WHERE activity_id = 'Task_stakeholders' ORDER BY opened_at"
        )
        first, again = (str(it) for it in rows.scalars())
    assert "invited" not in papers.of_task(played.actor(), first, "da")["begun"]
    begun = papers.of_task(played.actor(), again, "da")["begun"]
    assert [it["name"] for it in begun["invited"]] == [
        "Brancheforening Eksempel", "SMV Eksempel ApS", "NGO Eksempel", "Indkøbsfællesskab Eksempel", "Institut Eksempel",
    ]  # fmt: skip
    assert (begun["others"], begun["not_relevant_reason"]) == ("not relevant", "Ingen andre er berørt.")


def test_the_draft_that_came_back_names_what_differs_from_what_was_heard(played: Played):
    with reading() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT id FROM tasks WHERE activity_id = 'Task_draft' ORDER BY opened_at"
        )
        again = [str(it) for it in rows.scalars()][-1]
    (own,) = papers.of_task(played.actor(), again, "da")["own"]
    assert own["papers"][0]["answers"]["changed"] == ["a"], "of what was heard before the steering group sent it back"


@covers("P27")
def test_the_working_groups_draft_is_what_the_steering_group_votes_on_and_what_is_published(played: Played):
    assert by_role(played, "Task_draft") == {"wg.lead"}
    published = targets.version("pogi", "E1", 1)
    assert played.ballots()[-1]["item_digest"] == published["digest"]
    assert published["requirements"][0]["evidence"] == "Anvisning og prisliste for reparation i tre år."


@covers("P19", "P23")
def test_a_vote_lapses_the_next_is_a_tie_and_the_last_adopts_by_seven_to_one(played: Played):
    found = [it for it in played.ballots() if it["question"] == "adoption"]
    assert [(it["result"], it["outcome"]) for it in found] == [
        ("lapsed", "lapsed"),
        ("tie", "referred back"),
        ("adopted", "adopted"),
    ]
    counted = ("eligible", "in_favour", "against", "abstained")
    assert [[it["tally"][name] for name in counted] for it in found] == [[9, 0, 0, 0], [9, 4, 4, 1], [9, 7, 1, 1]]
    for ballot in found:
        assert ballot["rules"]["sg.quorum"] == {"value": 0.5, "version": 0, "origin": "analogue"}


@covers("P20", "P21")
def test_the_chair_and_the_secretariat_agree_on_every_agenda_and_the_chair_leads_the_meeting(played: Played):
    agreed = [it for it in played.steps() if it["activity"] in ("Task_agenda", "Task_agree_agenda")]
    assert [it["role"] for it in agreed] == ["pogi.sec", "pogi.chair"] * 5
    assert by_role(played, "Task_discuss") == by_role(played, "Task_next_meeting") == {"pogi.chair"}


@covers("P15")
def test_each_of_the_four_parts_of_the_partnership_does_its_own_and_the_draft_is_assured_before_it_leaves(
    played: Played,
):
    assert by_role(played, "Task_vote") == {"pogi.sg"}
    assert by_role(played, "Task_release") == {"pogi.chair"}
    assert by_role(played, "Task_quality") == {"pogi.sec"}
    assert by_role(played, "Task_points") == {"wg.lead"}
    asked = order(played, "Task_draft", "Task_quality", "Task_answer", "Task_vote")
    assert asked[:3] == sorted(asked[:3])


@covers("P11")
def test_version_1_is_published_for_everybody(played: Played):
    anybody = played.house.app.test_client()
    shown = anybody.get("/api/v1/targets/pogi/E1/versions/1").json
    assert (shown["title"], shown["valid_from"], shown["sample"]) == ("Eksempel: arbejdstøj", "2027-06-01", True)
    assert [it["letter"] for it in shown["requirements"]] == ["a", "b"]
    assert "E1" in {it["key"] for it in anybody.get("/api/v1/targets?workspace=pogi").json["targets"]}


def test_its_revision_has_begun_and_leaves_the_version_in_force(played: Played):
    (target,) = [it for it in targets.at_work(played.actor()) if it["key"] == "E1"]
    shown = [(it["version"], it["version_status"], it["kind"]) for it in target["versions"]]
    assert shown == [(1, "under revision", "new"), (None, "proposed", "revision")]
    assert target["versions"][0]["review_on"] == "2030-06-01"
    assert played.case("E1-revision")["status"] == "proposed"
    assert played.case("E1")["closed_at"] is not None


@covers("L2", "L18")
def test_the_procurement_section_sets_a_measure_going_and_its_owner_reports_until_it_is_done(played: Played):
    steps = [(it["activity"], it["role"], it["outcome"]) for it in played.steps("tiltak-4")]
    assert steps[1:3] == [("Task_adjust", "lill.proc.section", None), ("Task_approve", "lill.proc.head", None)]
    assert [outcome for *_, outcome in steps if outcome] == ["measure not started → ongoing", "measure ongoing → done"]
    plan = measures.plan(played.actor("tiltak-4"), date(2030, 1, 1))
    by_number = {it["number"]: it for it in plan["measures"]}
    fourth = by_number.pop(4)
    assert (fourth["status"], fourth["responsible"], fourth["plan_origin"]) == ("done", "Innkjøpsseksjonen", "sample")
    assert {(it["responsible"], it["due_on"], it["status"]) for it in by_number.values()} == {(None, None, None)}


def test_a_person_reads_the_stages_of_each_case(played: Played, capsys: pytest.CaptureFixture[str]):
    tell({key: played.steps(key) for key in played.play.cases}, "f00d")
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line and not line.startswith((" ", "→"))] == [
        "tiltak-4", "E1", "E1-revision", "journal f00d",
    ]  # fmt: skip
    assert [line for line in lines if line.startswith("→")][:8] == [
        "→ proposed", "→ planned", "→ scanning", "→ drafting", "→ internal hearing", "→ trade hearing",
        "→ final proposal", "→ on agenda",
    ]  # fmt: skip
    assert "  2027-04-20  pogi.sg            Afgiv stemme ×9: adopted (7–1–1 of 9)" in lines


def test_every_case_replays_to_the_state_that_is_stored_before_and_after_all_is_erased(played: Played):
    cases = backups.all_cases()
    assert {case for _, case in played.play.cases.values()} <= {case for _, case in cases}
    for key in played.play.cases:
        assert played.case(key)["troubles"] == []
    before = {case: replay.case(operator(workspace), case) for workspace, case in cases}
    assert [told for told in before.values() if not told["ok"]] == []
    erased = 0
    for workspace in ("pogi", "lillestrom"):
        with reading() as session:
            rows = [row for owner, case in cases if owner == workspace for row in of_case(session, workspace, case)]
        commitments = [row.commitment for row in rows]
        erase(played.house, commitments, "retention", workspace=workspace)
        erased += len(commitments)
    assert erased > 50, "there was something to erase"
    assert {case: replay.case(operator(workspace), case) for workspace, case in cases} == before


def test_what_people_wrote_in_their_own_words_stands_in_no_record(played: Played):
    """Requirements, notes, effects, who was invited, who is responsible: none of it can be taken out of a record again."""
    (version,) = [it for it in targets.target("pogi", "E1")["versions"] if it["version"] == 1]
    text = targets.version("pogi", "E1", version["version"])
    wrote = [it[part] for it in text["requirements"] for part in ("text", "evidence")]
    wrote += [text["environmental_effect"], text["supply_effect"], "Innkjøpsseksjonen"]
    outside = {one["name"] for it in played.hearings() if it["kind"] == "trade" for one in it["invited"]}
    assert all(wrote) and outside
    for key, (workspace, case) in played.play.cases.items():
        with reading() as session:
            told = json.dumps(entries(session, workspace, case), ensure_ascii=False)
        assert [it for it in (*wrote, *outside) if json.dumps(it, ensure_ascii=False)[1:-1] in told] == [], key


def test_every_case_is_taken_home_and_verified_there(played: Played, tmp_path: Path):
    """Calls, ballots, hearings, tables of other bundles and documents: by the product, which runs it again, and by the
    program that goes with it."""
    signed = logged(played.house)
    signed.round()
    for key in played.play.cases:
        actor, case = played.actor(key), played.case(key)["id"]
        (tmp_path / "it.zip").write_bytes(dossiers.of_case(Call(actor, signed.house.ports), case))
        (tmp_path / "kept.txt").write_text(signed.note(actor.workspace_id))
        kept = [[read(signed.note(actor.workspace_id))]]
        ours = {it.name: it.says for it in verifying.claims(tmp_path / "it.zip", verify, kept) if it.verdict != "PASS"}
        assert set(ours) == {"key"}, ours
        status, theirs, _ = run(tmp_path, "it.zip", "--checkpoint", "kept.txt")
        assert (status, {name for name, it in theirs.items() if it[0] != "PASS"}) == (0, {"key", "replay"})
