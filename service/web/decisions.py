"""The page on which a process owner tries a decision table: inputs in, fired rules out. A try has an address."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, render_template, request

from service.domain.errors import DecisionNotFound
from service.domain.sentences import Sentence, core
from service.identity import ports
from service.queries import trying as queries
from service.web import formats, rule_words, setting_words, words
from service.web.fields import Field, Option, Problem, Words
from service.web.fields.model import Kind
from service.web.findings import message
from service.web.i18n import gettext, language, ngettext, pgettext
from service.web.said import spoken
from service.web.visits import visitor

blueprint = Blueprint("decisions", __name__)
TRIED = "tried"
"""The parameter that says that the form was sent, though it may be empty."""

_WIDGETS: dict[str, tuple[Kind, str]] = {
    "number": ("number", "text"),
    "boolean": ("select", ""),
    "choice": ("select", ""),
    "date": ("date", "date"),
}


@blueprint.get("/<workspace>/processes/<key>/decisions/<decision>")
def page(workspace: str, key: str, decision: str) -> str:
    """One decision of a bundle, in the version in force or the one that `?version=` names."""
    actor = visitor(workspace)
    written = request.args.to_dict() if TRIED in request.args else None
    version = _version(decision)
    found = spoken(queries.tried(actor, key, decision, language(), ports().now(), written=written, number=version))
    drawn = [_field(number, field) for number, field in enumerate(found["fields"], 1)]
    problems = [Problem(f"{field.label}: {field.error}", field.target) for field in drawn if field.error]
    answer = found["answer"]
    return render_template(
        "decisions/try.html",
        workspace=workspace,
        found=found,
        fields=drawn,
        problems=problems,
        problems_title=ngettext(
            "Correct %(num)s value before the table can be asked",
            "Correct %(num)s values before the table can be asked",
            len(problems),
        ),
        outputs=[_output(it) for it in answer["outputs"]] if answer else [],
        fired=_fired(answer["fired"]) if answer else "",
        reasons=[_reason(reason) for reason in answer["reasons"]] if answer else [],
        version=version,
        tried=TRIED,
    )


def _version(decision: str) -> int | None:
    """The version that the address names; None where it names none. Raises `DecisionNotFound` for what is no number."""
    named = request.args.get("version", "")
    if named and not (named.isascii() and named.isdecimal() and len(named) < 10):
        raise DecisionNotFound(key=decision)
    return int(named) if named else None


def _field(number: int, asked: Mapping[str, Any]) -> Field:
    """A field of the form; what has no type of its own is written as FEEL."""
    kind, input_type = _WIDGETS.get(asked["kind"], ("text", "text"))
    return Field(
        kind=kind,
        input_type=input_type,
        name=asked["name"],
        id=f"in-{number}",
        label=asked["label"] or Words(_named(asked["name"])),
        required=None,
        value=asked["value"],
        notes=tuple(_notes(asked)),
        error=_wrong(asked, asked["wrong"]) if asked["wrong"] else None,
        options=tuple(_options(asked)),
        attributes={"inputmode": "decimal"} if asked["kind"] == "number" else {},
    )


def _fired(rules: Sequence[int]) -> str:
    """The rules that fired, as a sentence names them: by the numbers of their rows."""
    told = formats.listing(map(formats.number, rules))
    return ngettext("Rule %(rules)s", "Rules %(rules)s", len(rules), rules=told) if rules else ""


def _output(output: Mapping[str, Any]) -> dict[str, Any]:
    """What came out of a column: `words` what the table calls it, or a sentence where it has no text; `feel` its text."""
    value = output["value"]
    if isinstance(value, Sentence):
        return {"label": output["label"], "words": message(value), "feel": None}
    code = value[1:-1] if value.startswith('"') else ""
    known = Words(words.outcome(code)) if code and words.outcome(code) != code else None
    return {"label": output["label"], "words": output["words"] or known, "feel": value}


def _named(name: str) -> str:
    setting = rule_words.setting(name)
    return setting_words.name(setting) if setting else name


def _options(asked: Mapping[str, Any]) -> list[Option]:
    if asked["kind"] == "boolean":
        told = {"true": pgettext("answer", "Yes"), "false": pgettext("answer", "No")}
    else:
        told = {option: str(rule_words.value(option.strip('"'), asked["name"])) for option in asked["options"]}
    return [Option(value, Words(text), chosen=value == asked["value"]) for value, text in told.items()]


def _notes(asked: Mapping[str, Any]) -> list[str]:
    """How a value of that kind is written, where that is not plain, and which values are allowed."""
    kind = asked["kind"]
    known = {
        "feel": gettext("As FEEL: a list [1, 2, 3], a context {name: 1}; texts stand in straight quotation marks."),
        "time": gettext("Such as 14:30:00."),
        "date and time": gettext("Such as 2026-05-17T14:30:00."),
        "duration": gettext("Such as P3D for three days, or P1Y2M."),
    }
    return [*([known[kind]] if kind in known else []), *([_allowed(asked)] if asked["rule"] else [])]


def _allowed(asked: Mapping[str, Any]) -> str:
    if asked["limits"]:
        least, most = asked["limits"]
        return gettext("From %(least)s to %(most)s.", least=formats.number(least), most=formats.number(most))
    return gettext("Allowed, as FEEL: %(rule)s.", rule=asked["rule"])


def _wrong(asked: Mapping[str, Any], fault: Sentence) -> str:
    """What is wrong with what was written: it is not allowed, or no value of its kind."""
    if asked["why"] == "outside":
        if asked["limits"]:
            least, most = map(formats.number, asked["limits"])
            return gettext("Write a number from %(least)s to %(most)s.", least=least, most=most)
        return gettext("Only these values are allowed, as FEEL: %(rule)s.", rule=asked["rule"])
    if asked["why"] == "missing":
        return gettext("Fill this in too: it is told together with what you have filled in.")
    if asked["why"] == "unclear":
        return gettext("This may be a thousand, or one: leave out the sign between the thousands.")
    kind = asked["kind"]
    known = {
        "number": gettext("Write a number, such as %(example)s.", example=formats.number(12.5)),
        "boolean": gettext("Choose yes or no."),
        "date": gettext("Write a date, such as 2026-05-17."),
        "time": gettext("Write a time, such as 14:30:00."),
        "date and time": gettext("Write a date and time, such as 2026-05-17T14:30:00."),
        "duration": gettext("Write a duration, such as P3D or P1Y2M."),
    }
    return known.get(kind) or gettext("This cannot be read as FEEL: %(fault)s", fault=message(fault).text)


def _reason(reason: Mapping[str, Any]) -> dict[str, Any]:
    """Why a null came out: a headline over the sentence itself."""
    return {
        "title": _headline(reason["message"]),
        "message": message(reason["message"]),
        "expression": reason["expression"],
    }


def _headline(said: Sentence) -> str:
    return _headlines().get(core(said).template) or gettext("No value came out")


def _headlines() -> dict[str, str]:
    """What a reason comes to in a few words, by its template."""
    untold, foreign = gettext("A value was not told"), gettext("A value is not of the type that is told")
    unmet = gettext("No rule of the table applies")
    return {
        "nothing is called `%(name)s` here": untold,
        "there is no entry `%(name)s`": untold,
        "there is no entry `%(name)s`, only %(known)s": untold,
        "the rules %(rules)s all apply, and only one may": gettext("Several rules apply, and only one may"),
        "the rules %(rules)s all apply, and say different things": gettext(
            "Several rules apply, and contradict one another"
        ),
        "%(value)s is not allowed in the column “%(label)s”": gettext("A value is not one of those allowed"),
        "The input “%(name)s” will not do: %(why)s": gettext("An input is not of the type that the table asks for"),
        "%(value)s is not of the type %(kind)s": foreign,
        "no rule of the table applies": unmet,
        "no rule of the table applies to these values of %(columns)s": unmet,
        "no rule of the table applies to these values of %(columns)s; without a value: %(empty)s": unmet,
        "nothing can be divided by 0": gettext("Something is divided by nought"),
    }
