"""The certificate of a course as an accessible PDF (PDF/UA-1). Its words are Vietnamese whatever language the page is
read in, and it says no more than the evidence does."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from django.utils import timezone
from django.utils.translation import override

from badges.credentials import issuer_name
from interface.owner import logo_on_paper, owner
from learning.evidence.models import Evidence
from learning.evidence.pages.sentences import is_doubted, provenance
from learning.tracking.models import CourseCertificate
from papers.files import FONTS, qr_of
from papers.paper import in_words, printable
from papers.typesetting import drawn

_PAPER = Path(__file__).parent / "certificate.typ"


@dataclass(frozen=True)
class Certificate:
    """What stands on the paper, as plain text."""

    issuer: str
    contact: str
    logo: Sequence[int]  # the bytes of a picture
    name: str
    course: str
    finished: str
    about: str
    code: str
    address: str
    qr: str


def certificate_of(given: CourseCertificate, evidence: Evidence | None, address: str) -> Certificate:
    """Of a certificate joined ``for_paper()`` and what proves it today; ``address`` is where it is verified."""
    return Certificate(
        issuer=issuer_name(),
        contact=owner().contact,
        logo=list(logo_on_paper()),
        name=given.finished.person.full_name,
        course=given.course_title,
        finished=in_words(timezone.localdate(given.issued_at)),
        about=about(given, evidence),
        code=given.code,
        address=address,
        qr=qr_of(f"{address}{given.code}/"),
    )


def told_of(evidence: Evidence | None) -> Evidence | None:
    """What others may read: nothing while a person has still to look at how it was earned, for a doubt is nobody's
    business but theirs."""
    return None if evidence is None or is_doubted(evidence) else evidence


def about(given: CourseCertificate, evidence: Evidence | None) -> str:
    """How long the course takes, the result, and how that was checked."""
    parts = [f"Thời lượng khoảng {given.minutes} phút."] if given.minutes else []
    if told := told_of(evidence):
        if told.score is not None:
            parts.append(f"Kết quả trung bình các bài kiểm tra: {round(told.score * 100)} %.")
        with override("vi"):
            parts.append(provenance(told))
    return " ".join(parts)


def render(certificate: Certificate, kind: Literal["pdf", "png"] = "pdf") -> bytes:
    """``kind`` is "pdf", or "png" for looking at it."""
    told = printable(certificate)
    title = f"Chứng nhận hoàn thành khóa học: {told.name}, {told.course}"
    return drawn(_PAPER, FONTS, {"title": title, "certificate": json.dumps(asdict(told))}, kind)
