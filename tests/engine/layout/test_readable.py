"""Every drawing can be read: nothing lies upon anything else, everything is there, and it is always the same one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from SpiffWorkflow.spiff.parser.process import VALIDATOR

from service.engine.layout import layout, report
from service.engine.reading import read
from service.engine.xml import parse_xml
from tests.engine.layout.blocks import blocks, grown
from tests.engine.layout.drawings import DRAWINGS


@pytest.fixture(params=DRAWINGS, ids=lambda drawing: drawing.__name__)
def bare(request):
    """A file without a drawing."""
    return request.param()


def test_nothing_lies_upon_anything_else_and_nothing_is_missing(bare):
    found = report(layout(bare))
    assert {name: getattr(found, name) for name, count in found.counts.items() if count and name != "crossings"} == {}
    assert found.clean


def test_flows_cross_only_where_lanes_or_many_branches_make_them(bare):
    assert len(report(layout(bare)).crossings) <= 2


def test_the_same_file_gives_the_same_drawing_and_a_drawn_one_stays(bare):
    once = layout(bare)
    assert layout(bare) == once
    assert layout(once) == once


def test_the_drawing_is_valid_bpmn(bare):
    VALIDATOR.validate(parse_xml(layout(bare)))


def test_the_process_reads_as_before(bare):
    before, after = read(bare, "a.bpmn"), read(layout(bare), "a.bpmn")
    assert after.processes == before.processes
    assert after.messages == before.messages


@settings(max_examples=25)
@given(block=blocks, laned=st.booleans())
def test_any_process_made_of_blocks_can_be_read(block, laned):
    bare = grown(block, laned=laned)
    once = layout(bare)
    found = report(once)
    assert found.clean, found
    assert layout(once) == once
