"""Closing a case to all but some: on a ground that the law of the workspace's country gives, from a closed list."""

from collections.abc import Mapping

from service.domain.errors import Conflict, Refused

GROUNDS: Mapping[str, Mapping[str, str]] = {
    "DK": {
        "dk-fvl-27": "Forvaltningsloven § 27",
        "dk-ofl-23": "Offentlighedsloven § 23",
        "dk-ofl-27": "Offentlighedsloven § 27",
        "dk-ofl-30": "Offentlighedsloven § 30",
        "dk-ofl-31": "Offentlighedsloven § 31",
        "dk-ofl-32": "Offentlighedsloven § 32",
        "dk-ofl-33": "Offentlighedsloven § 33",
        "dk-ofl-35": "Offentlighedsloven § 35",
    },
    "NO": {
        "no-offl-13": "Offentleglova § 13, jf. forvaltningsloven § 13",
        "no-offl-14": "Offentleglova § 14",
        "no-offl-15": "Offentleglova § 15",
        "no-offl-20": "Offentleglova § 20",
        "no-offl-21": "Offentleglova § 21",
        "no-offl-23": "Offentleglova § 23",
        "no-offl-24": "Offentleglova § 24",
        "no-offl-26": "Offentleglova § 26",
    },
}
"""The provisions by which a case, or a document in it, may be exempt from the public's access, by country (ISO 3166) and
key: Danish lov om offentlighed i forvaltningen and forvaltningslov, Norwegian offentleglov and forvaltningslov. The names
are those of the laws, the same in every language. What each of them covers is for a jurist to say."""


class AccessGroundUnknown(Refused):
    """“{basis}” is no ground on which a case is closed off here; the grounds are {known}."""


class ReadersMissing(Refused):
    """A case is closed to all but the holders of some roles of the workspace: name one at least."""


class CaseNotClosedOff(Conflict):
    """The case is not closed off."""


def grounds(country: str) -> Mapping[str, str]:
    """The grounds of a country, by key; none where we know none."""
    return GROUNDS.get(country, {})


def check_ground(country: str, basis: str) -> None:
    """Raise `AccessGroundUnknown` for a ground that is not on the country's list."""
    if basis not in grounds(country):
        raise AccessGroundUnknown(basis=basis[:100], known=", ".join(grounds(country)) or "none")


def said(basis: str) -> str:
    """A ground as its law is cited."""
    return next((found[basis] for found in GROUNDS.values() if basis in found), basis)
