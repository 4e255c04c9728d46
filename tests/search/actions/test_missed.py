import datetime

import pytest
from django.utils import timezone

from search.actions import count_missed, forget_missed
from search.models import MissedSearch

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def miss(words, times=1, days_ago=0):
    for _time in range(times):
        count_missed(words=words, at=NOW - datetime.timedelta(days=days_ago))


def test_days_are_summed_and_the_most_wanted_come_first():
    miss("trồng nấm", times=2)
    miss("trồng nấm", times=2, days_ago=3)
    miss("nuôi ong", times=3)
    assert [(row["words"], row["times"]) for row in MissedSearch.objects.often(TODAY)] == [
        ("trồng nấm", 4),
        ("nuôi ong", 3),
    ]
    assert MissedSearch.objects.count() == 3


def test_what_few_asked_for_is_never_shown():
    miss("chuyện riêng của tôi", times=2)
    assert not MissedSearch.objects.often(TODAY)


@pytest.mark.parametrize("words", ["0905 123 456", "an@example.vn", "tổ 048099123456", "x" * 61, ""])
def test_what_may_tell_whose_it_is_is_not_kept(words):
    assert not count_missed(words=words, at=NOW)
    assert not MissedSearch.objects.exists()


def test_old_and_rare_words_are_forgotten():
    miss("cũ lắm", times=9, days_ago=400)
    miss("hiếm", days_ago=40)
    miss("thường", times=3, days_ago=40)
    miss("mới")
    assert forget_missed(at=NOW) == 2
    assert set(MissedSearch.objects.values_list("words", flat=True)) == {"thường", "mới"}
