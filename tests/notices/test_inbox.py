"""The bell and what lies behind it; it works by forms alone."""

import pytest

from notices.actions import mark_all_seen, send_urgent
from notices.models import Habits, Notice, Preference
from tests.notices.kinds import FRIDAY, letters, told_about
from tests.queries import assert_constant_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def an(client, standing):
    client.force_login(standing.an)
    return client


def test_the_bell_counts_what_is_unread(an, standing, urgent, tell_an):
    assert 'class="bell"' not in an.get("/tai-khoan/").text
    tell_an(urgent)
    tell_an(urgent, 2)
    assert '<span class="bell">2 ' in an.get("/tai-khoan/").text
    assert '<span class="bell">2 ' in an.get("/thong-bao/").text
    mark_all_seen(person=standing.an.person, until=FRIDAY, at=FRIDAY)
    assert 'class="bell"' not in an.get("/tai-khoan/").text


def test_visitors_have_no_bell_and_no_inbox(client, standing):
    assert "/thong-bao/" not in client.get("/xac-minh/").text
    assert client.get("/thong-bao/").status_code == 302


def test_what_is_opened_is_read(an, standing, urgent, tell_an):
    tell_an(urgent)
    notice = Notice.objects.get()
    page = an.get("/thong-bao/").text
    assert "Điều 1 xảy ra." in page
    assert f"/thong-bao/{notice.pk}/mo/" in page
    assert Notice.objects.open().exists()
    assert an.post(f"/thong-bao/{notice.pk}/mo/").url == "/ho-so/"
    assert not Notice.objects.open().exists()
    assert "Điều 1 xảy ra." not in an.get("/thong-bao/").text
    assert "Điều 1 xảy ra." in an.get("/thong-bao/?tat-ca=").text


def test_nobody_opens_or_marks_the_notices_of_others(an, standing, urgent):
    told_about(urgent, [standing.chi])
    notice = Notice.objects.get()
    assert "Điều 1" not in an.get("/thong-bao/?tat-ca=").text
    for what in ("mo", "da-doc"):
        assert an.post(f"/thong-bao/{notice.pk}/{what}/").status_code == 404
        assert an.get(f"/thong-bao/{notice.pk}/{what}/").status_code == 405
    an.post("/thong-bao/da-doc/")
    assert Notice.objects.open().exists()


def test_all_are_marked_that_the_page_showed(an, urgent, tell_an):
    tell_an(urgent)
    tell_an(urgent, 2)
    Notice.objects.filter(key="2").update(at="2026-11-21T00:00Z")
    an.post("/thong-bao/da-doc/", {"until": FRIDAY.isoformat()})
    assert Notice.objects.open().get().key == "2"
    an.post("/thong-bao/da-doc/", {"until": "hôm qua"})
    assert not Notice.objects.filter(at__lte="2026-11-30T00:00Z").open().exists()


def test_the_inbox_asks_no_more_for_more(an, urgent, tell_an):
    tell_an(urgent)
    assert_constant_queries(lambda: an.get("/thong-bao/"), lambda: [tell_an(urgent, n) for n in range(2, 9)])


def test_one_chooses_by_kind_and_hours(an, standing, urgent, weekly):
    page = an.get("/thong-bao/cach-bao/").text
    assert page.count("Bài thử") == 2
    said = {"at_once": [], "weekly": [weekly.key], "quiet_from": "20:30", "quiet_until": "07:00"}
    assert an.post("/thong-bao/cach-bao/", said).status_code == 302
    assert not Preference.objects.get(kind=urgent.key).is_wanted
    assert not Preference.objects.get(kind="digest").is_wanted
    assert not Preference.objects.filter(kind=weekly.key).exists()
    assert f"{Habits.objects.get():}".endswith("20:30–07:00")
    assert an.post("/thong-bao/cach-bao/", said | {"quiet_from": "khuya"}).status_code == 422
    assert f"{Habits.objects.get():}".endswith("20:30–07:00")


def test_one_press_stops_a_letter_without_signing_in(client, standing, urgent, tell_an, settings):
    tell_an(urgent)
    send_urgent(at=FRIDAY)
    (letter,) = letters()
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter["List-Unsubscribe"].strip(" <>").removeprefix(settings.BASE_URL)
    assert client.get(address).status_code == 200
    assert not Preference.objects.exists()  # whatever follows links by itself stops nothing
    strict = type(client)(enforce_csrf_checks=True)
    for _press in range(2):
        assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert list(Preference.objects.values_list("person", "kind", "is_wanted")) == [
        (standing.an.person_id, urgent.key, False)
    ]
    tell_an(urgent, 2)
    assert send_urgent(at=FRIDAY) == 0
    assert client.post(f"{address[:-2]}x/").status_code == 404
