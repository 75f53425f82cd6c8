"""Activities: how they repeat, and what operation they call."""

from collections.abc import Mapping

from lxml import etree

from service.engine.model import Loop, Operation
from service.engine.reading.vocabulary import SPIFF, child, child_text, flag, local, tag


def read_loop(node: etree._Element, variables: Mapping[str, str]) -> Loop | None:
    """How the activity repeats, with every data item under the name of its variable."""
    standard = child(node, "standardLoopCharacteristics")
    if standard is not None:
        maximum = standard.get("loopMaximum", "").strip()
        return Loop(
            "standard",
            condition=child_text(standard, "loopCondition"),
            maximum=int(maximum) if maximum.isdecimal() and len(maximum) < 10 else None,
            test_before=flag(standard, "testBefore"),
            scripts_each=_scripts_each(standard),
        )
    many = child(node, "multiInstanceLoopCharacteristics")
    if many is None:
        return None
    return Loop(
        "sequential" if flag(many, "isSequential") else "parallel",
        cardinality=child_text(many, "loopCardinality"),
        collection=_referenced(many, "loopDataInputRef", variables),
        item=_item(many, "inputDataItem"),
        result=_referenced(many, "loopDataOutputRef", variables),
        condition=child_text(many, "completionCondition"),
        output=_item(many, "outputDataItem"),
        scripts_each=_scripts_each(many),
    )


def read_operation(operator: etree._Element | None) -> Operation | None:
    """The operation of a service task, from its `spiffworkflow:serviceTaskOperator`."""
    if operator is None:
        return None
    parameters = {item.get("id", ""): item.get("value", "") for item in operator.iter(tag("parameter", SPIFF))}
    return Operation(operator.get("id", ""), parameters, operator.get("resultVariable") or None)


def _scripts_each(loop: etree._Element) -> bool:
    return flag(loop, tag("scriptsOnInstances", SPIFF))


def _referenced(loop: etree._Element, name: str, variables: Mapping[str, str]) -> str | None:
    reference = local(child_text(loop, name))
    return None if reference is None else variables.get(reference, reference)


def _item(loop: etree._Element, name: str) -> str | None:
    item = child(loop, name)
    return None if item is None else item.get("name") or item.get("id")
