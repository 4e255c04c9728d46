"""What whoever answers for it cannot switch off: by no form, no press, and no row that stands from before."""

from dataclasses import replace

import pytest

from notices.actions import choose, send_urgent
from notices.models import Preference
from notices.registries.kinds import kinds
from notices.stopping import stop_address
from tests.notices.kinds import FRIDAY, letters
from work.models import Letter

pytestmark = pytest.mark.django_db
CHOICES = "/thong-bao/cach-bao/"
HOURS = {"quiet_from": "21:00", "quiet_until": "06:00"}


@pytest.fixture
def binding(urgent, monkeypatch):
    kind = replace(urgent, binding="luật đặt thời hạn")
    monkeypatch.setitem(kinds, kind.key, kind)
    return kind


def test_a_breach_that_is_to_be_told_is_binding():
    assert kinds["breach-untold"].binding


def test_it_stands_ticked_with_why_and_stays_on_whatever_is_sent(client, standing, binding, tell_an):
    client.force_login(standing.an)
    page = client.get(CHOICES).text
    (shown,) = [line for line in page.split("<input") if f'value="{binding.key}"' in line]
    assert "checked" in shown
    assert "disabled" in shown
    assert "Bài thử (luôn báo: luật đặt thời hạn)" in page
    assert client.post(CHOICES, HOURS).status_code == 302
    choose(person=standing.an.person, wanted={"email": {binding.key: False}}, is_subject_open=False, **HOURS)
    assert not Preference.objects.filter(kind=binding.key).exists()
    tell_an(binding)
    assert send_urgent(at=FRIDAY) == 1


def test_its_letter_has_no_link_that_stops_it_and_one_from_before_stops_nothing(
    client, standing, binding, tell_an, settings
):
    link = stop_address(standing.an.person_id, binding.key).removeprefix(settings.BASE_URL)
    page = client.post(link).text
    assert "luật đặt thời hạn" in page
    assert "Không dừng được" in page
    Preference.objects.create(person=standing.an.person, kind=binding.key, channel="email", is_wanted=False)
    tell_an(binding)
    assert send_urgent(at=FRIDAY) == 1
    (letter,) = letters()
    assert letter["List-Unsubscribe"] is None
    assert "/dung/" not in letter.get_content()


def test_by_a_channel_that_nobody_has_usually_it_is_theirs_to_choose(standing, binding, tell_an):
    choose(person=standing.an.person, wanted={"sms": {binding.key: True}}, is_subject_open=False, **HOURS)
    choose(person=standing.an.person, wanted={"sms": {binding.key: False}}, is_subject_open=False, **HOURS)
    tell_an(binding)
    send_urgent(at=FRIDAY)
    assert set(Letter.objects.values_list("channel", flat=True)) == {"mail"}
