"""By which channels notices go, to whom, and what becomes of addresses that reach nobody."""

import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from membership.models import Contact, ContactPurpose
from notices.actions import choose, confirm_again, send_digests, send_urgent
from notices.models import Delivery, Habits, Notice, Refusal
from notices.mouth import to_tell
from notices.notices import tell_of_refusal
from notices.registries.kinds import over
from tests.notices.kinds import FRIDAY, MONDAY, letters
from tests.queries import count_queries
from work.actions import note_bounce
from work.bounces import Bounce
from work.letters import opened_note
from work.models import Letter
from work.signals import address_refused

pytestmark = pytest.mark.django_db
PHONE = "+84905123456"
QUIET = {"quiet_from": "21:00", "quiet_until": "06:00", "is_subject_open": False}


@pytest.fixture
def gateways(settings):
    on = {"url": "https://cong.example.vn", "secret": "s", "a_minute": 0}
    settings.TEXT_CHANNELS = {"sms": on, "zalo": on}


@pytest.fixture
def phone(standing):
    return Contact.objects.create(
        person=standing.an.person, kind="phone", value=PHONE, purpose="sign_in", verified_at=timezone.now()
    )


def wish(user, kind, *channels):
    choose(person=user.person, wanted={channel: {kind.key: True} for channel in channels}, **QUIET)


def texts():
    rows = Letter.objects.exclude(channel="mail").order_by("channel")
    return [(row.channel, row.address, opened_note(bytes(row.content))["text"]) for row in rows]


def bounced(address, *, letter="a" * 26, is_final=True):
    note_bounce(bounce=Bounce(letter, address, str(Delivery.objects.get().pk), is_final), at=MONDAY)


def test_each_channel_tells_what_one_chose_and_nothing_of_what_it_is(standing, gateways, phone, urgent, tell_an):
    wish(standing.an, urgent, "sms", "zalo")
    tell_an(urgent)
    assert send_urgent(at=FRIDAY) == 3
    assert [(channel, address) for channel, address, _text in texts()] == [("sms", PHONE), ("zalo", PHONE)]
    assert all("Bạn có thông báo mới" in text and "Bài thử" not in text for _channel, _address, text in texts())
    assert {one.channel for one in Delivery.objects.all()} == {"email", "sms", "zalo"}


def test_who_lets_it_reads_the_kind_in_the_message(standing, gateways, phone, urgent, tell_an):
    wish(standing.an, urgent, "sms")
    Habits.objects.update(is_subject_open=True)
    tell_an(urgent)
    send_urgent(at=FRIDAY)
    assert "Bài thử" in texts()[0][2]


@pytest.mark.parametrize(
    "change",
    [
        {"verified_at": None},
        {"purpose": ContactPurpose.REPRESENTATIVE},
    ],
)
def test_a_phone_that_nobody_vouches_for_hears_nothing(standing, gateways, phone, urgent, tell_an, change):
    Contact.objects.filter(pk=phone.pk).update(**change)
    wish(standing.an, urgent, "sms")
    tell_an(urgent)
    send_urgent(at=FRIDAY)
    assert texts() == []


def test_a_phone_that_two_accounts_share_hears_nothing(standing, gateways, phone, urgent, tell_an):
    Contact.objects.create(person=standing.chi.person, kind="phone", value=PHONE)
    wish(standing.an, urgent, "sms")
    tell_an(urgent)
    send_urgent(at=FRIDAY)
    assert texts() == []


def test_nobody_hears_by_a_channel_that_is_off_or_that_they_did_not_choose(standing, phone, urgent, tell_an, gateways):
    tell_an(urgent)
    assert send_urgent(at=FRIDAY) == 1
    assert texts() == []


def test_a_channel_that_is_away_holds_no_other_up_and_tells_later_what_is_not_done(
    standing, gateways, phone, urgent, tell_an, done
):
    wish(standing.an, urgent, "sms")
    tell_an(urgent)
    tell_an(urgent, 2)
    cache.set("work.mail-is-away", True)
    assert send_urgent(at=FRIDAY) == 2
    assert send_urgent(at=FRIDAY) == 0
    assert (len(texts()), len(letters_by_mail())) == (2, 0)
    done.add(2)
    cache.delete("work.mail-is-away")
    assert send_urgent(at=FRIDAY) == 1
    assert send_urgent(at=FRIDAY) == 0
    assert (len(texts()), len(letters_by_mail())) == (2, 1)


def test_a_batch_costs_as_many_queries_by_all_channels(standing, gateways, phone, urgent):
    from tests.notices.kinds import told_about

    told_about(urgent, [standing.an])
    few = count_queries(lambda: send_urgent(at=FRIDAY))
    told_about(urgent, [standing.an, standing.chi, standing.ha, standing.lan], 2)
    assert count_queries(lambda: send_urgent(at=FRIDAY)) <= few


def test_a_mailbox_that_is_no_more_is_switched_off_and_its_owner_reads_so(standing, urgent, weekly, tell_an, client):
    tell_an(urgent)
    send_urgent(at=FRIDAY)
    bounced("AN@example.vn")
    bounced("AN@example.vn")
    assert Delivery.objects.get().state == "failed"
    assert (Refusal.objects.get().count, Notice.objects.filter(kind="address-refused").count()) == (1, 1)
    tell_an(urgent, 2)
    tell_an(weekly, 3)
    assert (send_urgent(at=MONDAY), send_digests(at=MONDAY)) == (0, 0)
    client.force_login(standing.an)
    assert "an@example.vn không đến nơi" in client.get("/thong-bao/cach-bao/").text


def test_a_full_mailbox_is_counted_once_a_letter_and_stays_on(standing, urgent, tell_an):
    tell_an(urgent)
    send_urgent(at=FRIDAY)
    for letter in "aab":
        bounced("an@example.vn", letter=letter * 26, is_final=False)
    assert (Refusal.objects.get().count, Refusal.objects.get().is_off) == (2, False)
    tell_an(urgent, 2)
    assert send_urgent(at=FRIDAY) == 1


def test_who_confirms_the_mailbox_is_written_to_again(standing, urgent, tell_an, client):
    refusal = off(standing)
    client.force_login(standing.chi)
    assert client.post(f"/thong-bao/dia-chi/{refusal.pk}/").status_code == 404
    client.force_login(standing.an)
    client.post(f"/thong-bao/dia-chi/{refusal.pk}/")
    client.logout()
    link = re.search(r"/thong-bao/dia-chi/\S+", letters()[-1].get_content())[0]
    assert client.get(link).status_code == 200
    assert Refusal.objects.get().is_off
    assert client.post(link).status_code == 200
    assert client.post(link[:-3] + "abc/").status_code == 404
    tell_an(urgent)
    assert send_urgent(at=FRIDAY) == 1


def test_who_gave_another_address_has_nothing_to_mend(standing, urgent, tell_an, client):
    refusal = off(standing)
    tell_of_refusal(refusal=refusal, at=timezone.now())
    assert [person.full_name for person in to_tell(standing.chi, timezone.now())] == ["Trần Thị An"]
    standing.an.email = "moi@example.vn"
    standing.an.save()
    assert not to_tell(standing.chi, timezone.now()).exists()
    assert over(Notice.objects.all())
    client.force_login(standing.an)
    assert "an@example.vn" not in client.get("/thong-bao/cach-bao/").text
    assert client.post(f"/thong-bao/dia-chi/{refusal.pk}/").status_code == 404


def test_a_phone_is_tried_again_at_once(standing, phone):
    refused = {"channel": "sms", "address": PHONE, "letter": "1", "is_final": True, "at": FRIDAY}
    address_refused.send(sender=Letter, **refused)
    assert not confirm_again(refusal=Refusal.objects.get(), at=FRIDAY)
    assert not Refusal.objects.exists()


def test_the_page_offers_by_which_way_one_is_reached(standing, gateways, phone, urgent, client):
    client.force_login(standing.an)
    assert "Bằng SMS" in client.get("/thong-bao/cach-bao/").text
    said = {"at_once": [urgent.key], "sms": [urgent.key], "quiet_from": "21:00", "quiet_until": "06:00"}
    assert client.post("/thong-bao/cach-bao/", said).status_code == 302
    assert standing.an.person.notice_preferences.get(channel="sms").is_wanted
    client.force_login(standing.chi)
    assert "Bằng SMS" not in client.get("/thong-bao/cach-bao/").text


def off(standing):
    return Refusal.objects.create(
        person=standing.an.person, channel="email", address="an@example.vn", is_off=True, letter="a", at=FRIDAY
    )


def letters_by_mail():
    return Letter.objects.filter(channel="mail")
