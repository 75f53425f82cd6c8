"""In every language the names of the shipped drawings stand on the page where the report says that they do."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, Response, render_template_string, url_for

from service.engine.layout.drawn import drawn
from service.engine.layout.geometry import Box
from service.engine.xml import parse_xml
from service.web import assets, headers
from tests.support.repository import ROOT
from tests.support.server import serving

PAGE = """<!doctype html>
<html lang="da" data-color-scheme="light" data-size="sm">
<head><meta charset="utf-8"><title>Diagram</title>
{% for sheet in ["mandat.css", "diagram.css"] %}<link rel="stylesheet" href="{{ built(sheet) }}">{% endfor %}
<script type="module" src="{{ built("index.js") }}"></script></head>
<body><main><figure class="m-fig" data-island="viewer">
<script type="application/json">{{ props | tojson }}</script><div class="m-diagram"></div>
</figure></main></body></html>
"""
WRITTEN = """() => {
  const plane = document.querySelector(".m-diagram g.viewport").getCTM().inverse();
  return Object.fromEntries([...document.querySelectorAll(".m-diagram [data-element-id$=_label] text")].map((text) => {
    const [box, at] = [text.getBBox(), plane.multiply(text.getCTM())];
    const of = text.closest("[data-element-id]").dataset.elementId.slice(0, -"_label".length);
    return [of, [box.x + at.e, box.y + at.f, box.width, box.height]];
  }).filter(([, box]) => box[2] > 0));
}"""
CROWDED = """() => [...document.querySelectorAll(".m-diagram .djs-shape:has(> .djs-visual > rect + text)")].filter((shape) => {
  const [, , ...signs] = shape.querySelectorAll(":scope > .djs-visual > *");
  const boxes = signs.map((sign) => sign.getBoundingClientRect());
  const lines = [...shape.querySelectorAll(":scope > .djs-visual > text > tspan")].map((it) => it.getBoundingClientRect());
  return lines.some((line) => boxes.some((box) => line.left < box.right && box.left < line.right
    && line.top < box.bottom && box.top < line.bottom));
}).map((shape) => shape.dataset.elementId)"""
EASE = 3  # a browser counts the space at the end of a line too
DIAGRAMS = {file.stem: file for file in sorted((ROOT / "processes").glob("*/*.bpmn"))}


def names(diagram: Path, language: str) -> dict[str, str]:
    file = diagram.with_name(f"texts.{language}.json")
    said = json.loads(file.read_text()) if file.exists() else {}
    return {key: name for key, name in said.items() if "#" not in key}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    app = Flask("drawings", static_folder=str(assets.BUILT.parent))

    @app.get("/<key>.bpmn")
    def diagram(key: str) -> Response:
        return Response(DIAGRAMS[key].read_bytes(), mimetype="application/xml")

    @app.get("/<language>/<key>")
    def page(language: str, key: str) -> str:
        props = {"diagram": f"/{key}.bpmn", "failed": "", "labels": names(DIAGRAMS[key], language)}
        return render_template_string(
            PAGE, props=props, built=lambda name: url_for("static", filename=assets.asset(name))
        )

    headers.install(app)
    with serving(app) as url:
        yield url


@pytest.mark.parametrize("language", ["da", "en", "nb"])
def test_every_name_stands_where_the_report_measures_it(page, address, language):
    outside: dict[str, tuple[Box, Box]] = {}
    crowded: dict[str, list[str]] = {}
    for key, diagram in DIAGRAMS.items():
        page.goto(f"{address}/{language}/{key}")
        page.locator(".m-diagram[data-state=drawn]").wait_for()
        plane = drawn(parse_xml(diagram.read_bytes()), names(diagram, language))[0]
        measured = {shape.element: shape.label for shape in plane.shapes if shape.label}
        measured |= {edge.element: edge.label for edge in plane.edges if edge.label}
        written = {element: Box(*box) for element, box in page.evaluate(WRITTEN).items()}
        assert written.keys() == measured.keys()
        wrong = {key: (box, measured[key]) for key, box in written.items() if not measured[key].holds(box, EASE)}
        outside |= {f"{key} {element}": boxes for element, boxes in wrong.items()}
        crowded[key] = page.evaluate(CROWDED)
    assert outside == {}
    assert {key: shapes for key, shapes in crowded.items() if shapes} == {}
