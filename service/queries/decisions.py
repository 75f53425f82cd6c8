"""Decisions asked outside a case: of a file, and of what is deployed. Nothing is written, and nobody is bound by it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from service.domain.actors import Actor
from service.domain.calendars import Calendar
from service.domain.errors import BundleUnreadable, DecisionAltered, DecisionNotFound, DecisionUnanswerable
from service.domain.sentences import say
from service.engine import XMLRefused, calendar, decisions, feel
from service.engine.decisions import DecisionFault, Definition, Evaluation, Outcome
from service.runtime import calendars
from service.runtime import decisions as runtime
from service.store import definitions as store
from service.store import deployments
from service.store.db import reading

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

COUNTRIES = ("DK", "NO")
"""Whose working days a decision outside a workspace may go by."""


def of_file(path: Path, key: str | None, inputs: Mapping[str, Any], now: datetime, country: str) -> dict[str, Any]:
    """What the decision of a DMN file gives, as `told` has it; it may import files of its folder.

    `key` is a decision's id or name; without it the decision that no other needs. Raises `BundleUnreadable`,
    `DecisionNotFound`, `DecisionUnanswerable`.
    """
    try:
        data = path.read_bytes()
        definition = decisions.load(data, decisions.around(path.parent) if b"import" in data else ())
    except OSError as error:
        raise BundleUnreadable(reason=f"{path.name}: {error.strerror}") from error
    broken = next((it for it in definition.findings if it.rule == "not-dmn"), None)
    if broken is not None:
        raise BundleUnreadable(reason=broken.message.rstrip("."))
    return told(_asked(definition, key or _only(definition), inputs, context(now, calendar(country))))


def kit(folder: Path, now: datetime) -> Iterator[Outcome]:
    """The outcomes of the cases of the DMN standard's compatibility kit that lie in a folder."""
    return decisions.run(folder, context(now, Calendar("none", "UTC", {})))


def evaluate(
    actor: Actor,
    key: str,
    inputs: Mapping[str, Any],
    now: datetime,
    *,
    digest: str | None = None,
    version: int | None = None,
) -> dict[str, Any]:
    """What a deployed decision of the actor's workspace gives for these inputs, as `told` has it.

    Asked is the table deployed last that has the decision, else that of the bundle `digest`, else that of the
    `version` of its bundle. Raises `DecisionNotFound`, and `DecisionUnanswerable` for an input that its file has not.
    """
    if not actor.takes_part:
        raise DecisionNotFound(key=key)
    with reading() as session:
        bundle, name = place(session, actor.workspace_id, key, digest, version)
        definition = definition_of(session, actor.workspace_id, bundle, name, key)
        known = _known(definition, key)
        strange = sorted(inputs.keys() - known) if known is not None else []
        if strange:
            raise _unanswerable(key, say("It asks for no input called “%(name)s”.", name=strange[0][:100]))
        context_now = context(now, calendars.of(session, actor.workspace_id))
        return told(_asked(definition, key, inputs, context_now)) | {"bundle": bundle}


def place(
    session: "Session", workspace_id: str, key: str, digest: str | None = None, version: int | None = None
) -> tuple[str, str]:
    """The bundle, by digest, and the file in which a decision stands. Raises `DecisionNotFound`."""
    found = store.decision(session, workspace_id, key, digest=digest)
    if found is not None and version is not None:
        bundle = deployments.bundle_key(session, workspace_id, found[0])
        rows = deployments.of_key(session, workspace_id, bundle) if bundle else ()
        wanted = next((row.bundle_digest for row in rows if row.number == version), None)
        found = None if wanted is None else store.decision(session, workspace_id, key, digest=wanted)
    if found is None:
        raise DecisionNotFound(key=key)
    return found


def asked(
    session: "Session",
    workspace_id: str,
    bundle: str,
    name: str,
    key: str,
    inputs: Mapping[str, Any],
    now: datetime,
) -> Evaluation:
    """The evaluation of a decision in a file of a deployed bundle. Raises `DecisionUnanswerable`."""
    definition = definition_of(session, workspace_id, bundle, name, key)
    return _asked(definition, key, inputs, context(now, calendars.of(session, workspace_id)))


def definition_of(session: "Session", workspace_id: str, bundle: str, name: str, key: str) -> Definition:
    """A file of a deployed bundle, to ask `key` of. Raises `DecisionAltered`, `DecisionUnanswerable`."""
    try:
        file = runtime.deployed(session, workspace_id, bundle, name)
        return decisions.load(file.data, file.beside)
    except runtime.Altered as error:
        raise DecisionAltered(key=key, reason=error.message.rstrip("."), said=error.message) from error
    except DecisionFault as error:
        raise _unanswerable(key, error.message) from error
    except XMLRefused as error:
        raise _unanswerable(key, str(error)) from error


def told(evaluation: Evaluation) -> dict[str, Any]:
    """An evaluation as JSON: outputs, the rules that fired, every decision that was made on the way, why nulls came."""
    record: dict[str, Any] = evaluation.record()
    made = record["decisions"]
    reasons = [{"decision": None, **reason} for reason in record["input_reasons"]]
    reasons += [{"decision": one["id"], **reason} for one in made for reason in one["reasons"]]
    return {
        "decision": record["decision"],
        "digest": record["digest"],
        "inputs": record["inputs"],
        "outputs": record["outputs"],
        "fired": made[-1]["fired"],
        "decisions": [{part: one[part] for part in ("id", "name", "value", "fired")} for one in made],
        "reasons": reasons,
    }


def _asked(definition: Definition, key: str, inputs: Mapping[str, Any], context: feel.Context) -> Evaluation:
    try:
        definition.find(key)
    except DecisionFault:
        raise DecisionNotFound(key=key) from None
    try:
        return decisions.evaluate(definition, key, inputs, context)
    except (feel.FeelError, DecisionFault) as error:
        raise _unanswerable(key, error.message) from error


def _known(definition: Definition, key: str) -> set[str] | None:
    """What an input may be called: as any of the file; None for a service or a model, which names what it takes itself."""
    if key not in definition.decisions and not any(key in (it.name, it.label) for it in definition.decisions.values()):
        return None
    called = ((it.namespace, name) for it in definition.inputs.values() for name in (it.name, it.label) if name)
    return {written for namespace, name in called for written in (name, f"{namespace}#{name}")}


def _unanswerable(key: str, why: str) -> DecisionUnanswerable:
    """`said` is the sentence as it was put together, for a page to say in another language."""
    return DecisionUnanswerable(key=key, reason=why.rstrip("."), said=why)


def _only(definition: Definition) -> str:
    """The one decision that no other decision of the file needs. Raises `DecisionNotFound`, naming those there are.

    Where each is needed by another, they need one another in a circle: then it is any of them, and asking it says so.
    """
    needed = {key for decision in definition.decisions.values() for key in decision.requires}
    top = [key for key in definition.keys() if key not in needed] or definition.keys()[:1]  # noqa: SIM118 - no mapping
    if len(top) != 1:
        raise DecisionNotFound(key=f"without a name (--decision): {', '.join(top) or 'none'}")
    return top[0]


def context(now: datetime, days: Calendar) -> feel.Context:
    """What an evaluation outside a case knows: a null has its reasons, and is no fault."""
    return feel.Context(now, ZoneInfo(days.zone), days, strict=False)
