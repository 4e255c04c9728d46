import pytest
from django.urls import reverse
from django.utils import timezone

from interface.owner import remember_owner
from membership.actions import keep_owner, load_consent_texts
from membership.models import ConsentText, Membership, Person, Role
from membership.registries.beginning import State, steps
from tests.membership.administration.test_views import get, text
from tests.work.gateway import SECRET, Gateway


@pytest.fixture
def state(today):
    """Of the step that leads to the view."""

    def state(address):
        return next(step for step in steps if step.address == address).ask(today)

    return state


def test_guide_shows_each_step_and_leads_to_its_place(client, standing, administrator):
    shown = text(get(client, administrator, "beginning:guide"))
    assert "bước trước khi trang có thể hoạt động" in shown
    for step in steps:
        assert str(step.title) in shown
        assert f'href="{reverse(step.address)}"' in shown


def test_the_admin_begins_with_what_is_missing_for_who_sets_up_alone(client, standing, administrator):
    shown = text(get(client, administrator, "wagtailadmin_home"))
    assert "bước trước khi trang có thể hoạt động" in shown
    assert f'href="{reverse("beginning:guide")}">Thiết lập tiếp' in shown
    assert "Thiết lập tiếp" not in text(get(client, standing.giang, "wagtailadmin_home"))


def test_people_come_before_officers_and_are_missing_where_nobody_is_on_record(standing, state):
    assert state("roster:upload").told.endswith("trong hệ thống.")
    order = [step.address for step in sorted(steps, key=lambda step: step.order)]
    assert order.index("roster:upload") < order.index("roles:index")
    Person.objects.update(erased_at=timezone.now())
    assert not state("roster:upload").is_done


def test_the_logo_is_chosen_or_sent_where_it_is_asked_for(client, administrator):
    assert "data-chooser-url" in text(get(client, administrator, "beginning:owner"))


def test_units_and_officers_are_missing_by_name(standing, state):
    assert state("units:index").is_done
    assert state("roles:index").is_done
    standing.foreign_chapter.delete()
    Membership.objects.filter(role=Role.COMMUNE_OFFICER, unit=standing.association).delete()
    assert "Xã Tiên Phước" in state("units:index").told
    assert "Hội Khuyến học phường Hải Châu" in state("roles:index").told
    assert not state("units:index").is_done
    assert not state("roles:index").is_done


def test_consent_is_missing_until_each_purpose_has_a_text_and_the_province_its_name_in_it(
    standing, state, administrator, at
):
    load_consent_texts(by=None, at=at)
    assert "chưa có tên đơn vị" in state("consent_texts:index").told
    keep_owner(name="Hội Khuyến học Huế", email="hue@example.vn", phone="", logo=None, by=administrator, at=at)
    remember_owner()
    assert state("consent_texts:index") == State(True, state("consent_texts:index").told)
    assert "2026-2" in state("consent_texts:index").told
    service, contacts = ConsentText.objects.in_force()
    assert "Hội Khuyến học Huế cần giữ" in service.told
    assert "hue@example.vn" in service.told
    contacts.delete()
    assert not state("consent_texts:index").is_done


def test_channel_is_missing_until_a_letter_went_out(client, administrator, state, settings, mailoutbox):
    assert not state("beginning:channels").is_done
    settings.DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    client.force_login(administrator)
    told = text(client.post(reverse("beginning:channels"), follow=True))
    assert told.count("Không có gì nhận kết nối ở 127.0.0.1:1") == 2
    assert "127.0.0.1:1" in state("beginning:channels").told
    settings.DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert administrator.email in text(client.post(reverse("beginning:channels"), follow=True))
    assert mailoutbox[0].to == [administrator.email]
    assert state("beginning:channels").is_done


def test_a_gateway_is_tried_by_a_message_to_a_number(client, administrator, settings):
    page = reverse("beginning:channels")
    client.force_login(administrator)
    assert "SMS" not in text(client.get(page))
    gateway = Gateway()
    settings.TEXT_CHANNELS = {**settings.TEXT_CHANNELS, "sms": {"url": gateway.url, "secret": SECRET, "a_minute": 0}}
    assert "không phải số điện thoại" in text(client.post(page, {"channel": "sms", "phone": "ba"}, follow=True))
    assert "+84905123456" in text(client.post(page, {"channel": "sms", "phone": "0905 123 456"}, follow=True))
    gateway.answers = [(401, {}, {})]
    told = text(client.post(page, {"channel": "sms", "phone": "0905 123 456"}, follow=True))
    gateway.stop()
    assert "401" in told
    assert len(gateway.taken) == 1


def test_administrator_sets_the_last_day_for_the_province(client, standing, administrator, state, today):
    assert not state("dossiers:bodies").is_done
    client.force_login(administrator)
    said = {"unit": standing.province.pk, "year": today.year, "last_day": today.isoformat()}
    client.post(
        reverse("dossiers:bodies"), {"set-deadline": ""} | {f"deadline-{name}": one for name, one in said.items()}
    )
    assert state("dossiers:bodies").is_done
    assert f"{today:%d/%m/%Y}" in text(get(client, administrator, "dossiers:bodies"))


def test_guide_is_open_to_administrators_alone(client, standing):
    assert get(client, standing.giang, "beginning:guide").status_code == 404
