"""The demo's pictures, video and files, each made once."""

import math
import wave
from io import BytesIO
from pathlib import Path

import typst
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.documents.models import Document
from wagtail.images.models import Image

HERE = Path(__file__).parent
_MEDIA = HERE / "media"
_FONTS = HERE.parents[1] / "static" / "vendor" / "paper-fonts"
_RATE, _HERTZ = 8000, 425  # samples a second; what telephone exchanges in Viet Nam sound at
_PAPER = """#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 15mm), numbering: "1")
#set text(font: "Tinos", size: 13pt, lang: "vi")
#set par(justify: true, leading: 0.7em)
#set document(title: sys.inputs.title)
#for paragraph in sys.inputs.text.split("\n\n") [#par(paragraph)]
"""


def image(file_name: str, title: str) -> Image:
    if found := Image.objects.filter(title=title).first():
        return found
    with (_MEDIA / file_name).open("rb") as source:
        file = ImageFile(source, name=file_name)
        return Image.objects.create(title=title, file=file, description=title[:255])


def document(file_name: str, title: str) -> Document:
    return _document(title, file_name, (_MEDIA / file_name).read_bytes())


def paper(source: str, title: str) -> Document:
    """A text of the materials folder as an accessible PDF."""
    text = (HERE / "materials" / source).read_text(encoding="utf-8")
    return _document(title, Path(source).with_suffix(".pdf").name, drawn(text, title))


def drawn(text: str, title: str) -> bytes:
    """The text as an accessible PDF, a paragraph where a line is empty."""
    pdf: bytes = typst.compile(  # type: ignore[misc]
        _PAPER.encode(),
        font_paths=[str(_FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"title": title, "text": text},
        pdf_standards=["ua-1"],
    )
    return pdf


def tone(title: str, on: float, off: float) -> Document:
    """Five tones as a telephone makes them, with so many seconds of sound and of silence each."""
    content = BytesIO()
    with wave.open(content, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(_RATE)
        beep = bytes(128 + round(90 * math.sin(2 * math.pi * _HERTZ * at / _RATE)) for at in range(round(on * _RATE)))
        sound.writeframes((beep + bytes([128]) * round(off * _RATE)) * 5)
    return _document(title, "am-thanh.wav", content.getvalue())


def _document(title: str, file_name: str, content: bytes) -> Document:
    found = Document.objects.filter(title=title).first()
    return found or Document.objects.create(title=title, file=ContentFile(content, name=file_name))
