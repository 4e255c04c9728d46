"""Devices on which people are told: whose they are, when they hear nothing any more, and what others may read."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from notices.actions import erase_notices, forget_devices, send_urgent, switch_on_device
from notices.devices import name_of
from notices.export import notices_part
from notices.models import Delivery, Device, Habits, Notice
from tests.factories.people import add_user
from tests.notices.kinds import FRIDAY, told_about
from tests.queries import count_queries
from tests.work.push_service import Browser, push_on
from work.actions import deliver_letters
from work.models import Letter

pytestmark = pytest.mark.django_db
CHOICES, SWITCH_ON = "/thong-bao/cach-bao/", "/thong-bao/thiet-bi/"
ANDROID = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36"
SOON = datetime.timedelta(minutes=1)


@pytest.fixture
def service(settings, monkeypatch, tmp_path):
    with push_on(settings, monkeypatch, tmp_path) as service:
        yield service


@pytest.fixture
def phone(service):
    return Browser(service.origin, "dien-thoai")


def switch_on(client, user, browser, **more):
    client.force_login(user)
    return client.post(SWITCH_ON, browser.subscription | more, headers={"User-Agent": ANDROID}, follow=True)


def deliver():
    """What was sent on that Friday: letters of another day would be too old by now."""
    return deliver_letters(at=FRIDAY + SOON)


def remembered(user, browser, name="Chrome, Android"):
    return switch_on_device(person=user.person, name=name, **browser.subscription, at=timezone.now())


def test_who_switches_a_device_on_reads_there_that_there_is_news_and_not_of_what(
    client, standing, service, phone, urgent, tell_an
):
    page = switch_on(client, standing.an, phone).text
    assert "Chrome, Android" in page
    assert "data-device=" not in page  # it is on
    tell_an(urgent)
    assert send_urgent(at=FRIDAY) == 2
    deliver()
    told = phone.read(service.taken[0])
    assert (told["title"], told["path"]) == ("Bạn có thông báo mới", reverse("notices:inbox"))
    assert Delivery.objects.get(channel="push").state == "sent"


def test_who_lets_it_reads_the_kind_on_the_screen(client, standing, service, phone, urgent, tell_an):
    switch_on(client, standing.an, phone)
    Habits.objects.create(person=standing.an.person, is_subject_open=True)
    tell_an(urgent)
    send_urgent(at=FRIDAY)
    deliver()
    assert phone.read(service.taken[0])["title"] == "Bài thử"


def test_a_kind_is_switched_off_for_devices_alone(client, standing, phone, urgent, tell_an):
    switch_on(client, standing.an, phone)
    said = {"at_once": [urgent.key], "push": [], "quiet_from": "21:00", "quiet_until": "06:00"}
    assert client.post(CHOICES, said).status_code == 302
    tell_an(urgent)
    assert send_urgent(at=FRIDAY) == 1
    assert Letter.objects.get().channel == "mail"


def test_two_devices_are_told_once_each_and_one_that_is_gone_does_not_undo_it(
    client, standing, service, phone, urgent, tell_an
):
    computer = Browser(service.origin, "may-tinh")
    for browser in (phone, computer):
        switch_on(client, standing.an, browser)
    service.answers = [(201, {}), (410, {})]
    tell_an(urgent)
    send_urgent(at=FRIDAY)
    deliver()
    assert Delivery.objects.get(channel="push").state == "sent"
    (gone,) = Device.objects.exclude(ended_at=None)
    assert Notice.objects.get(kind="device-ended").words.startswith("Chrome, Android")
    page = client.get(CHOICES).text
    assert "Không còn nhận gì" in page
    tell_an(urgent, 2)
    send_urgent(at=FRIDAY)
    assert [row.address for row in Letter.objects.filter(channel="push")] == [
        str(pk) for pk in Device.objects.exclude(pk=gone.pk).values_list("pk", flat=True)
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "http://day.example.vn/1"},
        {"endpoint": "https://an@day.example.vn/1"},
        {"endpoint": "file:///etc/passwd"},
        {"endpoint": "https://day.example.vn/" + "a" * 1000},
        {"p256dh": "BCVx"},
        {"auth": ""},
    ],
)
def test_what_no_browser_gives_is_not_taken(client, standing, phone, wrong):
    page = switch_on(client, standing.an, phone, **wrong).text
    assert "Chưa bật được" in page
    assert not Device.objects.exists()


def test_a_private_address_is_taken_from_nobody_where_it_is_asked(client, standing, service, phone, settings, urgent,
                                                                tell_an):  # fmt: skip
    settings.IS_THIS_MACHINE_OUTSIDE = False
    switch_on(client, standing.an, phone, endpoint="https://127.0.0.1/gui")
    tell_an(urgent)
    send_urgent(at=FRIDAY)
    deliver()
    assert service.asked == 0
    assert Letter.objects.get(channel="push").tries == 1


def test_a_browser_tells_one_person(client, standing, phone, urgent, tell_an):
    switch_on(client, standing.an, phone)
    tell_an(urgent)
    send_urgent(at=FRIDAY)
    switch_on(client, standing.chi, phone)
    assert [device.person for device in Device.objects.all()] == [standing.chi.person]
    assert not Letter.objects.filter(channel="push").exists()  # what waited for An


def test_whoever_signs_out_or_somebody_else_who_signs_in_ends_it(client, standing, phone, service):
    switch_on(client, standing.an, phone)
    elsewhere = remembered(standing.an, Browser(service.origin, "noi-khac"))
    client.post("/tai-khoan/logout/")
    assert list(Device.objects.all()) == [elsewhere]
    switch_on(client, standing.an, phone)
    client.cookies.pop("sessionid")  # the session ended by itself
    somebody = add_user("khac", "Lê Văn Khác")
    somebody.set_password("mat-khau-thu-1")
    somebody.save()
    client.post("/tai-khoan/login/", {"login": "khac", "password": "mat-khau-thu-1"})
    assert list(Device.objects.all()) == [elsewhere]


@pytest.mark.parametrize("change", ["password", "account", "key"])
def test_with_another_password_or_key_or_without_an_account_it_hears_nothing(
    client, standing, phone, urgent, settings, change
):
    remembered(standing.chi, phone)
    if change == "key":
        settings.PUSH_KEY = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
    elif change == "password":
        standing.chi.set_password("mat-khau-moi-2")
    else:
        standing.chi.is_active = False
    standing.chi.save()
    told_about(urgent, [standing.chi])
    send_urgent(at=FRIDAY)
    assert not Letter.objects.filter(channel="push").exists()
    assert forget_devices(at=timezone.now()) == 1


def test_one_that_is_gone_is_forgotten_after_a_month_and_one_that_is_on_stays(standing, phone, service):
    on = remembered(standing.an, phone)
    gone = remembered(standing.an, Browser(service.origin, "cu"))
    Device.objects.filter(pk=gone.pk).update(ended_at=timezone.now())
    assert forget_devices(at=timezone.now()) == 0
    assert forget_devices(at=timezone.now() + datetime.timedelta(days=31)) == 1
    assert list(Device.objects.all()) == [on]


def test_a_sixth_device_takes_the_place_of_the_first(standing, service):
    for number in range(6):
        remembered(standing.an, Browser(service.origin, str(number)), name=str(number))
    assert sorted(Device.objects.values_list("name", flat=True)) == ["1", "2", "3", "4", "5"]


def test_nobody_removes_or_sees_anothers(client, standing, phone):
    device = remembered(standing.an, phone)
    client.force_login(standing.chi)
    assert "Chrome, Android" not in client.get(CHOICES).text
    assert client.post(f"{SWITCH_ON}{device.pk}/bo/").status_code == 404
    client.force_login(standing.an)
    assert client.get(f"{SWITCH_ON}{device.pk}/bo/").status_code == 405
    client.post(f"{SWITCH_ON}{device.pk}/bo/")
    assert not Device.objects.exists()


def test_without_a_key_there_is_no_such_channel(client, standing, phone, settings):
    settings.PUSH_KEY = ""
    client.force_login(standing.an)
    assert "data-device" not in client.get(CHOICES).text
    assert client.post(SWITCH_ON, phone.subscription).status_code == 404


def test_it_is_taken_along_without_what_opens_it_and_erased(standing, phone):
    remembered(standing.an, phone)
    (told,) = notices_part(standing.an.person)["notice_devices"]
    assert (told["name"], set(told)) == ("Chrome, Android", {"name", "added_at", "ended_at"})
    erase_notices(person_ids=[standing.an.person_id], at=timezone.now())
    assert not Device.objects.exists()


def test_many_devices_cost_as_many_queries(standing, service, urgent):
    remembered(standing.an, Browser(service.origin, "0"))
    told_about(urgent, [standing.an])
    few = count_queries(lambda: send_urgent(at=FRIDAY))
    people = [standing.an, standing.chi, standing.ha]
    for number, user in enumerate(people, 1):
        remembered(user, Browser(service.origin, str(number)))
    told_about(urgent, people, 2)
    assert count_queries(lambda: send_urgent(at=FRIDAY)) <= few


def test_an_administrator_sends_a_test_to_their_own_devices(client, standing, service, phone):
    page = reverse("beginning:channels")
    administrator = add_user("quantri", "Dương Quốc Quản", is_superuser=True)
    client.force_login(administrator)
    assert "chưa bật thiết bị nào" in client.post(page, {"channel": "push"}, follow=True).text
    remembered(administrator, phone)
    assert "Dịch vụ đẩy đã nhận tin" in client.post(page, {"channel": "push"}, follow=True).text
    assert "Tin thử" in phone.read(service.taken[0])["title"]


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (ANDROID, "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/130.0 Chrome/130.0 Safari/537.36", "Cốc Cốc, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        ("", "Một trình duyệt"),
    ],
)
def test_a_device_is_called_as_its_owner_would(agent, name):
    assert name_of(agent) == name
