"""Every format is read by a process of its own, with limits; what goes wrong there harms nothing here."""

import io
import json
import random
import zipfile

import docx
import odfdo
import openpyxl
import pptx
import pytest

from search import extraction
from search.extraction import running
from tests.flows.test_hostile_files import spoiled

TEXT = "Kỹ năng số cho mọi người"


def make_docx(path):
    paper = docx.Document()
    paper.add_paragraph(TEXT)
    table = paper.add_table(rows=1, cols=2)
    table.rows[0].cells[1].text = "Trong bảng"
    paper.save(path)


def make_pptx(path):
    talk = pptx.Presentation()
    slide = talk.slides.add_slide(talk.slide_layouts[5])
    slide.shapes.title.text = TEXT
    slide.notes_slide.notes_text_frame.text = "Ghi chú"
    talk.save(path)


def make_xlsx(path):
    book = openpyxl.Workbook()
    book.active.append([TEXT, 12, None])
    book.save(path)


def make_odt(path):
    paper = odfdo.Document("text")
    paper.body.clear()
    paper.body.append(odfdo.Paragraph(TEXT))
    paper.save(path)


def make_h5p(path):
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("h5p.json", json.dumps({"title": TEXT}))
        content = {"text": "<p>Đúng &amp; sai</p>", "image": {"path": "images/a.png"}, "library": "H5P.X 1.0"}
        package.writestr("content/content.json", json.dumps(content))


def make_pdf(path):
    text = b"BT /F1 12 Tf 72 720 Td (Ky nang so cho moi nguoi) Tj ET"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    file, places = io.BytesIO(), []
    file.write(b"%PDF-1.4\n")
    for number, part in enumerate(parts, start=1):
        places.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    start = file.tell()
    file.write(b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    file.write(b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start)
    path.write_bytes(file.getvalue())


def make_vtt(path):
    path.write_text(f"WEBVTT\n\n1\n00:00.000 --> 00:02.000\n<v Thầy>{TEXT}\n", encoding="utf-8")


def make_txt(path):
    path.write_text(TEXT, encoding="utf-8")


MAKERS = {"docx": make_docx, "pptx": make_pptx, "xlsx": make_xlsx, "odt": make_odt, "h5p": make_h5p, "vtt": make_vtt,
          "txt": make_txt}  # fmt: skip


@pytest.mark.parametrize("extension", MAKERS)
def test_reads_the_text(tmp_path, extension):
    path = tmp_path / f"file.{extension}"
    MAKERS[extension](path)
    found = extraction.read(str(path), extension)
    assert found.reason == ""
    assert TEXT in found.text
    assert "-->" not in found.text
    assert "images/a.png" not in found.text


def test_reads_a_pdf(tmp_path):
    make_pdf(tmp_path / "file.pdf")
    assert extraction.read(str(tmp_path / "file.pdf"), "pdf").text.strip() == "Ky nang so cho moi nguoi"


@pytest.mark.parametrize("extension", [*MAKERS, "pdf"])
def test_what_is_spoiled_gives_text_or_a_reason(tmp_path, extension):
    path = tmp_path / f"file.{extension}"
    (MAKERS | {"pdf": make_pdf})[extension](path)
    whole = path.read_bytes()
    for seed in range(5):
        path.write_bytes(spoiled(whole, random.Random(f"{extension} {seed}")))
        found = extraction.read(str(path), extension)
        assert found.reason in ("", running.UNREADABLE, running.NO_TEXT)
        assert bool(found.text) != bool(found.reason)


def test_half_a_sign_takes_no_other_text_along(tmp_path):
    with zipfile.ZipFile(tmp_path / "file.h5p", "w") as package:
        package.writestr("h5p.json", json.dumps({"title": "\ud800"}))
        package.writestr("content/content.json", json.dumps({"text": TEXT}))
    assert TEXT in extraction.read(str(tmp_path / "file.h5p"), "h5p").text


def test_says_that_a_broken_file_cannot_be_read(tmp_path):
    path = tmp_path / "file.docx"
    path.write_bytes(b"PK\x03\x04 and nothing behind")
    assert extraction.read(str(path), "docx") == extraction.Extracted(reason=running.UNREADABLE)


def test_does_not_unpack_a_small_file_that_holds_gigabytes(tmp_path):
    path = tmp_path / "file.docx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as entry,
    ):
        for _turn in range(310):
            entry.write(b"\0" * 1024 * 1024)
    assert path.stat().st_size < 1_000_000
    assert extraction.read(str(path), "docx").reason == running.UNREADABLE


def test_gives_up_on_what_takes_too_long(tmp_path):
    path = tmp_path / "file.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert extraction.read(str(path), "txt", seconds=0).reason == running.TOO_SLOW


def test_refuses_what_is_too_large_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "LARGEST_FILE", 3)
    (tmp_path / "file.txt").write_text(TEXT, encoding="utf-8")
    assert extraction.read(str(tmp_path / "file.txt"), "txt").reason == running.TOO_LARGE


def test_the_reader_gets_nothing_of_our_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    seen = {}

    def look(command, **options):
        seen.update(options["env"])
        raise running.subprocess.TimeoutExpired(command, 1)

    monkeypatch.setattr(running.subprocess, "run", look)
    (tmp_path / "file.txt").write_text(TEXT, encoding="utf-8")
    extraction.read(str(tmp_path / "file.txt"), "txt")
    assert set(seen) == {"PATH", "PYTHONIOENCODING", "PYTHONPATH"}
