"""What the demo's officers write to their people: who has no e-mail address stands on the list by word of mouth."""

import datetime
import uuid

from home.demo.people import Population, person_of
from membership.registries.groups import Chosen
from notices.actions.feeds import renew_feed
from notices.actions.writing import write_to

_SUBJECT = "Họp tổng kết phong trào khuyến học"
_TEXT = """Mời bà con đến nhà sinh hoạt cộng đồng lúc 19 giờ thứ Bảy tuần này.
Ai chưa tự đánh giá Công dân học tập sẽ được giúp tại chỗ."""


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
    renew_feed(person=person_of(population.users["an"]))
