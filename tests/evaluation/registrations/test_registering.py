"""Registering to strive: on one's own page, on paper, by list; who may, and what becomes of it."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from evaluation.dossiers.actions import open_dossier
from evaluation.dossiers.models import Dossier
from evaluation.registrations.actions import note, register, take_back
from evaluation.registrations.models import Registration, open_years
from membership.actions import merge_people
from membership.models import Membership, Person, Role
from notices.models import Notice
from tests.factories.people import START, PersonFactory, add_user
from tests.learning.sessions.test_attendance import sheet
from tests.queries import assert_constant_queries

NOW = timezone.now()
YEAR = timezone.localdate().year
PEOPLE = reverse("registrations:people")


def noted(standing, *people, by=None, way="paper", at=None):
    chosen = Person.objects.filter(pk__in=[one.pk for one in people])
    return note(people=chosen, year=YEAR, way=way, by=by or standing.chi, at=at or timezone.now())


def member(standing, name, unit=None):
    person = PersonFactory(full_name=name)
    unit = unit or standing.chapter
    Membership.objects.create(person=person, unit=unit, role=Role.MEMBER, valid_from=START)
    return person


def test_the_year_to_come_opens_in_october():
    assert open_years(datetime.date(2026, 9, 30)) == [2026]
    assert open_years(datetime.date(2026, 10, 1)) == [2026, 2027]


def test_one_registers_on_the_own_page_and_takes_it_back(standing, client):
    client.force_login(standing.an)
    for _twice in range(2):
        page = client.post("/dang-ky-phan-dau/", {"year": YEAR}, follow=True)
    found = Registration.objects.get()
    assert (found.person, found.unit, found.way, found.noted_by) == (standing.an.person, standing.chapter, "page", None)
    assert "Đã đăng ký ngày" in page.content.decode()
    assert client.get(f"/dang-ky-phan-dau/phieu/{YEAR}.pdf").content.startswith(b"%PDF")

    client.post("/dang-ky-phan-dau/", {"year": YEAR, "take_back": "1"})
    assert not Registration.objects.exists()


@pytest.mark.parametrize("year", [YEAR - 1, YEAR + 2])
def test_a_year_that_is_not_open_is_refused(standing, client, year):
    client.force_login(standing.an)
    page = client.post("/dang-ky-phan-dau/", {"year": year}, follow=True)
    assert not Registration.objects.exists()
    assert str(year) in str(next(iter(page.context["messages"])))


def test_of_two_dossiers_of_a_year_the_own_page_tells_of_the_later(world, client):
    """The first's title was revoked, and another dossier stands."""
    an = world.an.person
    first = open_dossier(person=an, year=YEAR, by=world.an, at=NOW)
    first.state = "revoked"
    first.save()
    open_dossier(person=an, year=YEAR, by=world.an, at=NOW)
    client.force_login(world.an)
    row = next(row for row in client.get("/dang-ky-phan-dau/").context["rows"] if row["year"] == YEAR)
    assert row["state"] == Dossier.State.DRAFT.label


def test_an_administrator_notes_nobody_who_belongs_nowhere(standing):
    stray = PersonFactory(full_name="Người Không Đơn Vị")
    admin = add_user("quantri2", "Quản Trị", is_superuser=True)
    assert noted(standing, stray, by=admin) == []


def test_nobody_registers_another_as_their_own_word(standing):
    with pytest.raises(PermissionDenied):
        register(person=standing.an.person, year=YEAR, by=standing.chi, at=NOW)


def test_who_withdrew_their_consent_is_not_written_about(standing):
    person = standing.an.person
    person.withdrawn_at = NOW
    person.save()
    with pytest.raises(ValidationError):
        register(person=person, year=YEAR, by=standing.an, at=NOW)
    assert noted(standing, person) == []


def test_an_officer_notes_signed_paper_once_and_the_person_is_told(standing, client):
    an = standing.an.person
    client.force_login(standing.chi)
    for _twice in range(2):
        client.post(PEOPLE, {"do": "note", "row": [an.pk]})
    found = Registration.objects.get()
    assert (found.person, found.way, found.noted_by) == (an, "paper", standing.chi)
    assert Notice.objects.get(kind="registration-noted").person == an
    client.post(PEOPLE, {"do": "take_back", "row": [an.pk]})
    assert not Registration.objects.exists()


def test_officers_note_neither_themselves_nor_beyond_their_reach(standing):
    stranger = member(standing, "Người Xã Khác", standing.foreign_chapter)
    assert noted(standing, standing.chi.person, stranger) == []
    assert noted(standing, standing.an.person, by=standing.an) == []  # a member has nobody to write for


def test_what_a_person_registered_themselves_no_officer_takes_back(standing):
    own = register(person=standing.an.person, year=YEAR, by=standing.an, at=NOW)
    with pytest.raises(PermissionDenied):
        take_back(registration=own, by=standing.chi, at=NOW)
    stranger = member(standing, "Người Xã Khác", standing.foreign_chapter)
    other = Registration.objects.create(
        person=stranger, year=YEAR, unit=standing.foreign_chapter, group="residents", way="paper", registered_at=NOW
    )
    with pytest.raises(PermissionDenied):
        take_back(registration=other, by=standing.chi, at=NOW)


def test_a_list_from_a_spreadsheet_is_tried_first(standing, client):
    client.force_login(standing.chi)
    lines = [["Mã"], [standing.an.person.code], [standing.chi.person.code], ["KHONGCO1"]]
    page = client.post(reverse("registrations:sheet", args=[YEAR]), {"file": sheet(lines)}, follow=True)
    assert not Registration.objects.exists()
    client.post(page.redirect_chain[-1][0], {"way": "apply"}, follow=True)
    found = Registration.objects.get()
    assert (found.person, found.way) == (standing.an.person, "list")


def test_a_sheet_for_a_year_that_is_not_open_has_no_page(standing, client):
    client.force_login(standing.chi)
    assert client.get(reverse("registrations:sheet", args=[YEAR - 1])).status_code == 404


def test_of_two_records_the_earlier_registration_counts(standing):
    twin, an = member(standing, "Trần Thị An"), standing.an.person
    early, late = NOW - datetime.timedelta(days=3), NOW
    noted(standing, an, at=late)
    noted(standing, twin, at=early)
    merge_people(duplicate=twin, into=an, by=standing.dung, at=NOW)
    found = Registration.objects.get()
    assert (found.person, found.registered_at) == (an, early)


def test_papers_and_list_need_no_more_queries_for_more_people(standing, client):
    client.force_login(standing.chi)
    assert client.get(reverse("registrations:print_list")).content.startswith(b"%PDF")
    assert client.get(reverse("registrations:blank")).content.startswith(b"%PDF")
    assert_constant_queries(
        lambda: client.get(PEOPLE),
        lambda: [noted(standing, member(standing, f"Hội viên {number}")) for number in range(5)],
    )
