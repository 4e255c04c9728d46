import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from membership.belonging import group_of, unit_of
from membership.models import ConsentText, Contact, FileAccess, Membership, Person, Role, TargetGroup
from tests.factories.people import START, PersonFactory, add_user, grant
from tests.membership.roster.conftest import member


def get(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def test_officer_lists_the_people_of_the_own_units_only(client, standing):
    shown = text(get(client, standing.dung, "people:index"))
    assert "Trần Thị An" in shown
    assert "Chi hội khối phố 1" in shown
    assert "Bùi Thị Hà" not in shown
    theirs = text(get(client, standing.ha, "people:index"))
    assert "Bùi Thị Hà" in theirs
    assert "Trần Thị An" not in theirs


def test_search_ignores_accents_and_stays_within_reach(client, standing):
    assert "Trần Thị An" in text(get(client, standing.dung, "people:index", q="tran an"))
    assert "Trần Thị An" not in text(get(client, standing.ha, "people:index", q="tran an"))


@pytest.mark.parametrize("name", ["people:edit", "people:history", "people:history_results"])
def test_file_of_a_person_elsewhere_does_not_exist(client, standing, name):
    assert get(client, standing.ha, name, standing.an.person.pk).status_code == 404


@pytest.mark.parametrize("name", ["roles:edit", "roles:history"])
def test_role_of_a_person_elsewhere_does_not_exist(client, standing, name):
    membership = Membership.objects.get(person=standing.an.person)
    assert get(client, standing.ha, name, membership.pk).status_code == 404
    assert get(client, standing.dung, name, membership.pk).status_code == 200


def test_trainer_finds_no_people(client, standing):
    assert reverse("people:index") not in text(get(client, standing.binh, "wagtailadmin_home"))
    assert get(client, standing.binh, "people:index").status_code in {302, 403}


@pytest.mark.parametrize("name", ["people:index", "roles:index"])
def test_lists_do_not_grow_in_queries(client, standing, name, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(60) as counted:
            get(client, standing.dung, name)
        return len(counted)

    get(client, standing.dung, name)
    few = queries()
    for _number in range(12):
        person = PersonFactory()
        Membership.objects.create(person=person, unit=standing.chapter, role=Role.MEMBER, valid_from=START)
    assert queries() == few


def new_person(client, standing, user, **changes):
    client.force_login(user)
    values = {"full_name": "Lê Thị Tư", "birth_year": "1958", "group": "workers", "unit": standing.chapter.pk}
    return client.post(reverse("people:add"), {**values, **changes})


def test_officer_adds_a_person(client, standing):
    assert new_person(client, standing, standing.dung).status_code == 302
    person = Person.objects.get(full_name="Lê Thị Tư")
    assert unit_of(person, timezone.localdate()) == standing.chapter
    assert group_of(person, timezone.localdate()) == TargetGroup.WORKERS


def test_officer_adds_nobody_elsewhere(client, standing):
    assert new_person(client, standing, standing.ha).status_code == 200
    assert not Person.objects.filter(full_name="Lê Thị Tư").exists()


def test_who_may_be_on_record_is_shown_before_somebody_is_added_and_the_officer_may_go_on(client, standing):
    here = member(standing.chapter, "Mạc Diệp Sương", birth_year=1964)
    born = {"birth_day": datetime.date(1964, 5, 6), "birth_year": 1964}
    outside = member(standing.foreign_chapter, "Mạc Diệp Xương", **born)
    client.force_login(standing.dung)
    sent = {"full_name": "Mạc Diệp Xương", **born, "group": "residents", "unit": standing.chapter.pk}
    answer = client.post("/quan-tri/people/new/", sent)
    page = answer.content.decode()
    assert f'<a href="/quan-tri/people/edit/{here.pk}/">Mạc Diệp Sương</a> ({here.code})' in page
    assert "họ tên đọc giống nhau, cùng năm sinh, cùng xã, phường" in page
    assert outside.code not in page
    assert "Có người tương tự ở đơn vị không thuộc phạm vi của bạn." in page
    assert Person.objects.get(full_name="Mạc Diệp Xương") == outside
    sent |= {"is_somebody_else": "on", "seen": answer.context["form"]["seen"].value()}
    assert client.post("/quan-tri/people/new/", sent).status_code == 302
    assert ModelLogEntry.objects.get(action="membership.add_person").data["beside"] == [here.pk]  # who was shown


def test_that_it_is_somebody_else_holds_for_nobody_whom_a_corrected_name_brings_up(client, standing):
    member(standing.chapter, "Mạc Diệp Sương", birth_year=1964)
    other = member(standing.chapter, "Kiều Thu Trúc", birth_year=1964)
    client.force_login(standing.dung)
    sent = {"full_name": "Mạc Diệp Sương", "birth_year": 1964, "group": "residents", "unit": standing.chapter.pk}
    form = client.post("/quan-tri/people/new/", sent).context["form"]
    sent |= {"is_somebody_else": "on", "full_name": "Kiều Thu Trúc"}
    answer = client.post("/quan-tri/people/new/", sent | {"seen": form.data.get("seen", "")})
    assert other.code in answer.content.decode()
    assert not answer.context["form"]["is_somebody_else"].value()


def test_birth_year_stands_as_a_plain_number(client, standing):
    shown = text(get(client, standing.dung, "people:edit", standing.an.person.pk))
    assert 'value="1960"' in shown


def test_opening_a_record_is_noted(client, standing):
    get(client, standing.dung, "people:edit", standing.an.person.pk)
    assert FileAccess.objects.get().person == standing.an.person


def corrected(client, user, person, *contacts, **changes):
    """Each contact as its number, kind, purpose and whether it is verified."""
    client.force_login(user)
    values = {"full_name": person.full_name, "birth_year": "1960", "group": "residents"}
    values |= {"contacts-TOTAL_FORMS": len(contacts), "contacts-INITIAL_FORMS": person.contacts.count()}
    for number, contact in enumerate(contacts):
        values |= {f"contacts-{number}-{name}": value for name, value in contact.items()}
    return client.post(reverse("people:edit", args=[person.pk]), {**values, **changes})


def test_officer_corrects_a_name_and_group(client, standing):
    changes = {"full_name": "Trần Thị Ân", "birth_year": "", "group": "officials"}
    assert corrected(client, standing.dung, standing.an.person, **changes).status_code == 302
    person = Person.objects.get(pk=standing.an.person.pk)
    assert (person.full_name, person.folded_name, person.birth_year) == ("Trần Thị Ân", "tran thi an", None)
    assert group_of(person, timezone.localdate()) == TargetGroup.OFFICIALS


def test_the_birth_day_says_the_year_and_agrees_with_it(client, standing):
    person = standing.an.person
    assert "Ngày sinh không thuộc năm sinh" in text(corrected(client, standing.dung, person, birth_day="2.3.1961"))
    tomorrow = (timezone.localdate() + datetime.timedelta(days=1)).isoformat()
    assert "Không người còn sống nào" in text(
        corrected(client, standing.dung, person, birth_year="", birth_day=tomorrow)
    )
    assert corrected(client, standing.dung, person, birth_year="", birth_day="2.3.1961").status_code == 302
    person.refresh_from_db()
    assert (person.birth_year, person.birth_day) == (1961, datetime.date(1961, 3, 2))
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(birth_year=1962)


PHONE = {"kind": "phone", "value": "0905 123.456", "purpose": "notices"}


def test_contacts_are_kept_as_they_are_dialled_and_verified_anew_after_a_change(client, standing):
    person = standing.an.person
    assert corrected(client, standing.dung, person, {**PHONE, "is_verified": "on"}).status_code == 302
    contact = person.contacts.get()
    assert (contact.value, contact.verified_at is None) == ("+84905123456", False)
    assert "+84905123456" in text(get(client, standing.dung, "people:edit", person.pk))
    other = {"id": contact.pk, "kind": "phone", "value": "0905123457", "purpose": "notices", "is_verified": "on"}
    corrected(client, standing.dung, person, other)
    assert list(person.contacts.values_list("value", "verified_at")) == [("+84905123457", None)]
    corrected(client, standing.dung, person, {**other, "id": person.contacts.get().pk, "DELETE": "on"})
    assert not person.contacts.exists()


def test_a_contact_that_is_none_is_refused_in_words(client, standing):
    answer = text(corrected(client, standing.dung, standing.an.person, {**PHONE, "value": "12345"}))
    assert "“12345” không phải số điện thoại" in answer
    assert not standing.an.person.contacts.exists()


def test_nobody_verifies_their_own_contact_and_families_share_one(client, standing):
    own = standing.dung.person
    answer = text(corrected(client, standing.dung, own, {**PHONE, "is_verified": "on"}))
    assert "liên hệ của chính bạn" in answer
    for person in (own, standing.an.person):
        assert corrected(client, standing.dung, person, PHONE).status_code == 302
    assert Contact.objects.filter(value="+84905123456", verified_at=None).count() == 2


@pytest.mark.parametrize("path", ["delete", "usage", "copy"])
def test_records_are_neither_deleted_nor_copied(client, standing, path):
    client.force_login(standing.dung)
    address = reverse("people:edit", args=[standing.an.person.pk]).replace("edit", path)
    assert client.get(address).status_code == 404


def new_role(client, standing, user, person, **changes):
    client.force_login(user)
    values = {"person_code": person.code.lower(), "role": "chapter_officer", "unit": standing.chapter.pk}
    return client.post(reverse("roles:add"), {**values, "valid_from": "2026-01-05", **changes})


def test_officer_gives_a_role(client, standing):
    assert new_role(client, standing, standing.dung, standing.an.person).status_code == 302
    assert Membership.objects.filter(person=standing.an.person, role=Role.CHAPTER_OFFICER).exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"role": "province_officer"},
        {"role": "chapter_officer", "unit": "association"},
        {"unit": "foreign_chapter"},
        {"person_code": "NOBODY00"},
        {"valid_from": "2020-01-01"},
    ],
)
def test_role_that_cannot_be_given_is_explained(client, standing, changes):
    if "unit" in changes:
        changes = {**changes, "unit": getattr(standing, changes["unit"]).pk}
    assert new_role(client, standing, standing.dung, standing.an.person, **changes).status_code == 200
    assert not Membership.objects.filter(person=standing.an.person).exclude(role=Role.MEMBER).exists()


def test_nobody_gives_themselves_a_role(client, standing):
    assert new_role(client, standing, standing.dung, standing.dung.person).status_code == 200
    assert Membership.objects.filter(person=standing.dung.person).count() == 1


def test_officer_ends_a_role_and_confirms_a_member(client, standing):
    membership = Membership.objects.get(person=standing.an.person)
    Membership.objects.filter(pk=membership.pk).update(is_self_declared=True)
    client.force_login(standing.dung)
    address = reverse("roles:edit", args=[membership.pk])
    assert client.post(address, {"valid_to": "", "is_confirmed": "on"}).status_code == 302
    assert not Membership.objects.get(pk=membership.pk).is_self_declared
    assert client.post(address, {"valid_to": "2026-02-01"}).status_code == 302
    assert str(Membership.objects.get(pk=membership.pk).valid_to) == "2026-02-01"
    assert client.post(address, {"valid_to": ""}).status_code == 200


def test_the_last_officer_of_a_unit_never_leaves_unnoticed(client, standing):
    held = Membership.objects.get(person=standing.chi.person, role=Role.CHAPTER_OFFICER)
    client.force_login(standing.dung)
    address, ending = reverse("roles:edit", args=[held.pk]), {"valid_to": "2026-02-01"}
    assert "Từ ngày ấy không còn ai là Cán bộ chi hội của Chi hội khối phố 1" in text(client.post(address, ending))
    assert Membership.objects.get(pk=held.pk).valid_to is None
    assert client.post(address, {**ending, "is_left_open": "on"}).status_code == 302
    Membership.objects.filter(pk=held.pk).update(valid_to=None)
    grant(standing.an, Role.CHAPTER_OFFICER, standing.chapter)
    assert client.post(address, ending).status_code == 302


def test_officer_does_not_end_a_role_above(client, standing):
    fellow = add_user("fellow", "Lê Đồng Sự")
    membership = grant(fellow, Role.COMMUNE_OFFICER, standing.association)
    client.force_login(standing.dung)
    address = reverse("roles:edit", args=[membership.pk])
    assert client.post(address, {"valid_to": "2026-02-01"}).status_code in {302, 403}
    assert Membership.objects.get(pk=membership.pk).valid_to is None


def test_units_and_consent_texts_are_for_administrators(client, standing, administrator, consent_text):
    assert "Chi hội khối phố 1" in text(get(client, administrator, "units:index"))
    assert "2026-1" in text(get(client, administrator, "consent_texts:index"))
    assert "Chúng tôi giữ họ tên." in text(get(client, administrator, "consent_texts:inspect", consent_text.pk))
    for name in ("units:index", "consent_texts:index", "consent_texts:add"):
        assert get(client, standing.giang, name).status_code in {302, 403}


def test_units_are_found_without_accents(client, administrator):
    shown = text(get(client, administrator, "units:index", q="tien phuoc"))
    assert "Xã Tiên Phước" in shown
    assert "Phường Hải Châu" not in shown


def test_administrator_publishes_a_consent_text_once(client, administrator, consent_text):
    client.force_login(administrator)
    address = reverse("consent_texts:add")
    assert client.post(address, {"purpose": "service", "version": "2026-2", "text": "Mới."}).status_code == 302
    assert client.post(address, {"purpose": "service", "version": "2026-2", "text": "Khác."}).status_code == 200
    assert ConsentText.objects.get(version="2026-2").text == "Mới."


@pytest.mark.parametrize(
    ("page", "way", "said"),
    [("people:index", "roster:upload", "Nhập danh sách"), ("roles:index", "role_list:upload", "Vai trò từ tệp")],
)
def test_an_empty_list_leads_to_what_fills_it(client, administrator, page, way, said):
    Membership.objects.all().delete()
    Person.objects.update(erased_at=timezone.now())
    main = text(get(client, administrator, page)).partition("<main")[2]
    assert f'href="{reverse(way)}"' in main
    assert "Không tìm thấy ai" in main
