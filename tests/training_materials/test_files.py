import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents.forms import get_document_form
from wagtail.documents.models import Document
from wagtail.images.forms import get_image_form
from wagtail.images.models import Image

from training_materials.files import problem_of, problem_of_drawing


def archive(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return file.getvalue()


RIGHT = {
    "pdf": b"%PDF-1.7 rest",
    "webm": b"\x1a\x45\xdf\xa3rest",
    "mp4": b"\0\0\0\x18ftypmp42",
    "docx": archive("[Content_Types].xml", "word/document.xml"),
    "xlsx": archive("[Content_Types].xml", "xl/workbook.xml"),
    "pptx": archive("ppt/presentation.xml"),
    "odt": archive("mimetype", "content.xml"),
    "zip": archive("a.txt"),
    "txt": "Tiếng Việt".encode(),
    "csv": "\ufeffhọ,tên".encode(),
    "vtt": b"WEBVTT\n\n00:00.000 --> 00:01.000\nA",
}


@pytest.mark.parametrize("extension", RIGHT)
def test_files_that_are_what_they_say_pass(extension):
    assert problem_of(io.BytesIO(RIGHT[extension]), extension) is None


@pytest.mark.parametrize("extension", RIGHT)
def test_a_program_under_another_name_is_refused(extension):
    assert problem_of(io.BytesIO(b"MZ\x90\0\xff\xfe\0\0\0\0program"), extension)


def test_one_office_format_is_not_another():
    assert problem_of(io.BytesIO(RIGHT["xlsx"]), "docx")


def test_text_in_an_old_encoding_is_refused():
    assert problem_of(io.BytesIO(b"Ti\xd5ng Vi\xd6t"), "txt")


def test_the_file_is_left_at_its_start():
    file = io.BytesIO(RIGHT["pdf"])
    problem_of(file, "pdf")
    assert file.tell() == 0


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">%s</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        "<rect width='3' height='3'/>",
        "<style>.a{fill:red}</style>",
        "<use href='#a'/>",
        "<g fill='url(#paint)'/>",
        "<image href='data:image/png;base64,AAAA'/>",
    ],
)
def test_plain_drawings_pass(inside):
    assert problem_of_drawing(io.BytesIO((SVG % inside).encode())) is None


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<rect onload='alert(1)'/>",
        "<a xlink:href='java\nscript:alert(1)'><text>x</text></a>",
        "<image href='https://example.com/x.png'/>",
        "<use href='data:image/svg+xml;base64,AAAA'/>",
        "<style>@import 'https://example.com/x.css'</style>",
        "<rect fill='url(https://example.com/x)'/>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
    ],
)
def test_drawings_that_run_or_fetch_are_refused(inside):
    assert problem_of_drawing(io.BytesIO((SVG % inside).encode()))


@pytest.mark.parametrize("content", [b"not xml", b"<html></html>", b'<!DOCTYPE x [<!ENTITY a "b">]><svg>&a;</svg>'])
def test_what_is_no_drawing_is_refused(content):
    assert problem_of_drawing(io.BytesIO(content))


def document_form(name, content):
    form_class = get_document_form(Document)
    return form_class({"title": "Tệp", "collection": 1}, {"file": SimpleUploadedFile(name, content)})


def errors(form):
    return [error.code for error in form.errors.as_data().get("file", [])]


def test_the_upload_form_asks_what_a_document_is(db):
    assert errors(document_form("giay.pdf", b"<html><script>")) == ["content"]
    assert errors(document_form("giay.pdf", RIGHT["pdf"])) == []


def test_the_upload_form_refuses_types_that_are_not_listed(db):
    assert document_form("trang.html", b"<html></html>").errors


def test_the_upload_form_refuses_what_is_too_large(db, settings):
    settings.UPLOAD_MAX_BYTES = 10
    assert errors(document_form("giay.pdf", RIGHT["pdf"])) == ["size"]


def test_videos_may_be_larger(db, settings):
    settings.UPLOAD_MAX_BYTES = 3
    assert errors(document_form("bai.webm", RIGHT["webm"])) == []


def test_the_upload_form_refuses_active_drawings(db):
    drawing = SimpleUploadedFile("ve.svg", (SVG % "<script>x</script>").encode(), content_type="image/svg+xml")
    form = get_image_form(Image)({"title": "Vẽ", "collection": 1}, {"file": drawing})
    assert "content" in errors(form)
