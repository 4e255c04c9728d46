"""What the certificate of a course says: no more than the evidence does."""

from collections.abc import Mapping

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from badges.kinds import Kind
from badges.shape import Document
from learning.evidence.certificates.kinds import Certificates, Words
from learning.evidence.models import Evidence
from learning.evidence.pages.sentences import is_doubted, provenance
from learning.tracking.models import CourseCertificate
from papers.paper import in_words


def words_of(given: CourseCertificate) -> Words:
    """Of a certificate joined ``for_paper()``."""
    about, day = _about(given), timezone.localdate(given.issued_at)
    return Words(
        did="đã hoàn thành khóa học",
        what=given.course_title,
        day=in_words(day),
        about=about,
        limits="Chứng nhận này chỉ xác nhận việc hoàn thành một khóa học.",
        badge={
            "id": f"urn:uuid:{given.finished.course_key}",
            "name": f"Khóa học “{given.course_title}”",
            "description": f"Hoàn thành ngày {day:%d/%m/%Y}. {about}".strip(),
            "criteria": _page(given) | {"narrative": "Hoàn thành mọi bước bắt buộc của khóa học."},
        },
        sign="Dấu hiệu hoàn thành khóa học",
    )


def _checked(given: CourseCertificate) -> Mapping[str, str]:
    told = _told(given)
    return {"provenance": provenance(told) if told else ""}


COURSES = Certificates(
    kind=Kind(CourseCertificate.objects, "course_certificates:verify", "course_certificates:status_list"),
    rows=CourseCertificate.objects,
    words=words_of,
    template="tracking/verify_certificate.html",
    shown=_checked,
)


def _about(given: CourseCertificate) -> str:
    """How long the course takes, the result, and how that was checked."""
    parts = [f"Thời lượng khoảng {given.minutes} phút."] if given.minutes else []
    if told := _told(given):
        if told.score is not None:
            parts.append(f"Kết quả trung bình các bài kiểm tra: {round(told.score * 100)} %.")
        with override("vi"):
            parts.append(provenance(told))
    return " ".join(parts)


def _told(given: CourseCertificate) -> Evidence | None:
    """What proves it today, of which others may read nothing while a person has still to look at how it was earned: a
    doubt is nobody's business but theirs. Of a record that was merged, it is with the one that stays."""
    found: Evidence | None = Evidence.objects.for_page(given.holder.identity_id, given.finished.course_key)
    return None if found is None or is_doubted(found) else found


def _page(given: CourseCertificate) -> Document:
    course = given.finished.course
    return {"id": f"{settings.BASE_URL}{course.url}"} if course and course.live and course.url else {}
