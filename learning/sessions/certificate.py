"""What the certificate of attendance says."""

from django.conf import settings
from django.urls import reverse

from badges.kinds import Kind
from learning.evidence.certificates.kinds import Certificates, Words
from learning.sessions.models import AttendanceCertificate, Session
from papers.paper import in_words


def words_of(given: AttendanceCertificate) -> Words:
    """Of a certificate joined ``for_paper()``."""
    session = given.session
    days, about = days_of(session), about_session(session)
    return Words(
        did="đã dự buổi tập huấn",
        what=session.title,
        day=days,
        about=about,
        limits="Chứng nhận này chỉ xác nhận việc có mặt tại một buổi tập huấn.",
        badge={
            "id": f"urn:uuid:{session.pk}",
            "name": f"Buổi tập huấn “{session.title}”",
            "description": f"{days}. {about}",
            "criteria": {
                "id": settings.BASE_URL + reverse("sessions:page", args=[session.pk]),
                "narrative": "Có mặt tại buổi tập huấn: người tổ chức ghi nhận, hoặc tự điểm danh bằng mã tại chỗ.",
            },
        },
        sign="Dấu hiệu đã dự tập huấn",
    )


SESSIONS = Certificates(
    kind=Kind(AttendanceCertificate.objects, "sessions:verify", "sessions:status_list"),
    rows=AttendanceCertificate.objects,
    words=words_of,
    template="sessions/verify.html",
)


def days_of(session: Session) -> str:
    """Days with others between them one by one."""
    days = [begins.date() for begins, _ends in session.periods]
    first, last = days[0], session.periods[-1][1].date()
    if 1 < len(days) <= (last - first).days:
        return "các ngày " + ", ".join(f"{day:%d/%m/%Y}" for day in days)
    return in_words(first) if first == last else f"từ {in_words(first)} đến {in_words(last)}"


def about_session(session: Session) -> str:
    """Who held it, where, and how long it took."""
    hours = f"{round(session.hours, 1):g}".replace(".", ",")
    where = f" tại {session.place}" if session.place else ""
    return f"{session.unit.name} tổ chức{where}. Thời lượng: {hours} giờ."
