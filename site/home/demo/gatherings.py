"""The demo's sessions: one over, one that is on, one to come."""

import datetime
import uuid

from home.demo.people import Population, person_of
from learning.evidence.registries.training import offered
from learning.sessions.actions import How, hold_session, invite, move_session, note_attendance, repeat, reply
from learning.sessions.recurrence import Every
from membership.registries.groups import Chosen

_TRAINING = "Tập huấn: Hướng dẫn tự đánh giá Công dân học tập"
_TALK = "Nói chuyện chuyên đề: An toàn trên mạng cho người lớn tuổi"
_COMING = "Tập huấn: dùng dịch vụ công trực tuyến"


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
    _coming(population, now)


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
