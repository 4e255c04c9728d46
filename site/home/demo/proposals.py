"""The demo's proposals and difficulties: one that waits, some that are alike, one answered and read by everybody."""

import datetime
import uuid

from home.demo.people import Population
from membership.models import User
from movement.actions import Said, answer, join, propose, propose_for_unit, publish, send_on
from movement.models import Proposal

_WEEK = datetime.timedelta(days=7)


def propose_some(population: Population, now: datetime.datetime) -> None:
    users, chapter = population.users, population.communes[0].chapters[0]
    place = _by(
        "hoa", users["hoa"], "Xin thêm một điểm học buổi tối", "Ban ngày nhiều người bận mùa vụ.", now - 3 * _WEEK
    )
    alike = _by("an", users["an"], "Lớp kỹ năng số buổi tối", "Tôi đi làm cả ngày nên không học được.", now - 2 * _WEEK)
    join(proposal=alike, to=place, by=users["chi"], at=now - _WEEK)
    sent = propose_for_unit(
        token=_token("chi"), unit=chapter, kind=Proposal.Kind.DIFFICULTY, title="Thiếu máy tính cho lớp kỹ năng số",
        text="Cả chi hội có hai máy, mỗi buổi hơn hai mươi người học.", by=users["chi"], at=now - 4 * _WEEK,
    )  # fmt: skip
    passed = Said("Phường chưa có kinh phí, kính chuyển cấp tỉnh.", "15/CV-HKH", (now - 3 * _WEEK).date())
    send_on(proposal=sent, said=passed, by=users["dung"], at=now - 3 * _WEEK)
    said = Said("Hội Khuyến học thành phố sẽ cho mượn mười máy từ tháng tới.", "48/CV-HKH", (now - _WEEK).date())
    done = answer(proposal=sent, said=said, by=users["giang"], at=now - _WEEK)
    words = "Một chi hội thiếu máy tính cho lớp kỹ năng số."
    publish(proposal=done, words=words, by=users["giang"], at=now - _WEEK)


def _by(name: str, user: User, title: str, text: str, at: datetime.datetime) -> Proposal:
    assert user.person is not None
    kind = Proposal.Kind.PROPOSAL
    return propose(token=_token(name), person=user.person, kind=kind, title=title, text=text, by=user, at=at)


def _token(name: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"demo proposal {name}")
