"""The diagram island, on a page of its own under the product's content policy."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, Response, render_template_string, request, url_for
from playwright.sync_api import Locator, expect

from service.engine.layout import layout
from service.web import assets, headers
from tests.diagrams import process
from tests.support.browser import accessibility
from tests.support.server import serving

LABELS = {"step_2": "Recommendations about it", "short": "Is it good enough?", "yes": "yes, of course", "no": "no"}

PAGE = """<!doctype html>
<html lang="da" data-color-scheme="light" data-size="sm">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Diagram</title>
{% for sheet in ["mandat.css", "diagram.css"] %}<link rel="stylesheet" href="{{ built(sheet) }}">{% endfor %}
<script type="module" src="{{ built("index.js") }}"></script>
</head>
<body><main class="m-page">
<h1 class="ds-heading">Sagens gang</h1>
<figure class="m-fig" data-island="viewer">
<script type="application/json">{{ props | tojson }}</script>
<div class="m-diagram"></div>
<figcaption><ol><li>Udkast: færdigt</li><li>Afstemning: 2 i gang</li></ol></figcaption>
</figure>
</main></body></html>
"""


def long() -> bytes:
    """A diagram that is far wider than any window, with labels that were measured for short words."""
    drawing = process("long", name="Lang", pool="Lang").start("begin", lane="a")
    for number in range(1, 16):
        drawing = drawing.user(f"step_{number}", name=f"Trin {number}", lane="a")
    drawing = drawing.exclusive("short", name="Godt?", lane="a").user("good", name="x", lane="a", when="a", flow="yes")
    drawing = drawing.end("over", lane="a").at("short").otherwise().to("step_1", flow="no", name="nej")
    return layout(drawing.bpmn()).replace(b'id="yes"', b'id="yes" name="ja"', 1)


def inside(part: Locator, box: Locator) -> bool:
    """Whether all of a part of the drawing is seen in the box."""
    one, around = part.bounding_box(), box.bounding_box()
    assert one
    assert around
    across = around["x"] <= one["x"] and one["x"] + one["width"] <= around["x"] + around["width"]
    down = around["y"] <= one["y"] and one["y"] + one["height"] <= around["y"] + around["height"]
    return across and down


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    drawing = Path(__file__).with_name("drawn.bpmn").read_bytes()
    app = Flask("island", static_folder=str(assets.BUILT.parent))

    def page(source: str) -> str:
        at = request.args.get("at", "vote")
        marks = {
            "done": ["begin", "begin_draft", "draft", "draft_vote", "gone"],
            "now": [at],
            "tokens": {at: 2},
            "labels": LABELS if "english" in request.args else {},
            "selected": [],
        }
        props = {"diagram": f"/{source}", "failed": "Diagrammet kan ikke vises.", **marks}
        return render_template_string(
            PAGE, props=props, built=lambda name: url_for("static", filename=assets.asset(name))
        )

    app.add_url_rule("/page/<source>", view_func=page)
    app.add_url_rule("/drawn.bpmn", "drawn", lambda: Response(drawing, mimetype="application/xml"))
    app.add_url_rule("/long.bpmn", "long", lambda: Response(long(), mimetype="application/xml"))
    app.add_url_rule("/broken.bpmn", "broken", lambda: Response("<no diagram", mimetype="application/xml"))

    headers.install(app)
    with serving(app) as url:
        yield url


@pytest.mark.parametrize("width", [1280, 375])
def test_the_diagram_shows_where_the_case_has_been_and_stands(open_page, address, width):
    page = open_page(width)
    page.goto(f"{address}/page/drawn.bpmn")

    page.locator(".m-diagram .m-done[data-element-id=draft]").wait_for()
    expect(page.locator(".m-diagram .m-now[data-element-id=vote]")).to_be_visible()
    expect(page.locator(".m-diagram .m-done[data-element-id=draft_vote]")).to_have_count(1)
    assert page.locator(".m-token").inner_text() == "2"
    expect(page.get_by_text("Afstemning: 2 i gang")).to_be_visible()
    assert accessibility.faults(page) == []


def test_the_mark_of_bpmn_io_is_visible_and_opens_within_the_content_policy(page, address):
    page.goto(f"{address}/page/drawn.bpmn")
    page.locator(".bjs-powered-by").click()
    expect(page.locator(".bjs-powered-by-lightbox")).to_be_visible()


def test_labels_are_set_in_the_font_of_the_page(page, address):
    page.goto(f"{address}/page/drawn.bpmn")
    label = page.locator("[data-element-id=draft] text").first
    assert label.evaluate("text => getComputedStyle(text).fontFamily").startswith('"Inter Variable"')
    assert page.evaluate("""document.fonts.check('12px "Inter Variable"')""")


def test_a_diagram_that_cannot_be_read_says_so_and_leaves_its_text(page, address):
    page.goto(f"{address}/page/broken.bpmn")
    page.get_by_text("Diagrammet kan ikke vises.").wait_for()
    expect(page.get_by_text("Afstemning: 2 i gang")).to_be_visible()


def test_without_javascript_the_text_stands_alone(open_page, address):
    page = open_page(java_script_enabled=False)
    page.goto(f"{address}/page/drawn.bpmn")
    expect(page.get_by_text("Afstemning: 2 i gang")).to_be_visible()
    expect(page.locator(".m-diagram")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("at", ["step_1", "step_15", "good"])
def test_a_diagram_too_large_to_be_read_shows_where_the_case_stands(open_page, address, width, at):
    page = open_page(width)
    page.goto(f"{address}/page/long.bpmn?at={at}")
    page.locator(".m-diagram[data-state=drawn]").wait_for()
    assert inside(page.locator(f".m-now[data-element-id={at}] .djs-visual"), page.locator(".m-diagram"))
    lines = page.locator(f"[data-element-id={at}] text tspan")
    assert lines.first.bounding_box()["height"] >= 9


def test_labels_in_another_language_get_the_room_that_they_need(page, address):
    page.goto(f"{address}/page/long.bpmn?at=good&english=1")
    page.locator(".m-diagram[data-state=drawn]").wait_for()

    def lines(element: str) -> list[str]:
        return [line.strip() for line in page.locator(f"[data-element-id={element}] text tspan").all_text_contents()]

    assert lines("short_label") == ["Is it good", "enough?"]
    assert lines("yes_label") == ["yes, of course"]
    assert lines("no_label") == ["no"]
    assert lines("step_2") == ["Recommendations", "about it"], "a word is drawn smaller rather than broken"
