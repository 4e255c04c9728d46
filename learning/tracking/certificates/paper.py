"""The words on the certificate of a course: Vietnamese whatever language the page is read in, and no more than the
evidence says."""

from django.utils import timezone
from django.utils.translation import override

from badges.credentials import issuer_name
from interface.owner import logo_on_paper, owner
from learning.evidence.models import Evidence
from learning.evidence.pages.sentences import is_doubted, provenance
from learning.tracking.models import CourseCertificate
from papers.attestation import Attestation
from papers.paper import in_words


def certificate_of(given: CourseCertificate, evidence: Evidence | None, address: str) -> Attestation:
    """Of a certificate joined ``for_paper()`` and what proves it today; ``address`` is where it is verified."""
    return Attestation(
        issuer=issuer_name(),
        contact=owner().contact,
        logo=list(logo_on_paper()),
        name=given.finished.person.full_name,
        did="đã hoàn thành khóa học",
        what=given.course_title,
        day=in_words(timezone.localdate(given.issued_at)),
        about=about(given, evidence),
        code=given.code,
        address=address,
        limits="Chứng nhận này chỉ xác nhận việc hoàn thành một khóa học.",
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
