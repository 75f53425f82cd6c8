"""What a service puts into force when it starts, without being asked, and what it leaves alone."""

import io
import json
import zipfile

import pytest
from sqlalchemy import select

from service.cli import shipping
from service.cli.shipped import FORMS, PROCESSES
from service.cli.shipping import ship
from service.commands import deployments
from service.domain.bundles import Bundle
from service.queries import bundles, definitions, workspaces
from service.store import db, journal
from service.store.tables import Deployment
from tests.app.house import House
from tests.diagrams import process


def bundle(task: str = "act", key: str = "shipped", language: str = "da") -> Bundle:
    """A bundle of one task, in that language."""
    drawing = process(key).start().user(task, lane="Sekretariat").end()
    manifest = {"key": key, "titles": {language: key}, "source_language": language, "process": key}
    return bundles.sent({f"{key}.bpmn": drawing.bpmn(), "bundle.json": json.dumps(manifest).encode()})


@pytest.fixture
def shipping_of(monkeypatch):
    """Lets the product come with these bundles."""
    return lambda *ours: monkeypatch.setattr(shipping, "delivered", lambda: list(ours))


def in_force(workspace: str = "pogi") -> dict[str, int]:
    with db.reading() as session:
        rows = session.scalars(select(Deployment).where(Deployment.workspace_id == workspace)).all()
    return {row.bundle_key: row.number for row in sorted(rows, key=lambda row: row.number)}


def test_everything_shipped_is_in_force_in_the_workspace_of_its_language(house: House):
    said = list(ship())
    folders = {path.name for path in PROCESSES.iterdir() if (path / "bundle.json").exists()}
    languages = {
        name: json.loads((PROCESSES / name / "bundle.json").read_text())["source_language"] for name in folders
    }
    for workspace, language in workspaces.languages().items():
        assert set(in_force(workspace)) == {name for name, spoken in languages.items() if spoken == language}
    assert len(said) == len(folders)
    assert all(line.endswith("version 1 is in force.") for line in said), said
    assert FORMS.is_dir()
    with house.statements() as asked:
        assert list(ship()) == [], "a second start finds nothing new"
    assert all(statement.startswith("SELECT") for statement in asked)


def test_it_is_told_in_the_journal_as_the_products_own_act(house: House, shipping_of):
    shipping_of(bundle())
    list(ship())
    with db.reading() as session:
        told = journal.entries(session, "pogi", "pogi")
    assert [entry["kind"] for entry in told] == ["role.added", "bundle.deployed"]
    assert {(entry["actor"], entry["auth"]) for entry in told} == {("*", "installation")}


def test_what_is_shipped_says_so_in_the_language_of_the_workspace(house: House, shipping_of):
    shipping_of(bundle(), bundle(language="nb", key="levert"))
    list(ship())
    with db.reading() as session:
        notes = {row.workspace_id: row.note for row in session.scalars(select(Deployment))}
    version = house.app.config["API_VERSION"]
    assert notes == {"pogi": f"Leveret med Mandat {version}", "lillestrom": f"Levert med Mandat {version}"}


def test_a_role_is_called_by_its_lane(house: House):
    list(ship())
    with db.reading() as session:
        roles = dict(
            tuple(row) for row in session.connection().exec_driver_sql(
                "SELECT key, label FROM roles WHERE workspace_id = 'pogi'"
            )
        )  # fmt: skip
    assert roles["pogi.sec"] == "Sekretariat"
    assert roles["pogi.chair"] == "Formandskab"


def test_a_newer_version_of_the_product_puts_its_own_in_the_place_of_its_old(house: House, shipping_of):
    shipping_of(bundle("act"))
    list(ship())
    shipping_of(bundle("decide"))
    assert list(ship()) == ["pogi: shipped version 2 is in force."]


def test_what_somebody_of_the_workspace_changed_stays(house: House, shipping_of):
    shipping_of(bundle("act"))
    list(ship())
    owner = house.person("owner", "process.owner", administrator=True)
    sent = io.BytesIO()
    with zipfile.ZipFile(sent, "w") as archive:
        for name, content in bundle("hers").files.items():
            archive.writestr(name, content)
    files = {"bundle": (io.BytesIO(sent.getvalue()), "hers.zip")}
    assert owner.client.post("/api/v1/definitions", data=files, headers=owner.headers()).status_code == 201
    assert list(ship()) == [], "nothing is new"
    shipping_of(bundle("decide"))
    assert list(ship()) == ["pogi: shipped was changed here and stays; `mandat deploy shipped` replaces it."]
    assert definitions.in_force(owner.actor)[0]["version"] == 2
    deployments.deploy(house.operator(), bundle("decide"))
    assert list(ship()) == []


def test_what_cannot_be_put_into_force_keeps_no_service_from_starting(house: House, shipping_of):
    house.deploy({"own.bpmn": process("shipped").start().user("a", lane="pogi.sec").end().bpmn(),
                  "bundle.json": json.dumps({"key": "own", "titles": {"da": "x"}, "source_language": "da",
                                             "process": "shipped"}).encode()})  # fmt: skip
    shipping_of(bundle(), bundle(key="other"))
    taken, deployed = list(ship())
    assert taken.startswith(
        "pogi: shipped is not put into force. The process shipped already belongs to the bundle own"
    )
    assert deployed == "pogi: other version 1 is in force."
