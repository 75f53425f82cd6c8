"""Bytes from outside: what is read, what is refused, and how it is said."""

import io
import subprocess
import sys
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.engine.xml import MAX_BYTES, MAX_ELEMENTS, XMLRefused, own_elements, parse_xml
from tests.diagrams import process

BOMB = (
    b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">'
    + b"".join(b'<!ENTITY b%d "%s">' % (n, b"&b%s;" % str(n - 1 if n > 1 else "").encode() * 10) for n in range(1, 10))
    + b"]><a>&b9;</a>"
)


def _refusal(data: bytes) -> XMLRefused:
    with pytest.raises(XMLRefused) as caught:
        parse_xml(data)
    assert str(caught.value).endswith(".")
    return caught.value


@pytest.mark.parametrize(
    ("rule", "data"),
    [
        ("doctype", b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'),
        ("doctype", b'<?xml version="1.0"?><!-- <a> --><!DOCTYPE a [<!ENTITY % p SYSTEM "http://example.org">]><a/>'),
        ("doctype", '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16")),
        ("doctype", b"\xef\xbb\xbf<!DOCTYPE a><a/>"),
        ("doctype", BOMB),
        ("too-large", b"<a>" + b"x" * MAX_BYTES + b"</a>"),
        ("too-many-elements", b"<a>" + b"<b/>" * MAX_ELEMENTS + b"</a>"),
        ("too-deep", b"<a>" * 5_000 + b"</a>" * 5_000),
        ("too-deep", b"<a>" * 257 + b"</a>" * 257),
        ("encoding", b'<?xml version="1.0" encoding="UTF-7"?><a/>'),
        ("encoding", b'<?xml version="1.0" encoding="utf-16"?><a/>'),
        ("encoding", b"<a>\xff</a>"),
        ("not-xml", b"<a>\0</a>"),
        ("not-xml", "<a/>".encode("utf-32")),
        ("not-xml", "<!DOCTYPE a><a/>".encode("utf-16-le")),
        ("not-xml", b""),
        ("not-xml", b"<a><b></a>"),
        ("not-xml", b"<a>&unknown;</a>"),
        ("not-xml", b"<a>\x01</a>"),
    ],
)
def test_what_could_do_harm_is_refused_with_a_sentence(rule: str, data: bytes) -> None:
    assert _refusal(data).rule == rule


def test_a_zip_archive_is_called_one() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.bpmn", "<a/>")
    assert "zip archive" in str(_refusal(packed.getvalue()))


def test_two_elements_with_one_id_are_refused_with_the_id_and_both_lines() -> None:
    refusal = _refusal(process("p").start("one").end("two").bpmn().replace(b'id="two"', b'\nid="one"'))
    assert (refusal.rule, refusal.element, refusal.line) == ("duplicate-id", "one", 3)


def test_ids_of_extensions_and_of_the_drawing_name_nothing_that_runs() -> None:
    drawing = process("p").start().user("target").service("s", "targets.publish", {"target": "1"}).end()
    root = parse_xml(drawing.bpmn().replace(b'id="target_di"', b'id="target"'))
    assert [element.get("id") for element in own_elements(root)].count("target") == 1


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("UTF-8", "æøå".encode()),
        ("ISO-8859-1", "æøå".encode("latin-1")),
        ("windows-1252", "æøå".encode("cp1252")),
    ],
)
def test_the_encodings_of_common_editors_are_read(encoding: str, data: bytes) -> None:
    assert parse_xml(f'<?xml version="1.0" encoding="{encoding}"?>\n<a>'.encode() + data + b"</a>").text == "æøå"


def test_byte_order_marks_are_read() -> None:
    assert parse_xml('<?xml version="1.0" encoding="UTF-16"?><a>æ</a>'.encode("utf-16")).text == "æ"
    assert parse_xml(b'\xef\xbb\xbf<?xml version="1.0" encoding="UTF-8"?><a/>').tag == "a"


def test_comments_and_instructions_are_left_out() -> None:
    root = parse_xml(b"<a><!-- one --><?two three?>four<!-- five -->six</a>")
    assert (len(root), root.text) == (0, "foursix")


def test_hostile_files_are_refused_in_little_memory() -> None:
    """In a process of its own, whose memory is what the refusals took: far below the 300 MB that are allowed."""
    code = (
        "import resource\n"
        "from service.engine.xml import XMLRefused, parse_xml\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "deep, many = b'<a>' * 400_000, b'<a>' + b'<b/>' * 500_000 + b'</a>'\n"
        "wide = b'<a ' + b' '.join(b'a%d=\"\"' % n for n in range(150_000)) + b'/>'\n"
        "for data in (bytes(50_000_000), deep, many, wide, b'<a>' * 5_000):\n"
        "    try:\n"
        "        parse_xml(data)\n"
        "    except XMLRefused:\n"
        "        pass\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    # ru_maxrss counts bytes on macOS and kibibytes elsewhere.
    unit = 1 if sys.platform == "darwin" else 1024
    assert int(run.stdout) * unit < 200_000_000


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"<a>{text}</a>".encode(errors="replace")))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        parse_xml(data)
    except XMLRefused as refusal:
        assert refusal.reason
