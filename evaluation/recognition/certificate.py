"""The certificate as an accessible PDF (PDF/UA-1), drawn by Typst from a title.

What people typed goes in as data only (``sys_inputs``): a name can never become markup or code of the paper.
"""

import io
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import segno
import typst
from django.conf import settings

from evaluation.recognition.models import Title
from membership.models import Unit, UnitKind

PAPER = Path(__file__).parent / "papers" / "certificate.typ"
FONTS = settings.SITE / "static" / "vendor" / "paper-fonts"

_PLACE_PREFIXES = ("Phường ", "Xã ", "Đặc khu ", "Thị trấn ", "Thành phố ", "Tỉnh ")


@dataclass(frozen=True)
class Certificate:
    """What stands on the paper, as plain text."""

    body: str
    place: str
    number: str
    name: str
    home: str
    year: str
    decision: str
    day: str
    month: str
    signed_year: str
    signer_title: str
    signer_name: str
    code: str
    address: str
    qr: str


def certificate_pdf(title: Title, address: str) -> bytes:
    """The paper for a title with its decision, unit and person joined; ``address`` is where it is verified."""
    return render(certificate_of(title, address), "pdf")


def certificate_of(title: Title, address: str) -> Certificate:
    decision = title.decision
    if decision.signed_on is None:
        raise ValueError("a title without a signed decision")
    is_commune = decision.unit.kind in {UnitKind.COMMUNE, UnitKind.PROVINCE}
    return Certificate(
        body=body_of(decision.unit),
        place=place_of(decision.unit),
        number=title.number,
        name=title.person.full_name,
        home=title.dossier.unit.name,
        year=str(title.year),
        decision=decision.number,
        # NĐ 30/2020/NĐ-CP: days below 10 and months 1 and 2 carry a zero.
        day=f"{decision.signed_on.day:02d}",
        month=f"{decision.signed_on.month:02d}" if decision.signed_on.month < 3 else str(decision.signed_on.month),
        signed_year=str(decision.signed_on.year),
        signer_title=_capacity(decision.signer_title, is_commune),
        signer_name=decision.signer_name,
        code=title.code,
        address=address,
        qr=_qr(f"{address}{title.code}/"),
    )


def render(certificate: Certificate, kind: Literal["pdf", "png"]) -> bytes:
    """``kind`` is "pdf", or "png" for looking at it."""
    paper = typst.compile(
        PAPER,
        root=PAPER.parent,
        font_paths=_fonts(),
        format=kind,
        sys_inputs=asdict(certificate),
        pdf_standards="ua-1" if kind == "pdf" else None,
    )
    if not isinstance(paper, bytes):
        raise TypeError("the certificate must be one page")
    return paper


def body_of(unit: Unit) -> str:
    """Who recognises there: "Ủy ban nhân dân phường Hải Châu", or the agency or school itself."""
    is_commune = unit.kind in {UnitKind.COMMUNE, UnitKind.PROVINCE}
    return f"Ủy ban nhân dân {_lower_first(unit.name)}" if is_commune else unit.name


def place_of(unit: Unit) -> str:
    """ "Hải Châu" of "Phường Hải Châu": the place in "Hải Châu, ngày 05 tháng 02 năm 2026"."""
    prefix = next((prefix for prefix in _PLACE_PREFIXES if unit.name.startswith(prefix)), "")
    return unit.name.removeprefix(prefix)


def _capacity(title: str, is_commune: bool) -> str:
    """In which capacity one signs, a line each: a committee's chair on its behalf, a deputy in the chair's stead."""
    on_behalf = ["TM. Ủy ban nhân dân"] if is_commune else []
    in_stead = ["KT. Chủ tịch"] if is_commune and title.casefold().startswith("phó chủ tịch") else []
    return "\n".join([*on_behalf, *in_stead, title])


def _lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]


def _qr(address: str) -> str:
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawing, kind="svg", border=0, xmldecl=False, scale=4)
    return drawing.getvalue().decode()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])
