"""What one rule says of diagrams that a test draws."""

from collections.abc import Mapping
from typing import Any

from service.domain.findings import Finding
from service.engine.bundles import from_files
from service.engine.checks import check
from service.engine.checks.elsewhere import elsewhere
from tests.diagrams import Drawing, files


def beside(*drawings: Drawing) -> dict[str, Any]:
    """What a check knows of these processes where they stand in a bundle of their own, in force beside the other."""
    known = elsewhere([from_files(files(*drawings))])
    return {"in_force": known.processes, "signatures": known.signatures}


def findings(
    rule: str,
    *drawings: Drawing,
    forms: Mapping[str, Any] | None = None,
    more: Mapping[str, bytes] | None = None,
    **known: Any,
) -> list[Finding]:
    """The findings of that rule, in order."""
    bundle = from_files(files(*drawings, forms=forms) | dict(more or {}))
    return [finding for finding in check(bundle, **known) if finding.rule == rule]


def elements(rule: str, *drawings: Drawing, **more: Any) -> list[str | None]:
    """The elements that the rule finds errors at, in order."""
    return [finding.element for finding in findings(rule, *drawings, **more) if finding.level == "error"]


def warned(rule: str, *drawings: Drawing, **more: Any) -> list[str | None]:
    """The elements that the rule warns of, in order."""
    return [finding.element for finding in findings(rule, *drawings, **more) if finding.level == "warning"]
