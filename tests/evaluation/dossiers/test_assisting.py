import datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from evaluation.criteria.actions import begin_scoring, continue_scoring
from evaluation.criteria.models import SuggestedScores
from evaluation.dossiers.actions import (
    OwnEntry,
    confirm_assisted,
    confirmation_code,
    last_day,
    open_dossier,
    save_own,
    set_deadline,
    submit,
)
from evaluation.dossiers.actions.guards import RefusedError
from evaluation.dossiers.models import Dossier
from membership.models import FileAccess
from tests.factories.evaluation import AT, YEAR, draft_dossier, member_without_account
from tests.queries import assert_constant_queries

DAY = datetime.timedelta(days=1)
EIGHTS = [OwnEntry(number, Decimal(8)) for number in range(1, 11)]


@pytest.fixture
def person(world):
    return member_without_account(world.chapter)


@pytest.fixture
def dossier(world, person):
    dossier = open_dossier(person=person, year=YEAR, by=world.chi, at=AT)
    return save_own(dossier=dossier, entries=EIGHTS, by=world.chi, at=AT)


def test_the_signed_code_confirms_and_lets_it_go_on(world, dossier):
    confirm_assisted(dossier=dossier, code=confirmation_code(dossier), by=world.chi, at=AT)
    submit(dossier=dossier, by=world.chi, at=AT)
    assert (dossier.state, dossier.is_assisted) == ("in_review", True)
    assert dossier.confirmed_how == Dossier.Confirmation.CODE


def test_a_second_officer_confirms(world, dossier):
    confirm_assisted(dossier=dossier, by=world.dung, at=AT)
    assert (dossier.confirmed_by, dossier.confirmed_how) == (world.dung, Dossier.Confirmation.SECOND_OFFICER)


def test_confirming_twice_keeps_the_first(world, dossier):
    confirm_assisted(dossier=dossier, by=world.dung, at=AT)
    confirm_assisted(dossier=dossier, code=confirmation_code(dossier), by=world.chi, at=AT + DAY)
    assert dossier.confirmed_by == world.dung
    assert ModelLogEntry.objects.filter(action="dossiers.confirm").count() == 1


def test_what_is_changed_afterwards_is_confirmed_anew(world, dossier):
    code = confirmation_code(dossier)
    confirm_assisted(dossier=dossier, code=code, by=world.chi, at=AT)
    save_own(dossier=dossier, entries=[OwnEntry(1, Decimal(9))], by=world.chi, at=AT)
    assert dossier.confirmed_at is None
    assert confirmation_code(dossier) != code
    with pytest.raises(RefusedError):
        confirm_assisted(dossier=dossier, code=code, by=world.chi, at=AT)


def test_the_person_needs_no_confirmation_for_what_they_hand_in_themselves(world):
    assert submit(dossier=draft_dossier(world.an), by=world.an, at=AT).confirmed_at is None


# --- Deadlines ------------------------------------------------------------------------------------


def test_the_nearest_unit_says_until_when(world):
    set_deadline(unit=world.association, year=YEAR, last_day=AT.date() + DAY, by=world.dung, at=AT)
    set_deadline(unit=world.commune, year=YEAR, last_day=AT.date() + 9 * DAY, by=world.giang, at=AT)
    assert last_day(world.chapter, YEAR) == AT.date() + DAY
    assert last_day(world.commune, YEAR) == AT.date() + 9 * DAY
    assert last_day(world.foreign_chapter, YEAR) is None


def test_late_is_refused_until_the_day_is_moved(world):
    dossier = draft_dossier(world.an)
    set_deadline(unit=world.association, year=YEAR, last_day=AT.date() - DAY, by=world.dung, at=AT)
    with pytest.raises(RefusedError):
        submit(dossier=dossier, by=world.an, at=AT)
    set_deadline(unit=world.association, year=YEAR, last_day=AT.date(), by=world.dung, at=AT)
    assert submit(dossier=dossier, by=world.an, at=AT).state == "in_review"
    assert ModelLogEntry.objects.filter(action="dossiers.set_deadline").count() == 2


# --- Pages ----------------------------------------------------------------------------------------


def test_an_officer_opens_writes_confirms_and_hands_in(world, person, client):
    client.force_login(world.chi)
    assert person.full_name in client.get("/danh-gia/ho-tro/").content.decode()
    opened = client.post(f"/danh-gia/ho-tro/mo/{person.pk}/")
    page = opened.headers["Location"]
    for number in range(1, 11):
        client.post(f"{page}chi-so/{number}/", {f"{number}-points": "8"})
    assert f"{page}nop/" in client.get(page).content.decode()
    dossier = Dossier.objects.get(person=person)
    refused = client.post(f"{page}nop/", {"confirm": "code", "code": "12"}, follow=True)
    assert "dossiers.refused" in ModelLogEntry.objects.values_list("action", flat=True)
    assert b'name="code"' in refused.content
    paper = client.get(f"{page}phieu/").content.decode()
    assert confirmation_code(dossier) in paper
    client.post(f"{page}nop/", {"confirm": "code", "code": confirmation_code(dossier)})
    client.post(f"{page}nop/")
    dossier.refresh_from_db()
    assert dossier.state == "in_review"


def test_one_indicator_is_saved_for_the_person(world, dossier, client):
    client.force_login(world.chi)
    client.post(f"/danh-gia/ho-tro/{dossier.pk}/chi-so/3/", {"3-points": "9.5", "3-note": "Đi họp thôn"})
    assert dossier.scores.get(indicator__number=3).self_points == Decimal("9.5")


def test_who_looked_at_one_indicator_for_the_person_is_noted(world, dossier, client):
    client.force_login(world.chi)
    client.get(f"/danh-gia/ho-tro/{dossier.pk}/chi-so/4/")
    seen = FileAccess.objects.get()
    assert (seen.user, seen.person, seen.what) == (world.chi, dossier.person, "dossier")


@pytest.mark.parametrize(("name", "status"), [("an", 404), ("lan", 404), ("ha", 404), ("dung", 200)])
def test_who_may_write_for_others(world, dossier, client, name, status):
    client.force_login(getattr(world, name))
    assert client.get(f"/danh-gia/ho-tro/{dossier.pk}/").status_code == status


def test_what_people_write_themselves_is_not_on_an_officers_desk(world, client):
    own = draft_dossier(world.an)
    client.force_login(world.chi)
    assert client.get(f"/danh-gia/ho-tro/{own.pk}/").status_code == 404
    assert "Trần Thị An" not in client.get("/danh-gia/ho-tro/").content.decode()


def test_the_list_says_what_evidence_suggested_once_everyone_was_scored(world, person, client):
    client.force_login(world.chi)
    assert client.get("/danh-gia/ho-tro/").context["scored_at"] is None

    year = timezone.localdate().year
    [run] = begin_scoring(year=year, day=timezone.localdate(), parts=1, at=AT)
    assert client.get("/danh-gia/ho-tro/").context["scored_at"] is None
    continue_scoring(run=run, clock=lambda: AT)
    SuggestedScores.objects.filter(person=person.pk).update(total_tenths=85)

    page = client.get("/danh-gia/ho-tro/").content.decode()
    assert "8,5" in page
    assert "09:00 20/11/2026" in page


def test_the_list_of_people_keeps_its_queries(world, client):
    client.force_login(world.dung)
    member_without_account(world.chapter)
    assert_constant_queries(
        lambda: client.get("/danh-gia/ho-tro/"), lambda: [member_without_account(world.chapter) for _n in range(9)]
    )


# --- The printed form -----------------------------------------------------------------------------


def scan_address(page):
    start = page.index("/phieu/", page.index("<img"))
    return page[start : page.index(".svg", start)] + "/"


def test_the_printed_code_leads_each_to_their_page(world, client):
    own = draft_dossier(world.an)
    client.force_login(world.an)
    page = client.get(f"/tu-danh-gia/{YEAR}/phieu/").content.decode()
    address = scan_address(page)
    assert client.get(address).headers["Location"] == f"/tu-danh-gia/{YEAR}/"
    picture = client.get(address.removesuffix("/") + ".svg")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    client.force_login(world.chi)
    assert client.get(address).status_code == 404  # a draft is nobody else's business
    client.force_login(world.an)
    submit(dossier=own, by=world.an, at=AT)
    client.force_login(world.chi)
    assert client.get(address).headers["Location"] == f"/danh-gia/ho-so/{own.pk}/"
    client.force_login(world.ha)
    assert client.get(address).status_code == 404


def test_a_paper_written_with_help_leads_back_to_the_officers_desk(world, dossier, client):
    client.force_login(world.chi)
    address = scan_address(client.get(f"/danh-gia/ho-tro/{dossier.pk}/phieu/").content.decode())
    assert client.get(address).headers["Location"] == f"/danh-gia/ho-tro/{dossier.pk}/"


def test_a_changed_token_leads_nowhere(world, client):
    client.force_login(world.an)
    assert client.get("/phieu/12:abc/").status_code == 404
