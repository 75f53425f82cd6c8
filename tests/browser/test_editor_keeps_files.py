"""The editor opens a diagram and writes it back: nothing of it is lost, whatever the editor itself knows of it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from service.engine.reading import read
from tests.browser.conftest import Site
from tests.diagrams import after, condition, error, escalation, message, process, signal, times
from tests.support.repository import ROOT

SHIPPED = ["steering-group-decision", "target-lifecycle"]
FOREIGN = """
<bpmn:userTask id="Foreign" name="From elsewhere"><bpmn:extensionElements>
<spiffworkflow:taskMetadataValues><spiffworkflow:taskMetadataValue name="icon" value="'x'"/></spiffworkflow:taskMetadataValues>
<spiffworkflow:allowGuest>true</spiffworkflow:allowGuest><spiffworkflow:guestConfirmation>Thanks</spiffworkflow:guestConfirmation>
</bpmn:extensionElements><bpmn:multiInstanceLoopCharacteristics spiffworkflow:scriptsOnInstances="true">
<bpmn:loopDataInputRef>members</bpmn:loopDataInputRef><bpmn:loopDataOutputRef>votes</bpmn:loopDataOutputRef>
<bpmn:inputDataItem id="member" name="member"/><bpmn:outputDataItem id="vote" name="vote"/>
</bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>
<bpmn:scriptTask id="Tested"><bpmn:extensionElements><spiffworkflow:unitTests><spiffworkflow:unitTest id="t1">
<spiffworkflow:inputJson>{}</spiffworkflow:inputJson><spiffworkflow:expectedOutputJson>{"a": 1}</spiffworkflow:expectedOutputJson>
</spiffworkflow:unitTest></spiffworkflow:unitTests></bpmn:extensionElements><bpmn:script>a = 1</bpmn:script></bpmn:scriptTask>
"""


def everything() -> bytes:
    """A diagram with every kind of thing that our reading knows, and what it does not."""
    drawing = (
        process("meeting", name="Møde", pool="Møde")
        .io(inputs=["title"], outputs=["outcome"])
        .data("Data_members", "members_here")
        .start("Begin", lane="pogi.sec", form="attendance")
        .user(
            "Ask",
            lane="pogi.sec",
            properties={"candidateRole": "pogi.sec", "dueDate": "working days(3)", "priority": "80", "unknown": "kept"},
            instructions="Look at {{ title }}.",
            pre="a = 1",
            post="b = a + 1",
            documentation="Why it is there.",
            texts={"variableName": "answers"},
        )
        .service("Publish", "targets.publish", {"target": "title", "note": '"x"'}, result="published", lane="pogi.sec")
        .rule("Decide", "needed")
        .script("Count", "c = 3")
        .call("Call", "elsewhere", properties={"binding": "deployment"})
        .user("Each", loop=times("3"))
        .catch("Wait", after('duration("P2D")'))
        .catch("Ready", condition("c > 1"))
        .throw("Tell", signal("told"))
        .boundary("Late", "Ask", after('duration("P1D")'), interrupting=False)
        .end("Warned", escalation("late"))
        .boundary("Wrong", "Call", error("failed"))
        .end("Failed", error("failed"))
        .at("Tell")
        .send("Send", message("asked", payload="title"))
        .receive("Receive", message("answered", variable="reply"))
        .exclusive("Choice")
        .end("Yes", when="c > 2")
        .at("Choice")
        .otherwise()
        .end("No")
        .raw(FOREIGN)
    )
    return drawing.bpmn()


@pytest.fixture
def owner(site: Site) -> Page:
    return site.visit("ejer", "process.owner")


def written(page: Page, site: Site, drawing: bytes) -> bytes:
    """What the editor makes of a drawing that it opens and saves."""

    def other(route):
        answer = route.fetch()
        start, end = '<textarea class="ds-input m-feel', "</textarea>"
        before, _, rest = answer.text().partition(start)
        attributes, _, rest = rest.partition(">")
        escaped = drawing.decode().replace("&", "&amp;").replace("<", "&lt;")
        body = f"{before}{start}{attributes}>\n{escaped}{end}{rest.partition(end)[2]}"
        route.fulfill(response=answer, body=body)

    page.route("**/edit", other)
    page.goto(f"{site.url}/pogi/processes/meeting/edit")
    page.locator("[data-ready=yes]").wait_for()
    page.locator("[data-editor=check]").click()
    page.locator("main[data-checked]").wait_for()
    assert page.locator("[data-editor=state]").inner_text() == ""
    return page.locator("[data-editor=source]").input_value().encode()


@pytest.mark.parametrize("key", SHIPPED)
def test_a_shipped_process_comes_out_as_it_went_in(site: Site, owner: Page, key: str):
    drawing = Path(ROOT, "processes", key, f"{key}.bpmn").read_bytes()
    assert read(written(owner, site, drawing), "x") == read(drawing, "x")


def test_everything_that_a_drawing_may_say_comes_out_as_it_went_in(site: Site, owner: Page):
    drawing = everything()
    after = written(owner, site, drawing)
    assert read(after, "x") == read(drawing, "x")
    for part in (b"taskMetadataValue ", b"allowGuest>true<", b"guestConfirmation>Thanks<", b"expectedOutputJson>"):
        assert part in after
