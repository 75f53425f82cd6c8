"""Lists in a form: rows are put in and taken out without losing the page, and by the page's own rules."""

import json

from playwright.sync_api import expect

from service.commands import instances
from service.runtime.command import Call
from tests.browser.conftest import Site
from tests.diagrams import process

FORM = {
    "type": "object",
    "properties": {
        "remarks": {
            "type": "array",
            "title": "Bemærkninger",
            "items": {
                "type": "object",
                "properties": {"text": {"type": "string", "title": "Tekst", "maxLength": 4000}},
                "required": ["text"],
            },
        }
    },
}


def test_a_row_joins_one_whose_box_was_pulled_larger_and_nothing_is_forbidden_or_lost(site: Site):
    drawing = process("hearing").start().user("answer", lane="pogi.sec", form="answer").end()
    site.house.deploy({"hearing.bpmn": drawing.bpmn(), "answer.schema.json": json.dumps(FORM).encode()})
    starter = site.house.person("starter", "pogi.sec")
    started = instances.start(Call(starter.actor, site.house.ports), "hearing", {}, None)
    page = site.visit("clara", "pogi.sec")
    page.goto(f"{site.url}/pogi/tasks/{started['tasks'][0]['id']}")
    page.get_by_role("button", name="Tag opgaven").click()
    page.get_by_role("button", name="Tilføj").first.click()
    box = page.get_by_label("Tekst").first
    box.fill("Punkt 2 kan ikke måles.")
    box.evaluate("box => { box.style.height = '300px' }")  # what a browser does when its corner is pulled
    page.get_by_role("button", name="Tilføj").last.click()
    expect(page.get_by_label("Tekst")).to_have_count(2)
    expect(page.get_by_label("Tekst").first).to_have_value("Punkt 2 kan ikke måles.")
    drawn_with = page.locator("#draft input").input_value()
    page.get_by_label("Tekst").last.fill("Punkt 3 mangler.")
    expect(page.locator("#draft input")).not_to_have_value(drawn_with)  # it is kept: the row brought the draft's number
    page.reload()
    expect(page.get_by_label("Tekst").last).to_have_value("Punkt 3 mangler.")
