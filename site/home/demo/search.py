"""What editors put first, and what people looked for in vain."""

import datetime

from wagtail.models import Page

from membership.models import User
from search.actions import count_missed, save_pick
from search.models import Pick

_PICKS = (
    ("mười chỉ số\n10 chỉ số\ntiêu chí\ntiêu chí công dân học tập", "muoi-chi-so-de-hieu",
     "Nên đọc trước: mười chỉ số kể bằng chuyện thường ngày."),
    ("minh chứng\ntạo minh chứng\nbằng chứng", "tao-minh-chung", "Làm từng bước, kèm một minh chứng mẫu."),
    ("lừa đảo\nbị lừa tiền\nan toàn mạng", "an-toan-tren-mang-nguoi-lon-tuoi",
     "Lỡ chuyển tiền hay lộ mật khẩu? Xem ngay phần “Lỡ rồi thì làm gì?”."),
)  # fmt: skip
_MISSED = (("trồng nấm rơm", 7), ("học lái xe", 5), ("mẫu đơn xin học bổng", 4), ("lớp dạy nghề may", 3))


def choose_picks(*, by: User, at: datetime.datetime) -> None:
    for queries, slug, reason in _PICKS:
        save_pick(pick=Pick(queries=queries, page=Page.objects.get(slug=slug), reason=reason), by=by, at=at)


def search_in_vain(*, at: datetime.datetime) -> None:
    for words, times in _MISSED:
        for day in range(times):
            count_missed(words=words, at=at - datetime.timedelta(days=day))
