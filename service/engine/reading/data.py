"""Data items: wherever BPMN names one by id, the variable is the item's `name`."""

from lxml import etree

from service.engine.reading.vocabulary import child, children, local, tag

_ITEMS = ("dataObject", "dataInput", "dataOutput", "property", "inputDataItem", "outputDataItem")


def variable_names(process: etree._Element) -> dict[str, str]:
    """Id → variable, for every data item of a process and of its sub-processes, references included."""
    names = {
        item.get("id"): item.get("name") or item.get("id")
        for item in process.iter(*(tag(name) for name in _ITEMS))
        if item.get("id")
    }
    for reference in process.iter(tag("dataObjectReference")):
        target = local(reference.get("dataObjectRef"))
        if reference.get("id"):
            names[reference.get("id")] = names.get(target, reference.get("name") or reference.get("id"))
    return names


def data_objects(process: etree._Element) -> dict[str, str]:
    """Id → variable of the data objects, and of the references to them, in a process and its sub-processes."""
    names = variable_names(process)
    found = process.iter(tag("dataObject"), tag("dataObjectReference"))
    return {item.get("id"): names[item.get("id")] for item in found if item.get("id")}


def read_io(process: etree._Element) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """The names that a process takes in and gives out, (None, None) without an `ioSpecification`."""
    specification = child(process, "ioSpecification")
    if specification is None:
        return None, None
    inputs, outputs = (
        tuple(item.get("name") or item.get("id", "") for item in children(specification, name))
        for name in ("dataInput", "dataOutput")
    )
    return inputs, outputs
