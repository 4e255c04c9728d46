"""What the demo's learners wrote down for themselves: notes and marks at lessons, where one left off, goals."""

from __future__ import annotations

import datetime
import uuid
from typing import NamedTuple

from home.demo.people import Population, person_of
from learning.tracking.actions import Noted, set_goal, visit, write_note
from learning.tracking.models import Enrolment
from training_materials.blocks.bodies import parts
from training_materials.models import LessonPage


class _Written(NamedTuple):
    """``heading``: how many headings come before the part; None for the whole lesson."""

    username: str
    lesson: str
    heading: int | None
    passage: str
    text: str
    days_ago: int


_WRITTEN = (
    _Written("an", "lam-chu-dien-thoai", None, "", "Tối nay chỉnh cỡ chữ trên máy của mẹ, rồi viết ra giấy cho mẹ xem "
             "lại.", 2),
    _Written("an", "lam-chu-dien-thoai", 1, "Mạng Wi-Fi công cộng không có mật khẩu thì nên dùng để đọc tin, không nên "
             "dùng để chuyển tiền.", "Nhớ nói điều này ở buổi sinh hoạt tổ dân phố.", 2),
    _Written("an", "mat-khau-va-tai-khoan", 0, "bốn từ không liên quan gì đến nhau", "", 1),
    _Written("an", "cong-dan-hoc-tap-la-gi", 0, "", "", 33),
    _Written("an", "minh-chung-du-tin", 1, "", "Giấy mời và ảnh chụp buổi nói chuyện ở nhà văn hóa có dùng được không? "
             "Hỏi chị Chi.", 27),
    _Written("hoa", "tranh-bay-lua-dao", 1, "Cơ quan nhà nước không điều tra, không bắt người và không thu tiền qua "
             "điện thoại.", "Chép lại, dán cạnh máy điện thoại bàn của bà.", 18),
    _Written("chi", "cach-cham-diem", 1, "", "Mang phần này đi giải thích cho bà con khi họp chi hội.", 30),
)  # fmt: skip
_GOALS = (("an", 3), ("hoa", 2), ("chi", 0))
_LEFT = ("an", "dich-vu-cong-truc-tuyen", 1)


def write_down(population: Population, now: datetime.datetime) -> None:
    for written in _WRITTEN:
        _write(population, written, now - datetime.timedelta(days=written.days_ago))
    for username, days in _GOALS:
        set_goal(person=person_of(population.users[username]), days=days, at=now - datetime.timedelta(days=40))
    username, slug, heading = _LEFT
    lesson, enrolment = _place(population, username, slug)
    part = parts(lesson.body)[heading].anchor
    visit(enrolment=enrolment, step=lesson, at=now - datetime.timedelta(hours=3), part=part)


def _write(population: Population, written: _Written, at: datetime.datetime) -> None:
    lesson, enrolment = _place(population, written.username, written.lesson)
    part = None if written.heading is None else parts(lesson.body)[written.heading]
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"{written.username}/{written.lesson}/{written.heading}")
    noted = Noted(part, written.passage, written.text)
    write_note(enrolment=enrolment, step=lesson, key=key, noted=noted, at=at)


def _place(population: Population, username: str, slug: str) -> tuple[LessonPage, Enrolment]:
    lesson = LessonPage.objects.get(slug=slug)
    person = person_of(population.users[username])
    return lesson, Enrolment.objects.get(person=person, course_id=lesson.get_parent().pk)
