"""Consent on paper: recorded by an officer who saw it, for one person, and for a child with who represents them."""

import datetime
import importlib

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from membership.actions import (
    ContactEntry,
    erase_person,
    keep_contacts,
    load_consent_texts,
    merge_people,
    record_consent,
    withdraw_consent,
)
from membership.forms import box_of
from membership.models import Consent, ConsentText, Contact, ContactKind, Person
from membership.purposes import CONTACTS, SERVICE

DAY = "01/11/2026"


@pytest.fixture
def texts(standing, at):
    load_consent_texts(by=None, at=at)
    ConsentText.objects.update(published_at=at - datetime.timedelta(days=800))  # before every paper of these tests
    service, contacts = ConsentText.objects.in_force()
    for user in (standing.chi, standing.ha):
        Consent.objects.create(person=user.person, text=service, given_at=at)
    return [service, contacts]


@pytest.fixture
def chi(client, standing, texts):
    client.force_login(standing.chi)
    return client


def page_of(user):
    return reverse("membership:paper_consent", args=[user.person.code])


def aged(user, years, today):
    Person.objects.filter(pk=user.person_id).update(birth_year=today.year - years, birth_day=None)


def test_an_officer_records_what_was_ticked_on_the_paper_and_it_is_told_to_the_person(chi, standing, texts):
    shown = chi.get(page_of(standing.an)).content.decode()
    assert "checked" not in shown
    assert "representative" not in shown
    sent = {box_of(texts[0]): "on", "signed_on": DAY, "has_signed": "on"}
    answer = chi.post(page_of(standing.an), sent)
    assert answer.url == reverse("membership:paper_consents")
    given = standing.an.person.consents.get()
    assert (given.text, given.recorded_by) == (texts[0], standing.chi)
    assert given.signed_on == datetime.date(2026, 11, 1)
    entry = ModelLogEntry.objects.get(action="membership.record_consent")
    assert (entry.user, entry.data["purpose"]) == (standing.chi, "service")
    chi.force_login(standing.an)
    account = chi.get("/tai-khoan/").content.decode()
    assert "Ký trên giấy ngày 01/11/2026, người xem giấy: Phạm Thị Chi" in " ".join(account.split())


@pytest.mark.parametrize(
    ("years", "signed", "is_recorded"),
    [
        (10, {"has_signed": "on"}, False),
        (10, {"representative": "Trần Văn Cha", "is_represented": "on"}, False),
        (10, {"has_signed": "on", "representative": "Trần Văn Cha", "is_represented": "on"}, True),
        (6, {"representative": "Trần Văn Cha", "is_represented": "on"}, True),
        (6, {"has_signed": "on"}, False),
    ],
)
def test_a_child_of_seven_signs_with_who_represents_them_and_a_younger_one_not_at_all(
    chi, standing, texts, today, years, signed, is_recorded
):
    aged(standing.an, years, today)
    answer = chi.post(page_of(standing.an), {box_of(texts[0]): "on", "signed_on": DAY, **signed})
    assert answer.status_code == (302 if is_recorded else 422)
    said = list(standing.an.person.consents.values_list("representative", flat=True))
    assert said == (["Trần Văn Cha"] if is_recorded else [])


def test_nothing_ticked_or_a_day_to_come_is_refused_in_words(chi, standing, texts, today):
    later = f"{today + datetime.timedelta(days=2):%d/%m/%Y}"
    for sent in ({"signed_on": DAY}, {"signed_on": later, box_of(texts[0]): "on"}):
        assert chi.post(page_of(standing.an), {"has_signed": "on", **sent}).status_code == 422
    assert not standing.an.person.consents.exists()


def test_nobody_records_their_own_or_out_of_reach(client, chi, standing):
    assert chi.get(page_of(standing.chi)).status_code == 404
    for who, status in ((standing.ha, 404), (standing.an, 302)):
        client.force_login(who)
        assert client.get(page_of(standing.an)).status_code == status


def test_an_officer_takes_it_back_for_who_says_so_and_the_page_says_what_stays(chi, standing, texts, at):
    record_consent(person=standing.an.person, texts=texts, signed_on=at.date(), by=standing.chi, at=at)
    back = reverse("membership:paper_withdrawal", args=[standing.an.person.code, "service"])
    shown = chi.post(back, follow=True).content.decode()
    assert "sổ được niêm phong" in shown
    assert Person.objects.get(pk=standing.an.person_id).withdrawn_at
    listed = chi.get(reverse("membership:paper_consents"), {"state": "withdrawn"}).content.decode()
    assert standing.an.person.full_name in listed


def test_who_does_not_want_to_be_called_is_forgotten_by_phone_and_goes_on_learning(client, standing, texts, at):
    for text in texts:
        Consent.objects.create(person=standing.an.person, text=text, given_at=at)
    for value, purpose in (("+84905123456", "notices"), ("+84905123457", "sign_in")):
        Contact.objects.create(person=standing.an.person, kind="phone", value=value, purpose=purpose)
    client.force_login(standing.an)
    told = client.post("/tai-khoan/rut-dong-y/contacts/", follow=True).content.decode()
    assert "bị xóa ngay" in told
    assert standing.an.person.contacts.get().purpose == "sign_in"
    assert client.get("/hoc-tap/").status_code == 200
    assert Person.objects.refusing("contacts").filter(pk=standing.an.person_id).exists()


def test_a_child_agrees_on_the_site_with_who_represents_them(client, standing, texts, today):
    aged(standing.an, 12, today)
    client.force_login(standing.an)
    alone = {**{box_of(text): "on" for text in texts}, "next": "/tai-khoan/"}
    assert client.post("/tai-khoan/dong-y/", alone).status_code == 200
    assert not standing.an.person.consents.exists()
    both = {**alone, "representative": "Trần  Văn Cha", "is_represented": "on"}
    assert client.post("/tai-khoan/dong-y/", both).url == "/tai-khoan/"
    said = standing.an.person.consents.values_list("text__purpose", "representative")
    assert set(said) == {("service", "Trần Văn Cha"), ("contacts", "Trần Văn Cha")}


def test_of_two_records_of_one_person_the_last_word_counts(standing, texts, administrator, at):
    later = at + datetime.timedelta(hours=1)
    for text in texts:
        Consent.objects.create(person=standing.an.person, text=text, given_at=at)
    withdraw_consent(person=standing.ha.person, purpose=SERVICE, by=standing.ha, at=later)
    merge_people(duplicate=standing.ha.person, into=standing.an.person, by=administrator, at=later)
    records = Person.objects.records_of(standing.an.person)
    assert list(records.values_list("withdrawn_at", flat=True)) == [later, later]
    person = standing.an.person
    assert set(person.consents.filter(withdrawn_at=None).values_list("text__purpose", flat=True)) == {CONTACTS.key}


def test_who_agreed_again_on_the_duplicate_after_taking_it_back_there_has_agreed(standing, texts, administrator, at):
    first, second, third = (at + datetime.timedelta(hours=hours) for hours in range(3))
    Consent.objects.create(person=standing.an.person, text=texts[0], given_at=first)
    Consent.objects.filter(person=standing.ha.person).update(withdrawn_at=second)
    Consent.objects.create(person=standing.ha.person, text=texts[0], given_at=third)
    merge_people(duplicate=standing.ha.person, into=standing.an.person, by=administrator, at=third)
    assert not Person.objects.records_of(standing.an.person).exclude(withdrawn_at=None).exists()
    assert standing.an.person.consents.get(withdrawn_at=None).given_at == third


def test_whose_records_were_merged_before_withdrew_with_all_of_them(standing, at):
    Person.objects.filter(pk=standing.ha.person_id).update(merged_into=standing.an.person)
    text = ConsentText.objects.create(version="1", text="Chúng tôi giữ họ tên.", published_at=at)
    Consent.objects.create(person=standing.an.person, text=text, given_at=at, withdrawn_at=at)
    importlib.import_module("membership.migrations.0003_who_withdrew").stamp(apps, None)
    stamped = Person.objects.filter(withdrawn_at=at)
    assert set(stamped) == {standing.an.person, standing.ha.person}


def test_an_empty_box_is_a_no_to_being_called(client, standing, texts, at):
    for value, purpose in (("+84905123456", "notices"), ("+84905123457", "sign_in")):
        Contact.objects.create(person=standing.an.person, kind="phone", value=value, purpose=purpose)
    client.force_login(standing.an)
    client.post("/tai-khoan/dong-y/", {box_of(texts[0]): "on", "next": "/tai-khoan/"})
    assert standing.an.person.contacts.get().purpose == "sign_in"
    entry = ContactEntry(kind=ContactKind.PHONE, value="0905123456")
    with pytest.raises(ValidationError, match="không muốn được gọi"):
        keep_contacts(person=standing.an.person, contacts=[entry], by=standing.dung, at=at)
    Consent.objects.create(person=standing.an.person, text=texts[1], given_at=at)
    keep_contacts(person=standing.an.person, contacts=[entry], by=standing.dung, at=at)
    assert standing.an.person.contacts.get(purpose="notices").value == "+84905123456"


def test_numbers_go_where_nobody_was_asked_and_it_is_taken_back(standing, at):
    Contact.objects.create(person=standing.an.person, kind="phone", value="+84905123456", purpose="notices")
    assert withdraw_consent(person=standing.an.person, purpose=CONTACTS, by=standing.an, at=at) == 0
    assert not standing.an.person.contacts.exists()


def test_a_version_that_was_renewed_while_it_was_read_is_shown_anew(client, standing, texts, at):
    client.force_login(standing.an)
    read = {box_of(text): "on" for text in texts}
    newer = ConsentText.objects.create(purpose="contacts", version="3", text="Mới.", published_at=timezone.now())
    shown = client.post("/tai-khoan/dong-y/", read).content.decode()
    assert "vừa thay đổi" in shown
    assert box_of(newer) in shown
    assert not standing.an.person.consents.exists()


def test_who_is_asked_for_another_purpose_is_not_told_of_an_earlier_version(client, standing, texts, at):
    Consent.objects.create(person=standing.an.person, text=texts[0], given_at=at)
    client.force_login(standing.an)
    assert "phiên bản trước" not in client.get("/tai-khoan/dong-y/").content.decode()


def test_a_paper_from_before_its_text_was_published_is_refused_in_words(chi, standing, texts, at):
    ConsentText.objects.filter(pk=texts[0].pk).update(published_at=at)
    sent = {box_of(texts[0]): "on", "signed_on": DAY, "has_signed": "on"}
    refused = chi.post(page_of(standing.an), sent)
    assert refused.status_code == 422
    assert "không thể là sự đồng ý với nội dung này" in refused.content.decode()
    assert not standing.an.person.consents.exists()
    texts[0].refresh_from_db()
    day = timezone.localdate(at)
    assert record_consent(person=standing.an.person, texts=texts[:1], signed_on=day, by=standing.chi, at=at)


def test_a_paper_from_before_it_was_taken_back_does_not_count(standing, texts, at):
    Consent.objects.create(person=standing.an.person, text=texts[0], given_at=at)
    withdraw_consent(person=standing.an.person, purpose=SERVICE, by=standing.an, at=at)
    said = {"person": standing.an.person, "texts": texts[:1], "by": standing.chi, "at": at}
    with pytest.raises(ValidationError, match="rút lại sự đồng ý ngày"):
        record_consent(signed_on=timezone.localdate(at) - datetime.timedelta(days=1), **said)
    record_consent(signed_on=timezone.localdate(at), **said)
    assert Person.objects.get(pk=standing.an.person_id).withdrawn_at is None


def test_the_signatures_are_those_of_the_age_on_the_day_of_the_paper(chi, standing, texts, today):
    aged(standing.an, 16, today)
    sent = {box_of(texts[0]): "on", "signed_on": f"01/11/{today.year - 1}", "has_signed": "on"}
    refused = chi.post(page_of(standing.an), sent)
    assert (refused.status_code, "representative" in refused.content.decode()) == (422, True)
    assert not standing.an.person.consents.exists()
    chi.post(page_of(standing.an), {**sent, "representative": "Trần Văn Cha", "is_represented": "on"})
    assert standing.an.person.consents.get().representative == "Trần Văn Cha"


def test_an_erasure_forgets_who_represented_the_child(standing, texts, at):
    values = {"signed_on": at.date(), "recorded_by": standing.chi, "representative": "Trần Văn Cha"}
    Consent.objects.create(person=standing.an.person, text=texts[0], given_at=at, **values)
    erase_person(person=standing.an.person, by=standing.an, at=at)
    assert Consent.objects.get(person=standing.an.person_id).representative == ""


def test_the_paper_is_printed_for_officers(chi, client, standing):
    answer = chi.get(reverse("membership:consent_paper"))
    assert answer.content.startswith(b"%PDF")
    client.force_login(standing.ha)
    assert client.get(reverse("membership:consent_paper")).status_code == 200
