"""A finished course as an Open Badges 3.0 credential."""

from django.conf import settings
from django.utils import timezone

from badges.credentials import LEARNED, Achieved, image_of
from badges.kinds import Kind
from badges.shape import Document
from learning.evidence.models import Evidence
from learning.tracking.certificates.paper import about
from learning.tracking.models import CourseCertificate

COURSES = Kind(CourseCertificate.objects, "course_certificates:verify", "course_certificates:status_list")


def achieved(given: CourseCertificate, evidence: Evidence | None) -> Achieved:
    """Of a certificate joined ``for_paper()``, and what proves it today."""
    return Achieved(
        kind=COURSES,
        key=given.pk,
        code=given.code,
        name=given.course_title,
        since=given.issued_at,
        identities=[(given.finished.person.full_name, "name"), (given.code, "identifier")],
        achievement=_achievement(given, evidence),
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
        "image": image_of(LEARNED, "Dấu hiệu hoàn thành khóa học"),
        "inLanguage": "vi",
    }
