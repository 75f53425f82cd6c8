"""Bundle → findings: what would go wrong for a case, before anyone's case meets it.

A rule is a file in `rules/`; its name is the file's. It yields a `Found` for each thing it finds, with the element and
one sentence. `PROCESS_RULES` look at one process at a time; `BUNDLE_RULES` at all of them and the files beside.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import ModuleType

from service.domain.bundles import Bundle
from service.domain.findings import Finding, Level
from service.domain.offered import Offered
from service.engine.bundles import diagrams_of
from service.engine.checks.rules import (
    boundary_attachment,
    call_cycle,
    called_process_missing,
    condition_is_no_truth,
    constant_condition,
    dangling_reference,
    dead_activity,
    deadlock,
    decision_cycle,
    decision_gap,
    decision_masked,
    decision_missing,
    decision_named_twice,
    decision_output,
    decision_overlap,
    decision_priority,
    decision_requirement,
    decision_type_cycle,
    decision_unreadable,
    duplicate_process,
    event_gateway,
    event_without_key,
    expression,
    flow_across_scopes,
    flow_without_condition,
    form_missing,
    form_rests_on_nothing,
    form_unreadable,
    gateway_without_default,
    ignored_attribute,
    implicit_fork,
    incomplete_activity,
    lack_of_synchronisation,
    lane_without_name,
    left_behind,
    livelock,
    long_chain,
    loop_without_wait,
    maybe_empty,
    missing_text,
    multi_instance,
    name_from_outside,
    name_known_later,
    never_due,
    no_end,
    no_start,
    not_drawn,
    output_never_set,
    overlapping_conditions,
    parallel_join_of_loop,
    parallel_writes,
    predicted_tasks,
    renamed_data,
    reserved_id,
    said_twice,
    sealed_value,
    short_cycle,
    soundness_undecided,
    start_process,
    task_without_role,
    too_large,
    two_timers,
    unbounded_tokens,
    unknown_entry,
    unknown_function,
    unknown_input,
    unknown_name,
    unknown_parameter,
    unknown_property,
    unknown_value,
    unlike_comparison,
    unreachable,
    unsupported_definition,
    unsupported_element,
    unsupported_event,
    wrong_call,
)
from service.engine.checks.signatures import Asked, Signature
from service.engine.checks.view import BundleView, Found, ProcessView

__all__ = ["BUNDLE_RULES", "PROCESS_RULES", "check"]

PROCESS_RULES: tuple[ModuleType, ...] = (
    boundary_attachment,
    called_process_missing,
    condition_is_no_truth,
    constant_condition,
    dangling_reference,
    dead_activity,
    deadlock,
    decision_missing,
    event_gateway,
    event_without_key,
    expression,
    flow_across_scopes,
    flow_without_condition,
    gateway_without_default,
    ignored_attribute,
    implicit_fork,
    incomplete_activity,
    lack_of_synchronisation,
    lane_without_name,
    left_behind,
    livelock,
    long_chain,
    loop_without_wait,
    maybe_empty,
    multi_instance,
    name_from_outside,
    name_known_later,
    never_due,
    no_end,
    no_start,
    output_never_set,
    overlapping_conditions,
    parallel_join_of_loop,
    parallel_writes,
    predicted_tasks,
    renamed_data,
    reserved_id,
    said_twice,
    sealed_value,
    short_cycle,
    soundness_undecided,
    task_without_role,
    two_timers,
    unbounded_tokens,
    unknown_entry,
    unknown_function,
    unknown_input,
    unknown_name,
    unknown_parameter,
    unknown_property,
    unknown_value,
    unlike_comparison,
    unreachable,
    unsupported_element,
    unsupported_event,
    wrong_call,
)
BUNDLE_RULES: tuple[ModuleType, ...] = (
    call_cycle,
    decision_cycle,
    decision_gap,
    decision_masked,
    decision_named_twice,
    decision_output,
    decision_overlap,
    decision_priority,
    decision_requirement,
    decision_type_cycle,
    decision_unreadable,
    duplicate_process,
    form_missing,
    form_rests_on_nothing,
    form_unreadable,
    missing_text,
    not_drawn,
    start_process,
    too_large,
    unsupported_definition,
)


def check(
    bundle: Bundle,
    *,
    operations: Mapping[str, Offered] | None = None,
    in_force: Mapping[str, Collection[str]] | None = None,
    decisions: Collection[str] = (),
    signatures: Mapping[str, Signature] | None = None,
    tables: Mapping[str, Asked] | None = None,
    written: Collection[str] | None = None,
) -> list[Finding]:
    """What is wrong with a bundle: process by process and rule by rule, then what concerns the whole.

    `operations` are those that service tasks may call, where the caller knows them. `in_force` are the processes
    deployed elsewhere, process id → ids of the processes it calls: calls are followed into them; `decisions` are the
    ids of decisions deployed elsewhere. `signatures` and `tables` say what those processes and decisions take and hand
    back (`elsewhere` makes them); without them, nothing is said of what they might set. `written`
    are the names that bundles elsewhere write, for forms to rest on. In a process that is not executable everything is a
    warning. A bundle that is too large is told so, and nothing else. Raises XMLRefused for a diagram that cannot be read.
    """
    whole = BundleView(
        bundle, diagrams_of(bundle), operations, in_force or {}, decisions, signatures or {}, tables or {}, written
    )
    large = [_finding(too_large, fault, fault.file, fault.level) for fault in too_large.find(whole)]
    if large:
        return large
    found = [
        finding
        for diagram in whole.diagrams
        for process in diagram.processes
        for finding in _of_process(ProcessView(whole, diagram, process))
    ]
    for rule in BUNDLE_RULES:
        found.extend(_finding(rule, fault, fault.file, fault.level) for fault in rule.find(whole))
    return found


def _of_process(view: ProcessView) -> Iterator[Finding]:
    for rule in PROCESS_RULES:
        faults: Iterable[Found] = rule.find(view)
        for fault in faults:
            yield _finding(rule, fault, view.diagram.file, fault.level if view.process.executable else "warning")


def _finding(rule: ModuleType, fault: Found, file: str | None, level: Level) -> Finding:
    key = rule.__name__.rpartition(".")[2].replace("_", "-")
    return Finding(key, level, fault.message, fault.element, file, fault.trace, fault.steps)
