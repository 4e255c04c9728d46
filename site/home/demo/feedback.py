"""What the demo's learners say back: questions in every state, and which pages helped."""

from __future__ import annotations

import datetime

from home.demo.people import Population, person_of
from learning.feedback.actions import answer, ask, report, say
from learning.feedback.models import Enquiry
from learning.tracking.models import Enrolment
from membership.models import User
from training_materials.models import LessonPage, MaterialPage

_COURSE = "ky-nang-so-co-ban"
_PHONE, _FINDING, _PASSWORDS = "lam-chu-dien-thoai", "tim-va-kiem-tra-thong-tin", "mat-khau-va-tai-khoan"
_MATERIAL = "tao-minh-chung"
# What helped whom; a word where it did not.
_OPINIONS = (
    ("an", _PHONE, ""),
    ("an", _FINDING, "Tôi chưa thấy chỗ tìm bằng giọng nói trên máy của tôi."),
    ("hoa", _PHONE, ""),
    ("hoa", _PASSWORDS, "Phần xác thực hai bước hơi nhanh với người lớn tuổi."),
)


def say_back(population: Population, now: datetime.datetime) -> None:
    an, hoa, binh = (population.users[name] for name in ("an", "hoa", "binh"))
    days = datetime.timedelta(days=1)
    _ask(an, _PASSWORDS, "Đổi điện thoại mới thì các mật khẩu đã lưu có sang theo không?", now - 2 * days)
    private = _ask(an, _PHONE, "Mắt tôi kém, chữ to nhất rồi vẫn khó đọc. Còn cách nào nữa không?", now - 9 * days)
    told = "Bạn bật thêm chữ đậm và phóng to màn hình trong mục Trợ năng: chạm ba lần để phóng to chỗ cần đọc."
    _answer(private, told, binh, now - 8 * days)
    shown = _ask(hoa, _PHONE, "Máy báo hết chỗ nhớ, nên xóa gì trước?", now - 30 * days, agrees=True)
    told = "Xóa video cũ và ứng dụng lâu không mở trước, vì chiếm nhiều nhất. Ảnh muốn giữ thì chép sang máy tính."
    _answer(shown, told, binh, now - 29 * days, is_for_all=True)
    reported = _ask(
        hoa, _FINDING, "Trang bán thuốc này nói chữa khỏi bệnh tim, tin được không?", now - 6 * days, agrees=True
    )
    told = "Không nên tin: lời hứa chữa khỏi hẳn là dấu hiệu quen của quảng cáo lừa. Hãy hỏi trạm y tế."
    report(enquiry=_answer(reported, told, binh, now - 5 * days, is_for_all=True), by=an, at=now - days)
    for name, slug, word in _OPINIONS:
        user, page = population.users[name], LessonPage.objects.get(slug=slug)
        say(person=person_of(user), page=page, is_helpful=not word, word=word, by=user, at=now - 3 * days)
    material = MaterialPage.objects.get(slug=_MATERIAL)
    say(person=person_of(hoa), page=material, is_helpful=True, word="", by=hoa, at=now - 3 * days)


def _ask(user: User, slug: str, text: str, at: datetime.datetime, *, agrees: bool = False) -> Enquiry:
    enrolment = Enrolment.objects.get(person=person_of(user), course__slug=_COURSE)
    lesson = LessonPage.objects.get(slug=slug)
    page = (lesson.translation_key, lesson.title)
    return ask(enrolment=enrolment, page=page, text=text, can_be_shown=agrees, by=user, at=at)


def _answer(enquiry: Enquiry, text: str, by: User, at: datetime.datetime, *, is_for_all: bool = False) -> Enquiry:
    return answer(enquiry=enquiry, text=text, is_for_all=is_for_all, seen="", by=by, at=at)
