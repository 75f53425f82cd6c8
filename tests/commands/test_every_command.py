"""What holds for every command, whichever comes next."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

import service.commands
from service.app import create_app
from service.commands import (
    access,
    accounts,
    backups,
    bodies,
    cases,
    clock,
    deployments,
    documents,
    dossiers,
    erasures,
    history,
    incidents,
    instances,
    log_keys,
    mailboxes,
    measures,
    messages,
    organisations,
    outbox,
    replays,
    replies,
    retention,
    roles,
    settings,
    targets,
    tasks,
    timers,
    webhooks,
    witnesses,
)
from service.domain.actors import operator
from service.domain.erasures import Wanted
from service.domain.errors import (
    AdministratorNeeded,
    CaseNotFound,
    DemonstrationRefused,
    IncidentNotFound,
    InstallationAdministratorNeeded,
    InstanceNotFound,
    MandatError,
    ProcessOwnerNeeded,
    ProposalNotFound,
    RoleNeeded,
)
from service.domain.history_facts import HistoryExported
from service.domain.journal import INSTALLATION, UNJOURNALED
from service.domain.origins import From
from service.domain.record_errors import MeasureKeeperNeeded
from service.domain.witnesses import LogNotFound
from service.identity import links
from service.post import KeyFile
from service.queries import backups as written
from service.queries import bundles
from service.queries import timers as due
from service.runtime.command import Call, Work
from service.settings import Settings
from service.store import db, journal
from service.store.tables import Case, Disclosure, JournalEntry, Message
from tests.app.house import START, House, gate, two_tasks
from tests.commands.outgoing import outgoing
from tests.diagrams import after, message, process, signal
from tests.journeys.test_hearing import SUPPORT
from tests.journeys.test_messages import with_keys
from tests.journeys.test_replies import asked


def commands() -> dict[str, Callable[..., Any]]:
    found: dict[str, Callable[..., Any]] = {}
    for module in pkgutil.iter_modules(service.commands.__path__):
        loaded = importlib.import_module(f"service.commands.{module.name}")
        for name, verb in vars(loaded).items():
            if not name.startswith("_") and inspect.isfunction(verb) and verb.__module__ == loaded.__name__:
                found[f"{module.name}.{name}"] = verb
    return found


def breaches(journaled: dict[str, int]) -> set[str]:
    """The commands that are not on the closed list and were not seen to leave an entry. `journaled` counts them by name."""
    return {name for name in commands().keys() - UNJOURNALED if not journaled.get(name)}


def entries() -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(JournalEntry)) or 0


def test_every_public_verb_is_a_command():
    """A verb takes its work first; what is called from outside is the command around it, with a docstring."""
    assert commands()
    for name, verb in commands().items():
        inner = inspect.unwrap(verb)
        assert inner is not verb, f"{name} is no command"
        assert next(iter(inspect.signature(inner).parameters.values())).annotation is Work, name
        assert inner.__doc__, name


def test_every_command_leaves_at_least_one_entry(house: House, tmp_path: Path):
    journaled: dict[str, int] = {}

    def done(name, verb, *arguments, by=None):
        before = entries()
        answer = verb(by or house.operator(), *arguments)
        journaled[name] = entries() - before
        return answer

    done("accounts.create", accounts.create, "anne")
    done("accounts.join", accounts.join, "anne", "Anne Hansen")
    done("accounts.give_token", accounts.give_token, "anne", "prefix", "digest", house.later(days=1))
    done("accounts.set_password", accounts.set_password, "anne", "hash")
    done("roles.add", roles.add, "pogi.sec", "Sekretariat")
    held = done("roles.grant", roles.grant, "anne", "pogi.sec")
    done("roles.end", roles.end, held["id"], "term over")
    by = Call(house.person("bo", "pogi.sec").actor, house.ports)
    done("deployments.deploy", deployments.deploy, bundles.sent(two_tasks()), "why", True)
    owner, second = (Call(house.person(name, "process.owner").actor, house.ports) for name in ("olga", "per"))
    for name, verb in (("deployments.withdraw", deployments.withdraw), ("deployments.approve", deployments.approve)):
        proposed = deployments.deploy(owner, bundles.sent(gate()), "why", True)
        done(name, verb, proposed["approval"], by=second)
    started = done("instances.start", instances.start, "adoption", {}, None, by=by)
    task = started["tasks"][0]["id"]
    done("tasks.claim", tasks.claim, task, by=by)
    done("tasks.release", tasks.release, task, by=by)
    done("tasks.assign", tasks.assign, task, by.actor.person_id, by=by)
    done("tasks.complete", tasks.complete, task, {}, by=by)
    deployments.deploy(house.operator(), bundles.sent(two_tasks() | {"note.txt": b"a second version"}), "why", True)
    done("instances.migrate", instances.migrate, started["id"], 2, {}, "the note is to be there")
    done("instances.cancel", instances.cancel, started["id"])
    _taken_home(done, by, started["case_id"])

    timed = process("timed").start().catch("rest", after('duration("P1D")')).end()
    house.deploy({"timed.bpmn": timed.bpmn()})
    instances.start(by, "timed", {}, None)
    house.later(days=2)
    ((case, timer),) = due.due("pogi", house.ports.now())
    done("timers.fire", timers.fire, case, timer)

    unready = (
        process("unready")
        .io(inputs=["x"])
        .start()
        .exclusive("which")
        .end("a", when="x > 1")
        .at("which")
        .otherwise()
        .end("b")
    )
    house.deploy({"unready.bpmn": unready.bpmn()})
    failed = instances.start(by, "unready", {}, None)
    done("incidents.retry", incidents.retry, failed["incident"]["id"])
    done("incidents.correct", incidents.correct, failed["incident"]["id"], {"y": 1}, "it was forgotten")
    done("cases.suspend", cases.suspend, failed["case_id"], "it is looked into")
    done("cases.resume", cases.resume, failed["case_id"], "it was looked into")
    done("incidents.skip", incidents.skip, failed["incident"]["id"], "it is small", "Flow_which_b")
    again = instances.start(by, "unready", {}, None)
    done("cases.cancel", cases.cancel, again["case_id"], "it was a mistake")

    _clock(done, house)
    _messages(done, house, by)
    _records(done, by, started["case_id"], by.actor.person_id)
    _signed(done, house, tmp_path)
    _restored(done, tmp_path)
    assert breaches(journaled) == set()


def _clock(done, house: House) -> None:
    """What the clock leads to: a night that ends, and the clock that is moved."""
    replays.take(house.operator())
    done("replays.close", replays.close)
    demo = Call(house.operator().actor, replace(house.ports, demo=True))
    with pytest.raises(DemonstrationRefused):
        clock.forward(demo, START)
    with db.transaction() as session:
        journal.of_installation(session).clock_at = START
    done("clock.forward", clock.forward, house.later(days=1), by=demo)


def _taken_home(done, by: Call, case: str) -> None:
    """What is handed out."""
    with db.reading() as session:
        count = session.get_one(Case, ("pogi", case)).journal_seq
    done("dossiers.hand_out", dossiers.hand_out, case, "0" * 64, count, 0, 0, by=by)
    done("dossiers.hand_out_log", dossiers.hand_out_log, "0" * 64, 1)


def _signed(done, house: House, folder: Path) -> None:
    """The keys of the log."""
    by = Call(house.operator(INSTALLATION).actor, replace(house.ports, keys=KeyFile(folder / "log-key")))
    done("log_keys.begin", log_keys.begin, by=by)
    done("log_keys.rotate", log_keys.rotate, by=by)


def _restored(done, folder: Path) -> None:
    """What is in the current database, given away, and brought back into another."""
    done("history.exported", history.exported, HistoryExported(format="xes", digest="0" * 64, entries=1, cases=1))
    done("backups.made", backups.made, "0" * 64, "0001", 1)
    with open(folder / "backup", "w+b") as file:
        written.write(file, START)
        empty = create_app(Settings(database_url=f"sqlite:///{folder / 'empty.sqlite3'}", secret_key="k" * 32))
        with empty.app_context():
            db.upgrade()
            done("backups.restore", backups.restore, file)
            db.dispose()


def _messages(done, house: House, by: Call) -> None:
    """What cases are told, and what they tell each other."""
    hears = process("hears").io(inputs=["ref"]).start(properties={}).user("ask", lane="pogi.sec")
    hears = hears.catch("hear", message("told", variable="it"), lane="pogi.sec").end()
    tells = process("tells").io(inputs=["ref"]).start().throw("tell", message("told", ref="ref")).end()
    heard = process("heard").start().catch("hear", signal("now"), lane="pogi.sec").end()
    for bpmn in (with_keys(hears.bpmn(), "ref"), tells.bpmn(), heard.bpmn()):
        house.deploy({"it.bpmn": bpmn})
    done("messages.send", messages.send, "told", {"ref": "1"}, None, by=by)
    instances.start(house.operator(), "tells", {"ref": "2"}, None)
    with db.reading() as session:
        (sent,) = session.scalars(select(Message.id).where(Message.state == "sent"))
    done("messages.carry", messages.carry, sent)
    house.later(days=40)
    done("messages.expire", messages.expire)
    case = instances.start(house.operator(), "heard", {}, None)["case_id"]
    done("messages.signal", messages.signal, case, "now", None, by=by)
    hearing = asked(house)
    task = hearing.waiting(hearing.sec, "Task_record")[0]["id"]
    done("replies.invite", replies.invite, task, "digest", by=hearing.sec)
    done("replies.answer", replies.answer, "digest", SUPPORT, by=links.holder("pogi"))


def _records(done, by: Call, case: str, person: str | None) -> None:
    """The commands about records, and about what goes out."""
    outgoing(done, by, person)
    source = From("source", "L1")
    done("settings.change", settings.change, "sg.quorum", 0.5, "§ 4")
    made = done("organisations.register", organisations.register, "Eksempelstad Kommune", "municipality")["id"]
    member = done("organisations.admit", organisations.admit, made)["id"]
    acting = done("organisations.represent", organisations.represent, made, person)["id"]
    done("bodies.establish", bodies.establish, "another-group", "steering-group", "Styregruppen")
    seat = done("bodies.seat", bodies.seat, "another-group", made)["id"]
    done("bodies.unseat", bodies.unseat, seat, "term over")
    done("organisations.end_representation", organisations.end_representation, acting, "resignation")
    done("organisations.end_membership", organisations.end_membership, member, "withdrawal")
    goals = done("measures.register", measures.register, "Strategi", (2020, 2024), "Mål", [("Delmål", "L25")], source)
    measure = done("measures.add", measures.add, goals["goals"][0], 1, "Tiltak", "must", source)["id"]
    done("measures.plan", measures.plan, measure, "Innkjøpsseksjonen", date(2026, 6, 1))
    done("targets.register", targets.register, "8", targets.Known("Belysning", "Belysning"), source)
    done("documents.add", documents.add, "a.txt", "text/plain", b"a", case, by=by)
    done("documents.attach", documents.attach, case, "b.txt", b"b", by=by)
    with db.transaction() as session:
        session.add(
            Disclosure(
                workspace_id="pogi",
                commitment="c",
                case_id=case,
                pointer="/a",
                salt=b"s",
                value=b'"v"',
                sealed_at=START,
            )
        )
    _erased(done, by, case)


def _erased(done, by: Call, case: str) -> None:
    """What one asks to be erased and another decides on, and what is closed to others and looked at."""
    other = Call(replace(by.actor, roles=frozenset({"admin"}), person_id="another"), by.ports)
    wanted = Wanted(("c",))
    for name, verb in (("erasures.refuse", erasures.refuse), ("erasures.approve", erasures.approve)):
        asked = done("erasures.request", erasures.request, wanted, "retention", "Its time is over.")["id"]
        done(name, verb, asked, by=other)
    done("access.export", access.export, by.actor.person_id, "0" * 64, "", by=by)
    done("access.searched", access.searched, "text")
    done("access.close_off", access.close_off, case, "dk-ofl-30", ["pogi.sec"], "Tenders are in it.")
    reader = Call(replace(by.actor, closed=frozenset({case})), by.ports)
    done("access.note", access.note, case, "case", by=reader)
    done("access.open_up", access.open_up, case, "The contract is awarded.")
    late = Call(operator("pogi"), replace(by.ports, clock=lambda: START + timedelta(days=366 * 26)))
    done("retention.hand_over", retention.hand_over, case, "AV 12345", by=late)


@pytest.mark.parametrize(
    ("verb", "arguments", "error"),
    [
        (accounts.create, ("x",), InstallationAdministratorNeeded),
        (accounts.give_token, ("x", "p", "d", None), InstallationAdministratorNeeded),
        (accounts.set_password, ("x", "hash"), InstallationAdministratorNeeded),
        (accounts.join, ("x", "X"), AdministratorNeeded),
        (roles.add, ("x", "X"), AdministratorNeeded),
        (roles.grant, ("x", "X"), AdministratorNeeded),
        (roles.end, ("x", "term over"), AdministratorNeeded),
        (bodies.unseat, ("x", "term over"), AdministratorNeeded),
        (organisations.end_representation, ("x", "resignation"), AdministratorNeeded),
        (organisations.end_membership, ("x", "withdrawal"), AdministratorNeeded),
        (history.exported, (HistoryExported(format="xes", digest="0", entries=1, cases=1),), LogNotFound),
        (settings.change, ("sg.quorum", 0.5, "§ 4"), AdministratorNeeded),
        (organisations.register, ("X", "ngo"), AdministratorNeeded),
        (organisations.admit, ("x",), AdministratorNeeded),
        (organisations.represent, ("x", "y"), AdministratorNeeded),
        (bodies.establish, ("x", "x", "X"), AdministratorNeeded),
        (bodies.seat, ("x", "y"), AdministratorNeeded),
        (measures.register, ("X", (1, 2), "X", [], From()), AdministratorNeeded),
        (measures.add, ("x", 1, "X", "must", From()), MeasureKeeperNeeded),
        (measures.plan, ("x", "X", date(2026, 6, 1)), MeasureKeeperNeeded),
        (targets.register, ("8", targets.Known("X", "X"), From()), AdministratorNeeded),
        (erasures.request, (Wanted(("c",)), "retention", "y"), AdministratorNeeded),
        (erasures.approve, ("x",), AdministratorNeeded),
        (erasures.refuse, ("x",), AdministratorNeeded),
        (access.searched, ("text",), AdministratorNeeded),
        (retention.hand_over, ("x", "y"), CaseNotFound),
        (mailboxes.choose, ("a@example.dk", "daily", "da", "somebody"), AdministratorNeeded),
        (outbox.send_again, (None,), AdministratorNeeded),
        (outbox.try_now, ("mail",), AdministratorNeeded),
        (outbox.discard, (["x"], "receiver-gone"), AdministratorNeeded),
        (webhooks.add, ("https://example.dk/",), AdministratorNeeded),
        (webhooks.remove, ("x",), AdministratorNeeded),
        (witnesses.add, ("mail", "a@example.dk"), AdministratorNeeded),
        (witnesses.remove, ("x",), AdministratorNeeded),
        (log_keys.rotate, (), InstallationAdministratorNeeded),
        (deployments.deploy, (None,), ProcessOwnerNeeded),
        (deployments.approve, ("x",), ProposalNotFound),
        (deployments.withdraw, ("x",), ProposalNotFound),
        (incidents.retry, ("x",), IncidentNotFound),
        (incidents.correct, ("x", {"a": 1}, "y"), IncidentNotFound),
        (incidents.skip, ("x", "y"), IncidentNotFound),
        (cases.suspend, ("x", "y"), CaseNotFound),
        (cases.resume, ("x", "y"), CaseNotFound),
        (cases.cancel, ("x", "y"), CaseNotFound),
        (instances.cancel, ("x",), InstanceNotFound),
        (dossiers.hand_out_log, ("0" * 64, 1), InstallationAdministratorNeeded),
        (instances.migrate, ("x", 2, {}, "y"), InstanceNotFound),
    ],
)
def test_who_may_not_is_told_so_and_nothing_happens(house: House, verb, arguments, error):
    secretary = house.person("secretary", "pogi.sec")
    before = entries()
    with pytest.raises(error):
        verb(Call(secretary.actor, house.ports), *arguments)
    assert entries() == before


def test_who_reads_a_case_is_told_that_it_is_for_another_to_steer_it(house: House):
    """Where she sees none, there is none: that comes first."""
    secretary = Call(house.person("secretary", "pogi.sec").actor, house.ports)
    house.deploy(two_tasks())
    started = instances.start(secretary, "adoption", {}, None)
    before = entries()
    for verb, *arguments in (
        (cases.suspend, started["case_id"], "y"),
        (cases.resume, started["case_id"], "y"),
        (cases.cancel, started["case_id"], "y"),
        (instances.cancel, started["id"]),
        (instances.migrate, started["id"], 2, {}, "y"),
    ):
        with pytest.raises(ProcessOwnerNeeded):
            verb(secretary, *arguments)
    with pytest.raises(AdministratorNeeded):
        retention.hand_over(secretary, started["case_id"], "AV 1")
    assert entries() == before


def test_a_workspaces_administrator_cannot_make_herself_the_installations(house: House):
    admin = Call(house.person("admin", "admin").actor, house.ports)
    with pytest.raises(InstallationAdministratorNeeded):
        accounts.create(admin, "accomplice", True)


def test_who_has_no_part_cannot_start_anything(house: House):
    house.deploy(two_tasks())
    with pytest.raises(RoleNeeded):
        instances.start(Call(house.person("stranger").actor, house.ports), "adoption", {}, None)


def test_an_error_in_a_command_takes_everything_back(house: House):
    before = entries()
    with pytest.raises(MandatError):
        roles.grant(house.operator(), "nobody", "admin")
    assert entries() == before
