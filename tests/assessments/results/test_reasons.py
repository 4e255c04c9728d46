import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import Attempt
from assessments.results.reasons import Known, Reason, Tries, reasons_for
from learning.calls.models import Call, Called
from tests.assessments.results.test_attempts import _page

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
HERE = NOW - datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("known", "reasons"),
    [
        (Known(None), [Reason.NOT_BEGUN]),
        (Known(HERE), []),
        (Known(NOW - datetime.timedelta(days=31)), [Reason.AWAY]),
        (Known(HERE, TODAY), []),
        (Known(None, TODAY - datetime.timedelta(days=1)), [Reason.LATE, Reason.NOT_BEGUN]),
        (Known(HERE, tries=[Tries("A", 2, 0, 0)]), [Reason.FAILED]),
        (Known(HERE, tries=[Tries("A", 2, 0, 2)]), [Reason.NO_ATTEMPTS]),
        (Known(HERE, tries=[Tries("A", 1, 0, 0), Tries("B", 0, 1, 3)]), [Reason.WAITS, Reason.FAILED]),
    ],
)
def test_each_reason_is_named_and_what_to_do_about_first_comes_first(known, reasons):
    assert [reason for reason, _words in reasons_for(known, NOW)] == reasons


def test_the_page_says_why_and_leads_to_where_one_gives_longer(binh, classroom):
    for number in (1, 2):
        attempt = classroom.begin()
        Attempt.objects.filter(pk=attempt.pk).update(
            finished_at=NOW, is_settled=True, points=1, is_passed=False, number=number + 5, quiz_title=f"Tên {number}"
        )
    call = Call.objects.create(
        unit=classroom.standing.association, kind="course", key=classroom.course.translation_key, title="Khóa",
        group="unit:", group_name="Cả hội", first_day=TODAY - datetime.timedelta(days=9), made_at=NOW,
        last_day=TODAY - datetime.timedelta(days=2), state=Call.State.CALLED, made_by=classroom.standing.dung,
    )  # fmt: skip
    Called.objects.create(call=call, person=classroom.an.person)
    page = _page(binh, "stuck", classroom.course.pk)
    assert "chưa đạt “Bài kiểm tra” 2 lần" in page
    assert f"{call.last_day:%d/%m/%Y}" in page
    assert reverse("calls:call", args=[call.pk]) in page
