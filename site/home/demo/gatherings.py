"""The demo's sessions: one over, one that is on, one to come, one of two days."""

import datetime
import uuid

from django.core.files.base import ContentFile
from django.utils import timezone

from home.demo.media import drawn
from home.demo.people import Population, person_of
from learning.evidence.files import inspect
from learning.evidence.registries.training import offered
from learning.sessions.actions import (
    How,
    add_material,
    hold_session,
    invite,
    move_session,
    note_attendance,
    repeat,
    reply,
)
from learning.sessions.models import Session
from learning.sessions.recurrence import Every
from membership.models import User
from membership.registries.groups import Chosen

_TRAINING = "Tập huấn: Hướng dẫn tự đánh giá Công dân học tập"
_TALK = "Nói chuyện chuyên đề: An toàn trên mạng cho người lớn tuổi"
_COMING = "Tập huấn: dùng dịch vụ công trực tuyến"
_TWO_DAYS = "Lớp bồi dưỡng hai ngày: cán bộ khuyến học cơ sở"
_HANDOUT = """Tờ phát tay: tự đánh giá công dân học tập

Mỗi chỉ số tự chấm theo mức mình đạt, rồi nêu minh chứng. Chưa chắc thì hỏi chi hội trưởng.

Nộp bản tự đánh giá trước ngày chi hội họp xét."""
_MINUTES = """Biên bản buổi tập huấn (bản lưu)

Buổi tập huấn diễn ra đúng chương trình, người dự đã điểm danh.

Chủ trì và thư ký đã ký."""


def hold_sessions(population: Population, now: datetime.datetime) -> None:
    """One that is on right now, so that its code can be tried, and one that is over."""
    commune, dung = population.communes[0], population.users["dung"]
    training = [topic for topic, _name in offered()]
    for title, starts_at in ((_TRAINING, now - datetime.timedelta(days=16)), (_TALK, now)):
        session = hold_session(
            token=uuid.uuid5(uuid.NAMESPACE_URL, title),
            unit=commune.association,
            title=title,
            place="Nhà sinh hoạt cộng đồng",
            starts_at=starts_at,
            ends_at=starts_at + datetime.timedelta(hours=3),
            topics=["phong-trao-khuyen-hoc", *(training if title == _TRAINING else [])],
            by=dung,
            at=starts_at,
        )
        move_session(session=session, step="announce", by=dung, at=starts_at)
        if title == _TRAINING:
            people = [person_of(population.users["an"]), *commune.members[:12]]
            note_attendance(session=session, people=people, how=How.LIST, by=dung, at=session.ends_at)
            move_session(session=session, step="close", by=dung, at=session.ends_at)  # which gives them certificates
            _file(session, "after", "Tờ phát tay", _HANDOUT, dung)
            _file(session, "office", "Biên bản có chữ ký", _MINUTES, dung)
    _coming(population, now)
    _of_two_days(population, now)


def _coming(population: Population, now: datetime.datetime) -> None:
    """One to come, each month, with one place: who answers second waits. Officers are invited by name."""
    dung, starts_at = population.users["dung"], (now + datetime.timedelta(days=9)).replace(minute=0, second=0)
    session = hold_session(
        token=uuid.uuid5(uuid.NAMESPACE_URL, _COMING),
        unit=population.communes[0].association,
        title=_COMING,
        place="Nhà sinh hoạt cộng đồng",
        way="Vào cổng sau, phòng họp ở tầng hai; gửi xe trong sân.",
        agenda="Đón tiếp\nThực hành trên điện thoại\nHỏi đáp",
        trainers="Tổ công nghệ số cộng đồng",
        map_link="https://www.openstreetmap.org/?mlat=16.0678&mlon=108.2208#map=17/16.0678/108.2208",
        cost=1_500_000,
        capacity=1,
        is_public=True,
        starts_at=starts_at,
        ends_at=starts_at + datetime.timedelta(hours=3),
        topics=["ky-nang-so"],
        by=dung,
        at=now,
    )
    invite(session=session, group=Chosen("role:officers", "Theo vai trò: Cán bộ"), by=dung, at=now)
    move_session(session=session, step="announce", by=dung, at=now)
    repeat(session=session, every=Every.MONTH, until=starts_at.date() + datetime.timedelta(days=95), by=dung, at=now)
    for name in ("chi", "an"):
        reply(session=session, is_coming=True, by=population.users[name], at=now)
    add_material(
        session=session, stage="before", title="Cổng dịch vụ công quốc gia", link="https://dichvucong.gov.vn/", by=dung,
        at=now,
    )  # fmt: skip


def _of_two_days(population: Population, now: datetime.datetime) -> None:
    """For the officers of the commune: a morning, and the afternoon of the day after."""
    dung, commune = population.users["dung"], population.communes[0]
    starts_at = (timezone.localtime(now) + datetime.timedelta(days=20)).replace(hour=8, minute=0, second=0)
    session = hold_session(
        token=uuid.uuid5(uuid.NAMESPACE_URL, _TWO_DAYS),
        unit=commune.association,
        title=_TWO_DAYS,
        place="Nhà sinh hoạt cộng đồng",
        starts_at=starts_at,
        ends_at=starts_at + datetime.timedelta(days=1, hours=9),
        days=[
            (starts_at + datetime.timedelta(hours=begins), starts_at + datetime.timedelta(hours=ends))
            for begins, ends in ((0, 3), (29, 33))
        ],
        topics=["phong-trao-khuyen-hoc"],
        by=dung,
        at=now,
    )
    move_session(session=session, step="announce", by=dung, at=now)


def _file(session: Session, stage: str, title: str, text: str, by: User) -> None:
    content = ContentFile(drawn(text, title), name="tep.pdf")
    upload = inspect(content, limit=10 * 1024**2)
    add_material(session=session, stage=stage, title=title, upload=upload, by=by, at=session.ends_at)
