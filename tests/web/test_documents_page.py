"""Documents: put into a case from its page or with a form, listed there, and handed out to who may read the case."""

import io
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from service.commands import instances, roles, tasks
from service.domain.actors import Actor
from service.domain.documents import MOST_BYTES
from service.runtime.command import Call
from service.store import db, people
from service.store.tables import Blob, Document, Enclosure
from tests.app.browsing import Browser
from tests.app.house import House, two_tasks
from tests.app.visiting import cookie_of, visiting
from tests.diagrams import process
from tests.web.reading import seen

PDF = b"%PDF-1.7 notatets indhold"
FORM = {
    "type": "object",
    "required": ["note"],
    "properties": {
        "paper": {"title": "Bilag", "type": "string", "format": "data-url"},
        "note": {"title": "Notat", "type": "string"},
    },
}


@pytest.fixture
def anne(sqlite_house: House) -> Browser:
    return visiting(sqlite_house, "anne", "pogi.sec")


def started(house: House, anne: Browser, *, form: bool = False) -> tuple[str, str]:
    """A case with a task, with a file field in its form or without one."""
    if form:
        drawing = process("papers").start().user("write", name="Skriv", lane="pogi.sec", form="paper").end()
        house.deploy({"papers.bpmn": drawing.bpmn(), "paper.schema.json": json.dumps(FORM).encode()})
    else:
        house.deploy(two_tasks())
    starter = house.person("starter", "pogi.sec")
    begun = instances.start(Call(starter.actor, house.ports), "papers" if form else "adoption", {}, "2026-1")
    return str(begun["case_id"]), str(begun["tasks"][0]["id"])


def send(
    anne: Browser,
    path: str,
    name: str = "file",
    file: tuple[bytes, str] | None = None,
    fields: Mapping[str, str] | None = None,
) -> TestResponse:
    """Send a form in parts, as a browser sends one with a file."""
    sent: dict[str, object] = {"csrf_token": anne.token(), **(fields or {})}
    if file is not None:
        sent[name] = FileStorage(io.BytesIO(file[0]), file[1])
    boundary, body = encode_multipart(sent)
    kind = f'multipart/form-data; boundary="{boundary}"'
    return anne.client.post(path, data=body, base_url=anne.base, content_type=kind)


def documents() -> list[str]:
    with db.reading() as session:
        return sorted(row.name for row in session.query(Document))


def test_a_file_is_put_into_the_case_listed_and_handed_out(sqlite_house: House, anne: Browser):
    case, _ = started(sqlite_house, anne)
    path = f"/pogi/cases/{case}"
    assert "Der er ingen dokumenter i sagen endnu." in anne.get(path).text
    sent = send(anne, f"{path}/documents", file=(PDF, "Notat – måltal.pdf"))
    assert sent.status_code == 303
    page = anne.get(sent.headers["Location"].partition("#")[0]).text
    assert "»Notat – måltal.pdf« er nu i sagen." in page
    assert "Notat – måltal.pdf PDF, 1 kB. Lagt i sagen 5. januar 2026" in seen(page)
    assert "lagde dokumentet »Notat – måltal.pdf« i sagen" in seen(page)
    (address,) = set(re.findall(r'href="(/pogi/documents/[^"]+)"', page))
    answer = anne.get(address)
    assert answer.data == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''Notat%20%E2%80%93%20m%C3%A5ltal.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_who_may_not_read_the_case_neither_gets_nor_adds_a_document(sqlite_house: House, anne: Browser):
    case, _ = started(sqlite_house, anne)
    send(anne, f"/pogi/cases/{case}/documents", file=(PDF, "a.pdf"))
    with db.reading() as session:
        (row,) = session.query(Document)
        address = f"documents/{row.id}"
    guest = visiting(sqlite_house, "liv", "lill.proc.section", workspace="lillestrom")
    for workspace in ("pogi", "lillestrom"):
        assert guest.get(f"/{workspace}/{address}").status_code == 404
        assert send(guest, f"/{workspace}/cases/{case}/documents", file=(PDF, "b.pdf")).status_code == 404
    assert documents() == ["a.pdf"]


def test_who_only_reads_a_case_adds_no_document(sqlite_house: House, anne: Browser):
    case, _ = started(sqlite_house, anne)
    auditor = visiting(sqlite_house, "revisor", "auditor")
    page = auditor.get(f"/pogi/cases/{case}").text
    assert "Dokumenter" in page
    assert "Læg et dokument i sagen" not in page
    assert send(auditor, f"/pogi/cases/{case}/documents", file=(PDF, "a.pdf")).status_code == 403
    assert documents() == []


@pytest.mark.parametrize("role", ["pogi.sec", "pogi.chair"])
def test_who_holds_a_role_of_its_diagram_adds_documents(sqlite_house: House, anne: Browser, role: str):
    case, _ = started(sqlite_house, anne)
    somebody = visiting(sqlite_house, "eva", role)
    assert send(somebody, f"/pogi/cases/{case}/documents", file=(PDF, "a.pdf")).status_code == 303
    assert documents() == ["a.pdf"]


def test_who_had_a_task_in_it_adds_documents_when_the_role_is_over(sqlite_house: House, anne: Browser):
    case, task = started(sqlite_house, anne)
    eva = sqlite_house.person("eva", "auditor").actor
    now = sqlite_house.ports.now()
    roles.grant(sqlite_house.operator(), "eva", "pogi.sec", now, now + timedelta(days=1))
    tasks.complete(Call(holding(eva, now), sqlite_house.ports), task, {})
    sqlite_house.later(days=2)
    browser = Browser(sqlite_house.app.test_client())
    browser.hold(cookie_of(sqlite_house, eva))
    assert send(browser, f"/pogi/cases/{case}/documents", file=(PDF, "a.pdf")).status_code == 303
    assert documents() == ["a.pdf"]


def holding(actor: Actor, now: datetime) -> Actor:
    """The person with all that she holds now."""
    with db.reading() as session:
        return people.holder(session, "pogi", str(actor.person_id), now)


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (None, "Fil: Vælg en fil."),
        ((b"", "tom.pdf"), "Fil: Filen er tom. Vælg en anden."),
        ((b"<script>", "side.html"), "Fil: Den slags fil kan ikke tages imod."),
        ((b"MZ\x90", "notat.pdf"), "Fil: Den slags fil kan ikke tages imod."),
        ((b"%PDF-" + bytes(MOST_BYTES), "stor.pdf"), "Fil: Filen er for stor. Vælg en på højst 5 MB."),
    ],
)
def test_what_cannot_be_kept_comes_back_with_what_to_do(sqlite_house: House, anne: Browser, file, says):
    case, _ = started(sqlite_house, anne)
    answer = send(anne, f"/pogi/cases/{case}/documents", file=file)
    assert answer.status_code == 422
    assert "<title>Fejl:" in answer.text
    assert re.search(rf'href="#file">{re.escape(says)}', answer.text)
    assert 'aria-invalid="true"' in answer.text
    assert documents() == []


def test_the_same_file_is_there_once(sqlite_house: House, anne: Browser):
    case, _ = started(sqlite_house, anne)
    for name in ("a.pdf", "a.pdf", "b.pdf"):
        assert send(anne, f"/pogi/cases/{case}/documents", file=(PDF, name)).status_code == 303
    assert documents() == ["a.pdf", "b.pdf"]
    with db.reading() as session:
        assert session.query(Blob).count() == len({"bytes"})


def test_a_file_of_a_form_is_kept_with_the_draft_and_the_answer_names_it(sqlite_house: House, anne: Browser):
    case, task = started(sqlite_house, anne, form=True)
    path = f"/pogi/tasks/{task}"
    assert 'enctype="multipart/form-data"' in anne.get(path).text
    wrong = send(anne, f"{path}/complete", "/paper", (PDF, "bilag.pdf"), {"draft": "0"})
    assert wrong.status_code == 422
    assert "Gemt: bilag.pdf" in seen(wrong.text), "what was sent is not lost over another field"
    saved = send(anne, f"{path}/draft", "/paper", (PDF, "bilag.pdf"), {"draft": "1"})
    assert saved.status_code == 303
    assert "Gemt: bilag.pdf" in seen(anne.get(path).text)
    assert documents() == [], "an answer that is not given puts nothing into the case"
    assert "Der er ingen dokumenter i sagen endnu." in anne.get(f"/pogi/cases/{case}").text
    done = send(anne, f"{path}/complete", fields={"/note": "Vedlagt.", "draft": "2"})
    assert done.status_code == 303
    assert documents() == ["bilag.pdf"]
    told = seen(anne.get(f"/pogi/cases/{case}/timeline").text)
    assert "Bilag bilag.pdf Kan slettes" in told


def test_a_file_of_an_answer_that_is_not_given_is_its_writers_alone(sqlite_house: House, anne: Browser):
    case, task = started(sqlite_house, anne, form=True)
    send(anne, f"/pogi/tasks/{task}/draft", "/paper", (PDF, "bilag.pdf"), {"draft": "0"})
    with db.reading() as session:
        (kept,) = session.query(Enclosure)
        address = f"/pogi/documents/{kept.id}"
    other = visiting(sqlite_house, "bo", "pogi.sec")
    assert anne.get(address).data == PDF
    assert other.get(address).status_code == 404
    for page in (f"/pogi/cases/{case}", f"/pogi/cases/{case}/timeline", f"/pogi/tasks/{task}"):
        assert "bilag.pdf" not in other.get(page).text
    assert other.get(f"/pogi/tasks/{task}").status_code == 200
    send(anne, f"/pogi/tasks/{task}/complete", fields={"/note": "Vedlagt.", "draft": "1"})
    assert other.get(address).data == PDF, "it is a document of the case now, of the same address"


def test_a_file_of_a_form_that_cannot_be_kept_says_what_to_do(sqlite_house: House, anne: Browser):
    _, task = started(sqlite_house, anne, form=True)
    for version, deed in enumerate(("complete", "draft")):
        fields = {"/note": "Se bilag.", "draft": str(version)}
        answer = send(anne, f"/pogi/tasks/{task}/{deed}", "/paper", (b"MZ", "virus.exe"), fields)
        assert answer.status_code == 422
        assert "Bilag: Den slags fil kan ikke tages imod." in answer.text
        assert "Se bilag." in answer.text
    assert documents() == []


def test_a_kept_file_can_be_left_out_again(sqlite_house: House, anne: Browser):
    _, task = started(sqlite_house, anne, form=True)
    send(anne, f"/pogi/tasks/{task}/draft", "/paper", (PDF, "bilag.pdf"), {"draft": "0"})
    send(anne, f"/pogi/tasks/{task}/draft", fields={"/paper": "without", "draft": "1"})
    assert "Gemt: bilag.pdf" not in seen(anne.get(f"/pogi/tasks/{task}").text)
