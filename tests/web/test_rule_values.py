"""What a rule went by and what it gave, in the reader's words: beside the drawing, in the register, in a dossier."""

import re

import pytest

from service.commands import instances, tasks
from service.runtime.command import Call
from tests.app.browsing import Browser
from tests.app.house import House
from tests.app.meeting import REMARK, files, prepared, started
from tests.app.visiting import visiting
from tests.diagrams import files as drawn
from tests.diagrams import process
from tests.web.reading import seen

INPUT = '<informationRequirement id="r-{0}"><requiredInput href="#in-{0}"/></informationRequirement>'
GIVEN = '<inputData id="in-{0}" name="{0}"{1}><variable id="v-{0}" name="{0}"/></inputData>'
TABLE = f"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="rules" name="Regler" namespace="urn:x">
<decision id="needed" name="Krav til fremmøde"><variable id="v" name="needed"/>
{"".join(INPUT.format(name) for name in ("kind", "present", "remark"))}
<decisionTable id="needed-table" hitPolicy="FIRST">
<input id="c" label="Mødets slags"><inputExpression id="e"><text>kind</text></inputExpression></input>
<output id="o" name="needed" label="Skal møde"/>
<rule id="one"><inputEntry id="i1"><text>if remark = null then "full" else "written"</text></inputEntry>
<outputEntry id="o1" label="Alle ni"><text>9</text></outputEntry></rule>
<rule id="two"><inputEntry id="i2" label="Fuldt hus"><text>if present &gt; 2 then "full" else "none"</text></inputEntry>
<outputEntry id="o2" label="Fem af ni"><text>5</text></outputEntry></rule>
</decisionTable></decision>
{GIVEN.format("kind", "")}{GIVEN.format("present", "")}{GIVEN.format("remark", ' label="Det skrevne"')}</definitions>"""


@pytest.fixture(scope="module")
def house(one_house: House) -> House:
    texts = files()["texts.en.json"].replace(
        b'"Prepare"', b'"o2": "Five of nine", "in-remark": "What was written", "Prepare"'
    )
    one_house.deploy(files() | {"rules.dmn": TABLE.encode(), "texts.en.json": texts})
    return one_house


@pytest.fixture(scope="module")
def case(house: House) -> str:
    actor = house.person("anne", "pogi.sec", "pogi.chair").actor
    case_id = started(house, actor)
    prepared(house, actor, case_id, present=7, kind="full", remark=REMARK)
    return case_id


@pytest.fixture(scope="module")
def auditor(house: House, case: str) -> Browser:
    return visiting(house, "revisor", "auditor")


def given(page: str) -> list[tuple[str, str]]:
    """What the table read, as the panel tells it: name and value."""
    section = page[page.index("Krav til fremmøde</h3>") :]
    rows = re.findall(r"<div><dt>(.*?)</dt><dd>(.*?)</dd></div>", section[: section.index("</dl>")], re.DOTALL)
    return [(seen(name).strip(), seen(value).strip()) for name, value in rows]


def test_all_that_a_rule_read_stands_beside_it_by_the_names_of_table_and_form(auditor: Browser, case: str):
    page = auditor.get(f"/pogi/cases/{case}/timeline?step=3").text
    assert given(page) == [("Mødets slags", "Fuldt møde"), ("Det skrevne", "Kan slettes"), ("Til stede", "7")]
    assert REMARK not in page[page.index("Krav til fremmøde</h3>") :].partition("</aside>")[0]


def test_the_record_of_the_decision_tells_the_same_and_what_came_out_in_words(auditor: Browser, case: str):
    listed = auditor.get("/pogi/decisions?kind=rule").text
    assert "Fem af ni" in listed
    page = auditor.get(re.search(rf"/pogi/decisions/{case}/\d+", listed)[0]).text
    assert ("Til stede", "7") in given(page)
    assert "Fem af ni" in page[: page.index("Krav til fremmøde</h3>")]
    assert "Fuldt hus" in page


def test_they_are_said_in_the_language_of_the_reader(house: House, case: str):
    reader = visiting(house, "reader", "auditor")
    reader.client.set_cookie("mandat_language", "en")
    assert "Five of nine" in reader.get("/pogi/decisions?kind=rule").text
    assert "What was written" in reader.get(f"/pogi/cases/{case}/timeline?step=3").text


def test_a_part_without_a_name_is_told_by_what_it_is(house: House, case: str):
    drawing = (
        process("nameless").start().exclusive("Gateway_nameless", name="").user("work", lane="pogi.sec").end("done")
    )
    house.deploy(drawn(drawing))
    call = Call(house.person("bo", "pogi.sec").actor, house.ports)
    begun = instances.start(call, "nameless", {}, None)
    page = visiting(house, "third", "auditor").get(f"/pogi/cases/{begun['case_id']}/timeline").text
    told = seen(page[page.index('<ul class="m-told') :].partition("</ul>")[0])
    assert "Valg" in told and "Gateway_nameless" not in told


def test_what_changed_has_the_words_of_a_field_that_a_condition_names_again(house: House, case: str):
    field = {"type": "string", "title": "Vej", "oneOf": [{"const": "release", "title": "frigiv teksten"}]}
    form = {
        "type": "object",
        "properties": {"release": field, "why": {"type": "string"}},
        "if": {"properties": {"release": {"const": "no"}}},
        "then": {"required": ["why"]},
    }
    drawing = process("freed").start().user("work", name="Frigiv", lane="pogi.sec", form="free").end("done")
    house.deploy(drawn(drawing, forms={"free": form}))
    call = Call(house.person("bodil", "pogi.sec").actor, house.ports)
    begun = instances.start(call, "freed", {}, None)
    tasks.complete(call, begun["tasks"][0]["id"], {"release": "release"})
    page = visiting(house, "fourth", "auditor").get(f"/pogi/cases/{begun['case_id']}/timeline").text
    changed = seen(page[page.index("Hvad der blev ændret") :].partition("</section>")[0])
    assert "Vej findes ikke derefter frigiv teksten" in changed
