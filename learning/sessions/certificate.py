"""Attendance as a paper and as an Open Badges 3.0 credential: in Vietnamese whatever language the page is read in."""

from django.conf import settings
from django.urls import reverse

from badges.credentials import LEARNED, Achieved, image_of, issuer_name
from badges.kinds import Kind
from interface.owner import logo_on_paper, owner
from learning.sessions.models import AttendanceCertificate, Session
from papers.attestation import Attestation
from papers.paper import in_words

SESSIONS = Kind(AttendanceCertificate.objects, "sessions:verify", "sessions:status_list")


def certificate_of(given: AttendanceCertificate, address: str) -> Attestation:
    """Of a certificate joined ``for_paper()``; ``address`` is where it is verified."""
    assert given.person is not None
    return Attestation(
        issuer=issuer_name(),
        contact=owner().contact,
        logo=list(logo_on_paper()),
        name=given.person.full_name,
        did="đã dự buổi tập huấn",
        what=given.session.title,
        day=days_of(given.session),
        about=about(given.session),
        code=given.code,
        address=address,
        limits="Chứng nhận này chỉ xác nhận việc có mặt tại một buổi tập huấn.",
    )


def achieved(given: AttendanceCertificate) -> Achieved:
    """Of a certificate joined ``for_paper()``."""
    assert given.person is not None
    session = given.session
    return Achieved(
        kind=SESSIONS,
        key=given.pk,
        code=given.code,
        name=session.title,
        since=given.issued_at,
        identities=[(given.person.full_name, "name"), (given.code, "identifier")],
        achievement={
            "id": f"urn:uuid:{session.pk}",
            "type": ["Achievement"],
            "achievementType": "CertificateOfCompletion",
            "name": f"Buổi tập huấn “{session.title}”",
            "description": f"{days_of(session)}. {about(session)}",
            "criteria": {
                "id": settings.BASE_URL + reverse("sessions:page", args=[session.pk]),
                "narrative": "Có mặt tại buổi tập huấn: người tổ chức ghi nhận, hoặc tự điểm danh bằng mã tại chỗ.",
            },
            "image": image_of(LEARNED, "Dấu hiệu đã dự tập huấn"),
            "inLanguage": "vi",
        },
    )


def days_of(session: Session) -> str:
    """Days with others between them one by one."""
    days = [begins.date() for begins, _ends in session.periods]
    first, last = days[0], session.periods[-1][1].date()
    if 1 < len(days) <= (last - first).days:
        return "các ngày " + ", ".join(f"{day:%d/%m/%Y}" for day in days)
    return in_words(first) if first == last else f"từ {in_words(first)} đến {in_words(last)}"


def about(session: Session) -> str:
    """Who held it, where, and how long it took."""
    hours = f"{round(session.hours, 1):g}".replace(".", ",")
    where = f" tại {session.place}" if session.place else ""
    return f"{session.unit.name} tổ chức{where}. Thời lượng: {hours} giờ."
