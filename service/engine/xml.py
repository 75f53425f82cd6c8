"""Bytes from outside → an XML tree that can do no harm.

Everything the service reads as XML (diagrams, decision tables) comes through `parse_xml`. What lxml would let pass
(a DOCTYPE, fifty megabytes of small elements, two elements with one id) is refused here, each with one sentence that
says what to do.
"""

import codecs
import re
from collections.abc import Iterator

from lxml import etree

from service.domain.errors import BundleUnreadable, Fault

MAX_BYTES = 2 * 1024 * 1024
MAX_ELEMENTS = 20_000
MAX_DEPTH = 256

_DECLARATION = re.compile(r"\A\s*<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(rb"""<\?xml[^>]{0,80}\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
# What the word in the file's first line may be, and the codec that reads it. Nothing exotic: UTF-7 and its kin are
# where markup hides from whoever looks at the bytes.
_CODECS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "latin-1",
    "latin-1": "latin-1",
    "windows-1252": "cp1252",
    "utf-16": "utf-16",
}


class XMLRefused(BundleUnreadable):
    """The file cannot be read: {reason}"""

    def __init__(self, rule: str, reason: str, *, element: str | None = None, line: int | None = None) -> None:
        super().__init__(reason=reason)
        self.rule = rule
        self.reason = reason
        self.element = element
        self.line = line
        self.file: str | None = None

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The one fault, as `file#element`. `line` counts from 1; all but the rule may be unknown."""
        return (Fault(f"{self.file or ''}#{self.element or ''}", self.reason, self.rule),)


def parse_xml(data: bytes, *, unique_ids: bool = True) -> etree._Element:
    """The root element of the XML document in `data`, without comments and processing instructions.

    Raises XMLRefused: more than 2 MB, 20,000 elements or 256 levels; a DOCTYPE; another encoding than UTF-8, UTF-16,
    ASCII, ISO-8859-1 or Windows-1252; not well-formed; with `unique_ids`, two elements of the document's own language
    with one id.
    Nothing outside `data` is read, and the work is bounded by its size.
    """
    if len(data) > MAX_BYTES:
        raise XMLRefused("too-large", f"The file is {len(data):,} bytes; at most {MAX_BYTES:,} can be read. Split it.")
    text = _decoded(data)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        # Anywhere, not only at the top: in a diagram it has no honest use, and so nothing can hide it.
        raise XMLRefused(
            "doctype", "The file holds a DOCTYPE or entity declaration, which is never read. Remove it.", line=1
        )
    root = _parsed(_DECLARATION.sub("", text, count=1).encode("utf-8"))
    for count, _ in enumerate(root.iter(), start=1):
        if count > MAX_ELEMENTS:
            raise XMLRefused(
                "too-many-elements",
                f"The file has more than {MAX_ELEMENTS:,} elements. Split it into called processes.",
            )
    if unique_ids:
        _refuse_duplicate_ids(root)
    return root


def own_elements(root: etree._Element) -> Iterator[etree._Element]:
    """The elements of the document's own language (the root's namespace), without what stands in `extensionElements`.

    Ids of extensions, and of the drawing, name nothing that runs.
    """
    namespace = etree.QName(root).namespace
    extensions = etree.QName(namespace, "extensionElements").text
    pending = [root]
    while pending:
        element = pending.pop()
        if etree.QName(element).namespace == namespace:
            yield element
        pending.extend(child for child in reversed(element) if child.tag != extensions)


def _decoded(data: bytes) -> str:
    """The document as text, or the sentence that says why it is none."""
    if data.startswith(b"PK\x03\x04"):
        raise XMLRefused("not-xml", "This is a zip archive, not a diagram. Unpack it, or deploy it as a bundle.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = "utf-16"
    else:
        declared = _ENCODING.match(data.removeprefix(codecs.BOM_UTF8))
        name = declared.group(1).decode("ascii").lower() if declared else "utf-8"
        codec = _CODECS.get(name, "")
        if not codec or codec == "utf-16":
            raise XMLRefused("encoding", f"The file says that its encoding is {name}. Save it as UTF-8.", line=1)
    try:
        text = data.decode(codec).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise XMLRefused(
            "encoding", f"Line {line} is not valid {codec.upper()}. Save the file as UTF-8.", line=line
        ) from None
    if "\0" in text:
        raise XMLRefused("not-xml", "The file holds NUL characters, so it is not XML. Export the diagram again.")
    return text


def _parsed(document: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        return etree.fromstring(document, parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            raise XMLRefused(
                "too-deep",
                f"Elements are nested more than {MAX_DEPTH} deep. Use called processes instead.",
                line=error.lineno,
            ) from None
        message = f"The file is not well-formed XML: {error.msg}. Export it again from the editor."
        raise XMLRefused("not-xml", message, line=error.lineno) from None


def _refuse_duplicate_ids(root: etree._Element) -> None:
    lines: dict[str, int | None] = {}
    for element in own_elements(root):
        identifier = element.get("id")
        if identifier is None:
            continue
        if identifier in lines:
            raise XMLRefused(
                "duplicate-id",
                f"Two elements have the id '{identifier}' (lines {lines[identifier]} and {element.sourceline}). "
                "Give one of them another id.",
                element=identifier,
                line=element.sourceline,
            )
        lines[identifier] = element.sourceline
