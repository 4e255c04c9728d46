"""A finished course as an Open Badges 3.0 credential."""

import base64
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from badges.credentials import Achieved
from badges.kinds import Kind
from badges.shape import Document
from learning.evidence.models import Evidence
from learning.tracking.certificates.paper import about
from learning.tracking.models import CourseCertificate
from papers.codes import canonical

_DRAWING = Path(__file__).parent / "badge.svg"


def achieved(given: CourseCertificate, evidence: Evidence | None) -> Achieved:
    """Of a certificate joined ``for_paper()``, and what proves it today."""
    return Achieved(
        key=given.pk,
        address=settings.BASE_URL + _verified_at(given.code),
        name=given.course_title,
        since=given.issued_at,
        identities=[(given.finished.person.full_name, "name"), (given.code, "identifier")],
        achievement=_achievement(given, evidence),
        status_lists=_status_lists(),
    )


def _achievement(given: CourseCertificate, evidence: Evidence | None) -> Document:
    course = given.finished.course
    day = f"{timezone.localdate(given.issued_at):%d/%m/%Y}"
    found = {"id": f"{settings.BASE_URL}{course.url}"} if course and course.live and course.url else {}
    return {
        "id": f"urn:uuid:{given.finished.course_key}",
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "name": f"Khóa học “{given.course_title}”",
        "description": f"Hoàn thành ngày {day}. {about(given, evidence)}".strip(),
        "criteria": found | {"narrative": "Hoàn thành mọi bước bắt buộc của khóa học."},
        "image": {"id": _drawing(), "type": "Image", "caption": "Dấu hiệu hoàn thành khóa học"},
        "inLanguage": "vi",
    }


def _page_of(code: str) -> str:
    code = canonical(code)
    return _verified_at(code) if CourseCertificate.objects.for_paper().filter(code=code).exists() else ""


def _verified_at(code: str) -> str:
    return reverse("course_certificates:verify", args=[code])


def _status_lists() -> str:
    address = reverse("course_certificates:status_list", args=[0])
    return settings.BASE_URL + address.removesuffix("0.json")


COURSES = Kind(CourseCertificate.objects, _page_of, _status_lists)


@cache
def _drawing() -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(_DRAWING.read_bytes()).decode("ascii")
