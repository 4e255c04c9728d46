"""Short messages through a gateway that is away, slow, repeats itself, or has enough."""

import datetime
from unittest.mock import patch
from uuid import uuid4

import pytest
import urllib3
from django.utils import timezone

from tests.work.gateway import SECRET, Gateway
from work import actions
from work.actions import PutLetter
from work.carriers import texts
from work.carriers.waiting import seconds_of
from work.models import Channel, Letter
from work.signals import address_refused, letters_ended

pytestmark = pytest.mark.django_db
PHONE, REFERENCE = "+84905123456", str(uuid4())
NOBODY = (422, {}, {"error": "nobody"})


@pytest.fixture
def gateway(settings):
    gateway = Gateway()
    settings.TEXT_CHANNELS = {
        "sms": {"url": gateway.url, "secret": SECRET, "a_minute": 0},
        "zalo": {"url": "", "secret": "", "a_minute": 0},
    }
    yield gateway
    gateway.stop()


@pytest.fixture
def ends():
    told = []

    def hear(references, end, **more):
        told.append((references, end))

    letters_ended.connect(hear)
    yield told
    letters_ended.disconnect(hear)


def later(minutes):
    return timezone.now() + datetime.timedelta(minutes=minutes)


def put(text="Bạn có thông báo mới", **more):
    letter = PutLetter({"text": text}, PHONE, channel="sms", reference=REFERENCE, **more)
    actions.put_letters(put=[letter], at=timezone.now())


def test_a_message_goes_out_signed_and_once(gateway, ends):
    put()
    actions.deliver_letters(at=later(1))
    (told,) = gateway.taken.values()
    assert (told["to"], told["text"]) == (PHONE, "Bạn có thông báo mới")
    assert ends == [([REFERENCE], "sent")]
    assert Channel.objects.get(name="sms").worked_at


def test_what_is_off_sends_nothing_and_holds_nothing_up(gateway, settings):
    put()
    settings.TEXT_CHANNELS["sms"]["url"] = ""
    assert actions.deliver_letters(at=later(1)) == "0 letters sent, 1 wait"
    assert not gateway.seen


@pytest.mark.parametrize("answer", [(500, {}, {}), (401, {}, {}), (404, {}, {}), (302, {"Location": "/"}, {})])
def test_while_it_fails_the_message_waits_and_the_setter_up_reads_why(gateway, answer):
    gateway.answers = [answer]
    put()
    actions.deliver_letters(at=later(1))
    assert Letter.objects.get().handed_over_at is None
    assert str(answer[0]) in Channel.objects.get(name="sms").problem
    actions.deliver_letters(at=later(5))
    assert len(gateway.taken) == 1


def test_who_answers_too_late_is_asked_again_under_the_same_key_and_sends_one(gateway, monkeypatch):
    monkeypatch.setattr(texts, "_SECONDS", urllib3.Timeout(0.2))
    gateway.delay = 0.6
    put()
    assert actions.deliver_letters(at=later(1)) == "0 letters sent, 1 wait"
    gateway.delay = 0
    gateway.answers = [(409, {}, {})]  # it had taken the first
    assert actions.deliver_letters(at=later(5)) == "1 letters sent, 0 wait"
    first, second = gateway.seen
    assert first["id"] == second["id"]


def test_after_a_kill_it_is_asked_again_and_sends_one(gateway):
    put()
    with patch("work.actions.handing_over._end", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        actions.deliver_letters(at=later(1))
    actions.deliver_letters(at=later(5))
    assert (len(gateway.seen), len(gateway.taken)) == (2, 1)


def test_who_has_enough_is_left_alone_as_long_as_they_say(gateway):
    gateway.answers = [(429, {"Retry-After": "900"}, {})]
    put()
    put()
    actions.deliver_letters(at=later(1))
    actions.deliver_letters(at=later(5))
    assert len(gateway.seen) == 1
    actions.letters.cache.delete("work.sms-rests")
    assert actions.deliver_letters(at=later(16)) == "2 letters sent, 0 wait"


def test_no_more_a_minute_than_it_takes(gateway, settings):
    settings.TEXT_CHANNELS["sms"]["a_minute"] = 2
    for _number in range(3):
        put()
    assert actions.deliver_letters(at=later(1)) == "2 letters sent, 1 wait"


def test_a_number_of_nobody_is_told_and_holds_no_other_up(gateway, ends):
    refused = []

    def hear(address, is_final, **more):
        refused.append((address, is_final))

    address_refused.connect(hear)
    gateway.answers = [NOBODY, (400, {}, {"error": "too long"})]
    for _number in range(3):
        put()
    actions.deliver_letters(at=later(1))
    address_refused.disconnect(hear)
    assert refused == [(PHONE, True)]
    assert [end for _references, end in ends] == ["failed", "sent"]
    assert Letter.objects.get().tries == 1  # the one that was too long


def test_what_is_worth_nothing_any_more_is_not_sent(gateway, ends):
    put(good_for=datetime.timedelta(minutes=10))
    actions.deliver_letters(at=later(11))
    assert not gateway.seen
    assert ends == [([REFERENCE], "failed")]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("5", 5), ("99999", 3600), ("-3", 0), ("soon", 0), ("9" * 5000, 0), ("", 0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0)],
)
def test_rest_is_asked_for_in_seconds_or_by_a_date(said, seconds):
    assert seconds_of(said) == seconds
