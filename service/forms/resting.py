"""What a form rests on: the keywords of ours with which it asks for what was written before.

`x-shows` (of the form): names of variables, shown above it; `{"name": "recommendation", "unless": {"question":
["establishment"]}}` is not shown where that other variable has one of those values, `{"name": "requirements", "since":
"voted", "label": "Sammenlignet med det, der blev stemt om"}` is shown beside what that other variable holds, or the first
of several that holds anything, `{"name": "changes", "with": "changed"}` is shown only where it was answered together with
the newest answer of that other name. `x-from` (of a field of the form): the variable with whose value the field begins, or
several, of which the first that has a value counts; `name.part` is a part of one. `x-rows` (of a field that is a list):
with what several answered, or wrote as rows, under these names it begins where `x-from` finds nothing; a row takes what it
has a field for. `x-own` (of the form): its answers are read only by who acts for the same organisation. `x-beside` (of the
form): the variable, or the part of one, that holds the id of another case, which is named to those who may read it;
`{"name": "base.made_in", "label": "En ny version bliver til i en anden sag:", "otherwise": "Ingen anden sag laver en ny
version."}` says it in words of its own, and what stands there where there is no such case.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.domain.schemas import Schema, beside

SHOWS, FROM, ROWS, OWN, BESIDE = "x-shows", "x-from", "x-rows", "x-own", "x-beside"
MOST_SHOWN = 40


def check(schema: Schema) -> None:
    """Raise ValueError where one of the keywords says what it cannot say; the sentence says which."""
    names = schema.get(SHOWS, [])
    if not isinstance(names, list) or len(names) > MOST_SHOWN or not all(map(_named, names)):
        raise ValueError(f"{SHOWS} is a list of at most {MOST_SHOWN} names of variables")
    if schema.get(OWN, False) not in (True, False):
        raise ValueError(f"{OWN} is true or false")
    said = schema.get(BESIDE, "x")
    words = said if isinstance(said, Mapping) else {"name": said, "label": "x"}
    if not {"name", "label"} <= words.keys() <= {"name", "label", "otherwise"} or not all(map(_text, words.values())):
        raise ValueError(f"{BESIDE} is the name of a variable, or one with a label, and otherwise what stands there")
    for name, field in fields(schema):
        begun = field.get(FROM, "x")
        if not all(isinstance(it, str) and it for it in (begun if isinstance(begun, list) else [begun])):
            raise ValueError(f"{FROM} of “{name}” is the name of a variable, or a list of names")
        if ROWS in field and not _gathers(field):
            raise ValueError(f"{ROWS} of “{name}” is a list of names, of a field whose items have fields")


def shown(schema: Schema) -> tuple[str, ...]:
    """The variables that stand above the form, in its order, each once."""
    return tuple(dict.fromkeys(it if isinstance(it, str) else it["name"] for it in schema.get(SHOWS, ())))


def unless(schema: Schema) -> dict[str, Mapping[str, Sequence[str]]]:
    """What is shown only at times: the values of other variables with which it is not, by the name of what is shown."""
    return {it["name"]: it["unless"] for it in schema.get(SHOWS, ()) if "unless" in it and not isinstance(it, str)}


def together(schema: Schema) -> dict[str, str]:
    """With the newest answer of which other name something must have been answered to be shown, by its own name."""
    return {it["name"]: it["with"] for it in schema.get(SHOWS, ()) if not isinstance(it, str) and "with" in it}


@dataclass(frozen=True, slots=True)
class Since:
    """The variables with the first of which that holds anything something shown is compared; `name.part` is a part of
    one. `label` is what stands above the comparison, and `place` where that text stands in the form."""

    names: tuple[str, ...]
    label: str | None
    place: str


def since(schema: Schema) -> dict[str, Since]:
    """With what something shown is compared, by the name of what is shown."""
    return {
        it["name"]: Since(_names(it["since"]), it.get("label"), f"/{SHOWS}/{number}/label")
        for number, it in enumerate(schema.get(SHOWS, ()))
        if not isinstance(it, str) and "since" in it
    }


def _text(said: Any) -> bool:
    return isinstance(said, str) and bool(said)


def _names(said: str | list[str]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


def _gathers(field: Mapping[str, Any]) -> bool:
    names, items = field[ROWS], field.get("items")
    named = isinstance(names, list) and bool(names) and all(isinstance(it, str) and it for it in names)
    return named and isinstance(items, Mapping) and isinstance(items.get("properties"), Mapping)


def _named(shown: Any) -> bool:
    if isinstance(shown, str):
        return bool(shown)
    if not isinstance(shown, Mapping) or not {"name"} < shown.keys() <= {"name", "unless", "since", "label", "with"}:
        return False
    if "label" in shown and not ("since" in shown and isinstance(shown["label"], str)):
        return False
    hidden = shown.get("unless", {})
    if not isinstance(hidden, Mapping):
        return False
    values = [it for found in hidden.values() for it in (found if isinstance(found, list) else [None])]
    since = shown.get("since", "x")
    names = [shown["name"], shown.get("with", "x"), *(since if isinstance(since, list) and since else [since])]
    return all(isinstance(it, str) and it for it in names) and all(isinstance(it, str) for it in values)


def begun_with(schema: Schema) -> dict[str, tuple[str, ...]]:
    """The variables with the value of the first of which a field begins, by the name of the field."""
    said = ((name, field[FROM]) for name, field in fields(schema) if field.get(FROM))
    return {name: _names(given) for name, given in said}


@dataclass(frozen=True, slots=True)
class Rows:
    """The names under which others wrote the rows with which a list begins, and the fields that its rows have."""

    names: tuple[str, ...]
    fields: frozenset[str]


def gathered(schema: Schema) -> dict[str, Rows]:
    """The lists of the form that begin with what others wrote, by the name of the field."""
    return {
        name: Rows(tuple(field[ROWS]), frozenset(field["items"]["properties"]))
        for name, field in fields(schema)
        if ROWS in field
    }


def asks(schema: Schema) -> bool:
    """Whether the form rests on anything."""
    return bool(shown(schema) or begun_with(schema) or gathered(schema))


def own(schema: Schema) -> bool:
    """Whether the answers are read only by who acts for the organisation that gave them."""
    return bool(schema.get(OWN, False))


@dataclass(frozen=True, slots=True)
class Beside:
    """The variable that holds the id of another case (`name.part` is a part of one), what is said before its name, and
    what is said where there is none."""

    name: str
    label: str | None
    otherwise: str | None

    @staticmethod
    def place(part: str) -> str:
        """Where one of the two texts stands in the form."""
        return f"/{BESIDE}/{part}"


def other_case(schema: Schema) -> Beside | None:
    """The other case that a form names; None where it names none."""
    said = schema.get(BESIDE)
    if said is None:
        return None
    words = said if isinstance(said, Mapping) else {"name": said}
    return Beside(words["name"], words.get("label"), words.get("otherwise"))


def fields(schema: Schema) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The fields of the form itself, those that depend on others among them: name and schema."""
    pending: list[Any] = [schema]
    for part in pending:
        if isinstance(part, Mapping) and len(pending) < 1_000:
            named = part.get("properties", {})
            yield from ((name, field) for name, field in named.items() if isinstance(field, Mapping))
            pending += beside(schema, part)
