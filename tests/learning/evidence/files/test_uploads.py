import hashlib

import pytest
from django.core.files.base import ContentFile

from learning.evidence.files import NotTakenError, TooLargeError, inspect

PNG = b"\x89PNG\r\n\x1a\n anh"


@pytest.mark.parametrize(
    ("content", "content_type", "ending"),
    [(b"%PDF-1.4", "application/pdf", ".pdf"), (b"\xff\xd8\xff\xdb", "image/jpeg", ".jpg"), (PNG, "image/png", ".png")],
)
def test_content_tells_the_kind_whatever_the_name_says(content, content_type, ending):
    upload = inspect(ContentFile(content, name="anh.exe"), limit=1000)
    assert (upload.content_type, upload.name) == (content_type, f"anh{ending}")
    assert upload.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("content", [b"MZ", b"<html>", b" %PDF-", b"PK\x03\x04"])
def test_anything_else_is_not_taken(content):
    with pytest.raises(NotTakenError):
        inspect(ContentFile(content, name="a.pdf"), limit=1000)


@pytest.mark.parametrize("content", [b"", PNG * 100])
def test_empty_and_too_large_are_refused(content):
    with pytest.raises(TooLargeError):
        inspect(ContentFile(content, name="a.png"), limit=100)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("C:\\Ảnh\\chứng chỉ.PNG", "chứng chỉ.png"),
        ("../../etc/passwd", "passwd.png"),
        ("a\r\nX-Header: b.png", "aX-Header: b.png"),
        ("", "minh-chung.png"),
        ("dài" * 100 + ".png", None),
    ],
)
def test_name_keeps_its_words_and_loses_what_is_dangerous(name, clean):
    file = ContentFile(PNG)
    file.name = name
    kept = inspect(file, limit=1000).name
    assert len(kept) <= 150
    if clean:
        assert kept == clean
