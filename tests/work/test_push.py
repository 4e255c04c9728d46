"""Web push through a service that is gone, full, slow, or not outside: read by a browser that is not ours."""

import datetime
import logging
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.work.push_service import KEY, Browser, signed_for
from work import actions, outside, web_push
from work.actions import PutLetter
from work.letters import sealed_note
from work.models import Channel, Letter
from work.signals import address_refused, letters_ended

pytestmark = pytest.mark.django_db
DEVICE = str(uuid4())
TOLD = {"title": "Bạn có thông báo mới", "path": "/thong-bao/"}


@pytest.fixture
def device(push_service):
    return Browser(push_service.origin)


@pytest.fixture
def news():
    told = []

    def hear(signal, **said):
        told.append(said.get("end") or ("gone", said["address"]))

    letters_ended.connect(hear)
    address_refused.connect(hear)
    yield told
    letters_ended.disconnect(hear)
    address_refused.disconnect(hear)


def later(minutes):
    return timezone.now() + datetime.timedelta(minutes=minutes)


def put(browser, address=DEVICE, **more):
    message = {**TOLD, **browser.subscription, **more}
    actions.put_letters(put=[PutLetter(message, address, str(uuid4()), channel="push")], at=timezone.now())


def test_the_browser_alone_reads_it_and_the_service_knows_who_sends(push_service, device, news):
    put(device)
    assert actions.deliver_letters(at=later(1)) == "1 letters sent, 0 wait"
    (message,) = push_service.taken
    told = device.read(message)
    assert (told["title"], told["path"], message.path) == ("Bạn có thông báo mới", "/thong-bao/", "/gui/may-1")
    assert message.headers["Host"] == push_service.origin.removeprefix("https://")
    key, said = signed_for(message, push_service.origin)
    assert key == web_push.public_half(KEY)
    assert 0 < said["exp"] - timezone.now().timestamp() < 24 * 3600
    assert said["sub"].startswith(("https://", "http://", "mailto:"))
    assert told["id"] == message.headers["Topic"]
    assert b"thong-bao" not in message.body
    assert news == ["sent"]
    with pytest.raises(Exception, match=r"decrypt|Tag"):
        Browser(push_service.origin).read(message)


def test_what_the_rule_itself_gives_as_an_example_comes_out():
    """RFC 8291, appendix A."""
    told = {
        "once": web_push.key_of("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
        "salt": web_push._read("DGv6ra1nlYgDCS1FRnbzlw"),
    }
    p256dh = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
    sealed = web_push.seal(b"When I grow up, I want to be a watermelon", p256dh, "BTBZMqHH6r4Tts7J_aSIgg", **told)
    assert web_push._written(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A"
        "_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_told_and_given_up(push_service, device, news, status):
    push_service.answers = [(status, {})]
    put(device)
    actions.deliver_letters(at=later(1))
    assert news == [("gone", DEVICE), "failed"]
    assert not Letter.objects.exists()


def test_a_service_that_has_enough_is_left_alone_and_another_goes_on(push_service, device, news):
    push_service.answers = [(429, {"Retry-After": "900"})]
    other = Browser(push_service.origin.replace("localhost", "127.0.0.1"), "may-2")  # no certificate for it: refused
    for one in (device, device, other):
        put(one)
    put(device, title="Nữa")
    actions.deliver_letters(at=later(1))
    assert (push_service.asked, Letter.objects.count()) == (1, 4)
    actions.deliver_letters(at=later(5))
    assert push_service.asked == 1
    cache.delete("work.push-rests:localhost")  # the quarter of an hour is over
    actions.deliver_letters(at=later(16))
    assert (len(push_service.taken), Letter.objects.count()) == (3, 1)


@pytest.mark.parametrize(("status", "is_of_us"), [(413, False), (400, False), (403, True), (401, True)])
def test_what_is_refused_waits_and_holds_no_other_up(push_service, device, status, is_of_us):
    push_service.answers = [(status, {})]
    put(device)
    actions.deliver_letters(at=later(1))
    assert Letter.objects.get().tries == 1
    assert Channel.objects.filter(name="push", problem__contains=str(status)).exists() == is_of_us
    put(device)
    actions.deliver_letters(at=later(2))
    assert len(push_service.taken) == 1


def test_a_redirect_leads_nowhere(push_service, device):
    push_service.answers = [(307, {"Location": f"{push_service.origin}/khac"})]
    put(device)
    actions.deliver_letters(at=later(1))
    assert (push_service.asked, push_service.taken) == (1, [])


def test_who_answers_drop_by_drop_is_cut_off(push_service, device, monkeypatch):
    monkeypatch.setattr(outside, "_IN_ALL", 0.3)
    push_service.drips = 30
    put(device)
    actions.deliver_letters(at=later(1))
    assert "không trả lời" in Channel.objects.get(name="push").problem


@pytest.mark.parametrize(
    "address",
    [
        "https://localhost/gui", "https://127.0.0.1/gui", "https://2130706433/gui", "https://10.0.0.8/gui",
        "https://169.254.169.254/latest", "https://192.168.1.1/", "https://100.64.0.1/", "https://224.0.0.1/",
        "https://0.0.0.0/",
    ],
)  # fmt: skip
def test_nothing_in_the_own_network_is_ever_asked(push_service, settings, address, caplog):
    settings.IS_THIS_MACHINE_OUTSIDE = False
    caplog.set_level(logging.CRITICAL, "work")
    place = outside.place_of(address)
    with pytest.raises(outside.NotOutsideError):
        outside.Outside().post(place, {}, b"")
    assert push_service.asked == 0


def test_where_a_name_leads_is_looked_at_when_it_is_asked(push_service, settings, monkeypatch):
    settings.IS_THIS_MACHINE_OUTSIDE = False
    found = [(0, 0, 0, "", (address, 443)) for address in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(outside.socket, "getaddrinfo", lambda *_asked, **_more: found)
    with pytest.raises(outside.NotOutsideError):
        outside.Outside().post(outside.place_of("https://day.example.vn/"), {}, b"")


@pytest.mark.parametrize("address", ["::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "ff02::1"])
def test_addresses_of_the_new_kind_lead_inside_too(settings, address):
    assert not outside.is_outside(outside.ip_address(address))
    assert outside.is_outside(outside.ip_address("2606:4700::1111"))


@pytest.mark.parametrize(
    "address",
    ["http://day.example.vn/", "https://day.example.vn:22/", "https://a@day.example.vn/", "https://[::1]/", "https:///",
     "https://day.example.vn:x/", "file:///etc/passwd", "https://dây.vn/", "https://a b/",
     "https://day.example.vn/ấ", "https://day.example.vn/a b", "https://day.example.vn/?\x7f"],
)  # fmt: skip
def test_what_is_no_address_of_a_service_is_not_taken(address):
    with pytest.raises(outside.NotOutsideError):
        outside.place_of(address)


@pytest.mark.parametrize(
    "keys", [("", ""), ("BCVx", "BTBZMqHH6r4Tts7J_aSIgg"), ("é", "é"), (web_push.public_half(KEY), "BTBZ")]
)
def test_keys_that_seal_nothing_are_known(keys):
    assert not web_push.can_seal(*keys)
    assert web_push.can_seal(web_push.public_half(KEY), "BTBZMqHH6r4Tts7J_aSIgg")


def test_a_new_key_is_one_and_another_each_time():
    first, second = web_push.new_key(), web_push.new_key()
    assert web_push.public_half(first) != web_push.public_half(second)
    with pytest.raises(ValueError, match="32"):
        web_push.key_of("ngan")


def test_what_was_put_in_before_the_rule_was_kept_is_not_sent(push_service, settings):
    settings.IS_THIS_MACHINE_OUTSIDE = False
    browser = Browser("https://localhost:9")
    Letter.objects.create(
        channel="push", address=DEVICE, content=sealed_note({**TOLD, **browser.subscription}),
        put_at=timezone.now(), next_try_at=timezone.now(),
    )  # fmt: skip
    actions.deliver_letters(at=later(1))
    assert Letter.objects.get().tries == 1
