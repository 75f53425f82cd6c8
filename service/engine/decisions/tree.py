"""Small ways to ask an XML element, by local name: the versions of DMN differ in their namespace alone."""

from lxml import etree


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    name: str = etree.QName(element).localname
    return name


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    """The child elements of these names, in their order; all without names."""
    return [part for part in element if not names or local(part) in names]


def child(element: etree._Element, *names: str) -> etree._Element | None:
    """The first child element of one of these names."""
    return next(iter(children(element, *names)), None)


def text_of(element: etree._Element | None) -> str:
    """The text of an element, without space around it; nothing where there is no element."""
    return "" if element is None else (element.text or "").strip()


def attribute(element: etree._Element, name: str) -> str:
    """An attribute, every run of space made one blank; nothing where there is none."""
    return " ".join((element.get(name) or "").split())
