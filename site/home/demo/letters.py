"""What the demo's officers write to their people, and a teacher to the class: who has no e-mail address stands on the
list by word of mouth."""

import datetime
import uuid

from home.demo.people import Population, person_of
from learning.calls.models import Call
from membership.models import Person
from membership.registries.groups import Chosen
from notices.actions.devices import switch_on_device
from notices.actions.feeds import renew_feed
from notices.actions.writing import write_to

_SUBJECT = "Họp tổng kết phong trào khuyến học"
_TEXT = """Mời bà con đến nhà sinh hoạt cộng đồng lúc 19 giờ thứ Bảy tuần này.
Ai chưa tự đánh giá Công dân học tập sẽ được giúp tại chỗ."""
_TO_CLASS = "Ai còn vướng ở bài nào cứ hỏi"
_TEXT_TO_CLASS = """Lớp mình đã có nhiều người học xong. Ai còn vướng ở bài nào thì ghi câu hỏi ngay dưới bài ấy.
Tối thứ Năm tôi ở nhà sinh hoạt cộng đồng để cùng làm bài kiểm tra."""


def write_letters(population: Population, now: datetime.datetime) -> None:
    write_to(
        token=uuid.uuid5(uuid.NAMESPACE_URL, _SUBJECT),
        unit=population.communes[0].association,
        group=Chosen("unit:", "Tất cả người thuộc đơn vị"),
        subject=_SUBJECT,
        text=_TEXT,
        by=population.users["dung"],
        at=now,
    )
    taught = Call.objects.select_related("unit").get(teacher=population.users["binh"])
    write_to(
        token=uuid.uuid5(uuid.NAMESPACE_URL, _TO_CLASS),
        unit=taught.unit,
        group=Chosen(f"class:{taught.pk}", f"Lớp: {taught.title}"),
        subject=_TO_CLASS,
        text=_TEXT_TO_CLASS,
        by=population.users["binh"],
        at=now,
    )
    an = person_of(population.users["an"])
    renew_feed(person=an)
    _switch_on_telephone(an, now)


def _switch_on_telephone(person: Person, now: datetime.datetime) -> None:
    """One that no push service knows: it stands among their devices, and with a `PUSH_KEY` it is not of this site."""
    switch_on_device(
        person=person, name="Chrome, Android", endpoint="https://push.example/demo", p256dh="demo", auth="demo", at=now
    )
