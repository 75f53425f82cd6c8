"""Settings: typed, with a default whose origin is said, and read as a context."""

import pytest

from service.domain import settings
from service.domain.record_errors import SettingRefused, SettingUnknown
from service.domain.settings import Definition

EVERY = [*settings.COMMON, *settings.PARTNERSHIP, *settings.MUNICIPALITY]


@pytest.mark.parametrize("setting", EVERY, ids=lambda setting: setting.key)
def test_every_default_is_one_that_the_setting_can_have_and_says_where_it_is_from(setting):
    settings.check(setting, setting.default)
    looked_up = setting.origin in ("source", "public", "analogue")
    assert bool(setting.reference) == looked_up
    assert setting.origin != "source" or setting.reference[0] in "PL"
    assert setting.origin not in ("public", "analogue") or setting.reference.startswith("https://")


def test_no_key_is_there_twice_or_hides_another():
    keys = [setting.key for setting in EVERY]
    assert len(keys) == len(set(keys))
    assert not [key for key in keys for other in keys if other.startswith(f"{key}.")]


def test_a_workspace_has_its_own_settings():
    assert "sg.quorum" in settings.known("pogi")
    assert "sg.quorum" not in settings.known("lillestrom")
    assert {"sg.quorum", "no.weight_min", "deadline.task"} <= settings.known("another").keys()
    with pytest.raises(SettingUnknown, match=r"sg\.quorum"):
        settings.definition("lillestrom", "sg.quorum")


def of(kind: str, **more: object) -> Definition:
    return Definition("a.b", kind, None, "standard", "", **more)  # type: ignore[arg-type]  # its other fields


@pytest.mark.parametrize(
    ("setting", "good", "bad"),
    [
        (of("count"), [0, 20], [-1, 1.5, True, "3", None, 2**60]),
        (of("share"), [0, 0.5, 1], [-0.1, 1.1, True, "0.5", None]),
        (of("choice", choices=("a", "b")), ["a", "b"], ["c", None, 1]),
        (of("flag"), [True, False], [0, "true", None]),
        (of("date"), ["2024-01-01", None], ["2024-02-30", 20240101, "soon"]),
        (of("day"), ["04-30", "02-29"], ["13-01", None, "4-30x"]),
        (of("text"), ["E", None], ["", 3, "x" * 201]),
    ],
)
def test_a_value_is_of_its_kind_or_refused(setting, good, bad):
    for value in good:
        settings.check(setting, value)
    for value in bad:
        with pytest.raises(SettingRefused, match=r"a\.b"):
            settings.check(setting, value)


def test_a_diagram_reads_dotted_keys_as_a_context():
    values = {"sg.quorum": 0.5, "sg.tie": "chair", "no.act.from": None, "plain": 1}
    assert settings.nested(values) == {"sg": {"quorum": 0.5, "tie": "chair"}, "no": {"act": {"from": None}}, "plain": 1}
