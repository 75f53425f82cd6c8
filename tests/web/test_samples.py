"""In a demonstration every case says that it is made up, from its first task on."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.commands import instances
from service.runtime.command import Call
from tests.app.house import House, opened, two_tasks
from tests.app.visiting import visiting
from tests.web.reading import seen


@pytest.fixture
def demonstration(sqlite_template: Path, tmp_path: Path) -> Iterator[House]:
    with opened(f"sqlite:///{shutil.copy(sqlite_template, tmp_path)}", demo=True) as house:
        yield house


def pages(house: House) -> list[str]:
    """The list of cases, a case without a target, its task and the inbox, as anybody at work on it sees them."""
    house.deploy(two_tasks())
    anne = visiting(house, "anne", "pogi.sec")
    begun = instances.start(Call(house.person("bo", "pogi.sec").actor, house.ports), "adoption", {}, None)
    paths = ("cases", f"cases/{begun['case_id']}", f"tasks/{begun['tasks'][0]['id']}", "inbox")
    return [seen(anne.get(f"/pogi/{path}").text.partition("<main")[2]) for path in paths]


def test_a_case_without_a_target_is_a_sample_in_a_demonstration(demonstration: House):
    assert ["Eksempel" in text for text in pages(demonstration)] == [True] * 4


def test_and_elsewhere_it_is_none(sqlite_house: House):
    assert ["Eksempel" in text for text in pages(sqlite_house)] == [False] * 4
