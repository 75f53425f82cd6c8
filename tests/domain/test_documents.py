import pytest

from service.domain import documents
from service.domain.record_errors import DocumentRefused

PDF = b"%PDF-1.7\n"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("notat.pdf", PDF, "application/pdf"),
        ("NOTAT.PDF", PDF, "application/pdf"),
        ("bilag.docx", b"PK\x03\x04...", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("foto.JPEG", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("liste.csv", "mål;år\r\n".encode(), "text/csv; charset=utf-8"),
    ],
)
def test_what_a_file_is_its_bytes_tell(name: str, content: bytes, kind: str):
    assert documents.media_type(name, content) == kind


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("notat.pdf", b"", "empty"),
        ("notat.pdf", PDF + bytes(documents.MOST_BYTES), "size"),
        ("notat.pdf", b"<script>alert(1)</script>", "kind"),
        ("notat.html", b"<p>", "kind"),
        ("notat.svg", b"<svg/>", "kind"),
        ("notat", PDF, "kind"),
        (".pdf", b"MZ", "kind"),
        ("tabel.csv", b"\xff\xfe\x00", "kind"),
        ("tabel.txt", b"a\x00b", "kind"),
    ],
)
def test_a_file_that_is_none_of_those_that_are_taken_is_refused(name: str, content: bytes, why: str):
    with pytest.raises(DocumentRefused) as refused:
        documents.media_type(name, content)
    assert refused.value.facts["why"] == why


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Users\\anne\\notat.pdf", "notat.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie: x.pdf"),
        ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
        (f"{'n' * 400}.pdf", f"{'n' * 196}.pdf"),
        ("mål æøå – 1.pdf", "mål æøå – 1.pdf"),
    ],
)
def test_a_name_is_kept_without_folders_and_signs_that_nobody_sees(sent: str, kept: str):
    assert documents.named(sent) == kept
