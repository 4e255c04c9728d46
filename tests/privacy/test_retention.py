"""What has been kept long enough: seen first, cleared by a press or at night, and nothing beside it."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from membership.actions import log_file_access
from membership.models import FileAccess
from privacy.actions import clear, clear_confirmed, confirm, file_request, grant, keep_days, refuse, unconfirm
from privacy.models import Clock, Request, Retention
from tests.queries import assert_constant_queries
from work.processing import clearings
from work.recurring import declared

PAGE = "/du-lieu-ca-nhan/luu-giu/"
PRESS = f"{PAGE}thuc-hien/"
OPENINGS = "old_openings"
FIVE_YEARS = clearings[OPENINGS].days


@pytest.fixture
def opened(standing):
    """Opened so many days ago, by the commune's officer."""

    def opened(days, person=None):
        at = timezone.now() - datetime.timedelta(days=days)
        log_file_access(user=standing.dung, person=person or standing.an.person, what="dossier", at=at)

    return opened


def press(client, act, days=FIVE_YEARS, name=OPENINGS):
    return client.post(PRESS, {"name": name, "days": days, "act": act}, follow=True)


@pytest.mark.parametrize(
    ("who", "status"), [("an", 404), ("binh", 404), ("chi", 404), ("dung", 404), ("minh", 404), ("giang", 200)]
)
def test_who_protects_the_data_sees_and_presses_and_nobody_else(standing, client, opened, who, status):
    opened(FIVE_YEARS + 1)
    client.force_login(getattr(standing, who))
    assert client.get(PAGE).status_code == status
    assert press(client, "clear").status_code == status
    assert FileAccess.objects.count() == (0 if status == 200 else 1)


def test_what_is_due_is_seen_by_count_and_code_and_reading_clears_nothing(standing, client, opened):
    opened(FIVE_YEARS + 1)
    opened(FIVE_YEARS - 1, standing.ha.person)
    client.force_login(standing.giang)
    said = " ".join(client.get(PAGE).content.decode().split())
    assert "1 mục đã quá 1825 ngày" in said
    assert standing.an.person.code in said
    assert standing.ha.person.code not in said
    assert standing.an.person.full_name not in said
    assert FileAccess.objects.count() == 2
    assert not Retention.objects.exists()


def test_a_press_clears_what_is_due_once_and_says_so_in_the_audit_log(standing, opened):
    opened(FIVE_YEARS + 1)
    opened(1)
    for expected in (1, 0):
        assert clear(clearing=OPENINGS, days=FIVE_YEARS, by=standing.giang, at=timezone.now()) == expected
    assert FileAccess.objects.count() == 1
    entry = ModelLogEntry.objects.get(action="privacy.clear")
    assert (entry.user, entry.data) == (standing.giang, {"days": FIVE_YEARS, "count": 1})


def test_at_night_only_what_was_confirmed_is_cleared(standing, opened):
    opened(FIVE_YEARS + 1)
    now = timezone.now()
    assert clear_confirmed(at=now) == 0
    confirm(clearing=OPENINGS, days=FIVE_YEARS, by=standing.giang, at=now)
    assert [clear_confirmed(at=now), clear_confirmed(at=now)] == [1, 0]
    assert ModelLogEntry.objects.get(action="privacy.clear").user is None
    opened(FIVE_YEARS + 1)
    unconfirm(clearing=OPENINGS, days=FIVE_YEARS, by=standing.giang, at=now)
    assert clear_confirmed(at=now) == 0


def test_other_days_take_the_confirmation_back(standing, client, opened):
    opened(400)
    confirm(clearing=OPENINGS, days=FIVE_YEARS, by=standing.giang, at=timezone.now())
    client.force_login(standing.giang)
    days = {name: each.days for name, each in clearings.items()}
    assert client.post(PAGE, {**days, OPENINGS: 10}).status_code == 422
    assert client.post(PAGE, {**days, OPENINGS: 365}).status_code == 302
    assert clear_confirmed(at=timezone.now()) == 0
    press(client, "clear")  # of a page that still showed five years
    assert FileAccess.objects.count() == 1
    press(client, "clear", days=365)
    assert not FileAccess.objects.exists()


def test_the_inventory_says_the_days_that_are_set(standing, client):
    client.force_login(standing.giang)
    for days in (FIVE_YEARS, 400):
        keep_days(days={OPENINGS: days}, by=standing.giang, at=timezone.now())
        assert f"{days} ngày." in client.get("/du-lieu-ca-nhan/danh-muc/").content.decode()


def test_what_is_refused_changes_nothing(standing, client):
    with pytest.raises(PermissionDenied):
        keep_days(days={OPENINGS: 365}, by=standing.dung, at=timezone.now())
    with pytest.raises(ValidationError):
        keep_days(days={OPENINGS: 1}, by=standing.giang, at=timezone.now())
    client.force_login(standing.giang)
    assert press(client, "clear", name="everything").status_code == 404
    assert press(client, "burn").status_code == 404
    assert not Retention.objects.exists()


def test_of_requests_the_words_go_and_what_still_holds_keeps_them(standing):
    now = timezone.now()
    asked = {
        kind: file_request(person=standing.an.person, kind=kind, words="Vì sao", by=standing.an, at=now)
        for kind in (Clock.CORRECT, Clock.OBJECT, Clock.SEE)
    }
    refuse(request=asked[Clock.CORRECT], answer="Đã đúng", by=standing.giang, at=now)
    grant(request=asked[Clock.OBJECT], answer="Đồng ý", by=standing.giang, at=now)
    long_ago = now - datetime.timedelta(days=1900)
    Request.objects.exclude(answered_at=None).update(answered_at=long_ago)
    assert clear(clearing="words_of_requests", days=1825, by=standing.giang, at=timezone.now()) == 1
    assert dict(Request.objects.values_list("kind", "words")) == {"correct": "", "object": "Vì sao", "see": "Vì sao"}
    assert Request.objects.get(kind=Clock.CORRECT).state == Request.State.REFUSED


def test_the_page_asks_no_more_with_more_that_is_due(standing, client, opened):
    client.force_login(standing.giang)
    opened(FIVE_YEARS + 1)
    assert_constant_queries(lambda: client.get(PAGE), lambda: [opened(FIVE_YEARS + days) for days in range(2, 9)])


def test_it_recurs_at_night(db):
    assert declared["clear_what_is_due"].act(timezone.now()) == "0 rows cleared"
