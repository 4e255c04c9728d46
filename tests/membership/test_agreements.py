"""Consent on paper: recorded by an officer who saw it, for one person, and for a child with who represents them."""

import datetime

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from membership.actions import erase_person, load_consent_texts, merge_people, record_consent, withdraw_consent
from membership.models import Consent, ConsentText, Contact, Person
from membership.purposes import CONTACTS, SERVICE

DAY = "01/11/2026"


@pytest.fixture
def texts(standing, at):
    load_consent_texts(by=None, at=at)
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
    answer = chi.post(page_of(standing.an), {"service": "on", "signed_on": DAY, "has_signed": "on"})
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
    chi, standing, today, years, signed, is_recorded
):
    aged(standing.an, years, today)
    answer = chi.post(page_of(standing.an), {"service": "on", "signed_on": DAY, **signed})
    assert answer.status_code == (302 if is_recorded else 422)
    said = list(standing.an.person.consents.values_list("representative", flat=True))
    assert said == (["Trần Văn Cha"] if is_recorded else [])


def test_nothing_ticked_or_a_day_to_come_is_refused_in_words(chi, standing, today):
    later = f"{today + datetime.timedelta(days=2):%d/%m/%Y}"
    for sent in ({"signed_on": DAY}, {"signed_on": later, "service": "on"}):
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
    assert Consent.objects.took_back("contacts").get().person == standing.an.person


def test_a_child_agrees_on_the_site_with_who_represents_them(client, standing, texts, today):
    aged(standing.an, 12, today)
    client.force_login(standing.an)
    alone = {"service": "on", "contacts": "on", "next": "/tai-khoan/"}
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
    person = Person.objects.get(pk=standing.an.person_id)
    assert person.withdrawn_at == later
    assert set(person.consents.filter(withdrawn_at=None).values_list("text__purpose", flat=True)) == {CONTACTS.key}


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
