import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from pytest_django.asserts import assertContains, assertNotContains

from evaluation.dossiers.actions import answer_appeal, decide, file_appeal, forward, submit
from evaluation.dossiers.models import Dossier, Meeting
from evaluation.recognition.actions import revoke
from evaluation.recognition.models import Title
from evaluation.reporting.figures import figures
from membership.actions import merge_people
from membership.models import Role
from tests.factories.evaluation import (
    AT,
    YEAR,
    another_member,
    dossier_before_recogniser,
    evidence_for,
    member_without_account,
)
from tests.factories.recognition import dossier_scored, in_effect, title_of


def merge(standing, duplicate, into):
    merge_people(duplicate=duplicate.person, into=into.person, by=standing.dung, at=AT)


def titled_in(unit):
    return figures(unit, YEAR, AT.date())[3].denominator


def test_a_title_goes_along_with_the_record_that_stays(world):
    title = title_of(world.an, world)
    merge(world, world.an, another_member(world.chapter, 1))
    merge_target = Title.objects.get(pk=title.pk).person
    assert merge_target.full_name == "Nguyễn Văn Người 1"
    assert titled_in(world.chapter) == 1


def test_what_an_officer_saw_for_the_other_record_becomes_their_own_word(world):
    other = another_member(world.chapter, 1).person
    seen = evidence_for(
        other, kind="external_certificate", verification="document_seen", details={"confirmed_by": world.chi.pk}
    )
    noticed = evidence_for(other, kind="observation", source="officer", details={"observed_by": world.chi.pk})
    foreign = evidence_for(
        other, kind="attendance", verification="document_seen", details={"how": "list", "noted_by": world.dung.pk}
    )
    merge_people(duplicate=other, into=world.chi.person, by=world.giang, at=AT)
    assert (seen.superseded_by.verification, seen.superseded_by.source) == ("none", "self")
    assert (noticed.superseded_by.kind, noticed.superseded_by.source) == ("declaration", "self")
    assert foreign.superseded_by.verification == "document_seen"


def test_a_title_that_one_judged_oneself_is_revoked_before_the_records_become_one(world):
    """Chi forwarded the dossier of a record that turns out to be her own."""
    title = title_of(world.an, world)
    with pytest.raises(ValidationError, match=title.number):
        merge_people(duplicate=world.an.person, into=world.chi.person, by=world.giang, at=AT)
    revoke(title=title, reason="Hai hồ sơ của một người", by=world.lan, at=AT)
    merge_people(duplicate=world.an.person, into=world.chi.person, by=world.giang, at=AT)
    assert Title.objects.get(pk=title.pk).person == world.chi.person


def test_a_dossier_that_one_judged_oneself_begins_anew(world):
    dossier = dossier_before_recogniser(world.an, world.chi, world.dung)
    merge_people(duplicate=world.an.person, into=world.chi.person, by=world.giang, at=AT)
    assert Dossier.objects.get(pk=dossier.pk).state == Dossier.State.SET_ASIDE


def sat_without_an_account(world, dossier):
    """A record that nobody signs in with, present at a meeting of the association on the dossier."""
    sitter = member_without_account(world.chapter)
    meeting = Meeting.objects.create(
        step=dossier.chain.steps.get(role=Role.COMMUNE_OFFICER), unit=world.association, year=YEAR, held_at=AT,
        place="Hội trường", chair=world.dung.person, secretary=sitter, called_by=world.dung, called_at=AT,
        closed_by=world.dung, closed_at=AT,
    )  # fmt: skip
    meeting.lines.create(dossier=dossier)
    meeting.attendances.create(person=sitter, is_present=True)
    return sitter


def test_whoever_sat_in_the_meeting_under_the_other_record_judged_it_too(world):
    """Who was judged has an account, who sat had none: looking through accounts found nobody."""
    title = title_of(world.an, world)
    sitter = sat_without_an_account(world, title.dossier)
    with pytest.raises(ValidationError, match=title.number):
        merge_people(duplicate=sitter, into=world.an.person, by=world.giang, at=AT)


def test_a_dossier_on_which_the_other_record_sat_begins_anew(world):
    dossier = dossier_before_recogniser(world.an, world.chi, world.dung)
    merge_people(duplicate=sat_without_an_account(world, dossier), into=world.an.person, by=world.giang, at=AT)
    assert Dossier.objects.get(pk=dossier.pk).state == Dossier.State.SET_ASIDE


@pytest.fixture
def twins(world):
    """An, and a second record of hers; each with the title of the year."""
    other = another_member(world.chapter, 1)
    return other, [title_of(user, world) for user in (world.an, other)]


def test_two_titles_of_one_year_stop_the_merge_until_one_is_revoked(world, twins):
    other, (first, second) = twins
    with pytest.raises(ValidationError, match=f"{first.number}.*{second.number}.*thu hồi một danh hiệu trước"):
        merge(world, world.an, other)
    revoke(title=first, reason="Hai hồ sơ của một người", by=world.lan, at=AT)
    merge(world, world.an, other)
    assert set(Title.objects.values_list("person", "identity")) == {(other.person.pk, other.person.pk)}
    assert set(Dossier.objects.counting().values_list("person", "state")) == {
        (other.person.pk, "revoked"), (other.person.pk, "recognised"),
    }  # fmt: skip
    assert titled_in(world.chapter) == 1


def test_the_database_lets_nobody_hold_two_titles_of_a_year(world, twins):
    other, (first, _second) = twins
    with pytest.raises(IntegrityError), transaction.atomic():
        Title.objects.filter(pk=first.pk).update(identity=other.person)


def test_after_a_revocation_another_title_can_be_given(world):
    first = title_of(world.an, world)
    revoke(title=first, reason="Tính nhầm", by=world.lan, at=AT)
    second = in_effect(world, dossier_scored(world.an, world), number="200/QĐ-UBND").titles.get()
    assert second.dossier != first.dossier
    assert (second.identity, second.year) == (world.an.person, YEAR)
    assert list(Title.objects.standing()) == [second]


def test_whoever_holds_the_title_from_the_other_record_is_named_and_not_put_on_a_list(world):
    """The record that stays was refused, its appeal is granted after the merge brought the other one's title."""
    dossier, other = dossier_before_recogniser(world.an, world.chi, world.dung), another_member(world.chapter, 1)
    decide(dossier=dossier, is_recognised=False, reason="Chưa đủ", by=world.lan, at=AT)
    title = title_of(other, world)
    merge(world, other, world.an)
    appeal = file_appeal(dossier=dossier, reason="Tôi có thêm minh chứng", by=world.an, at=AT)
    answer_appeal(appeal=appeal, is_granted=True, answer="Xem lại", by=world.giang, at=AT)
    dossier.refresh_from_db()
    submit(dossier=dossier, by=world.an, at=AT)
    for officer in (world.chi, world.dung):
        forward(dossier=dossier, by=officer, at=AT)
    with pytest.raises(ValidationError, match="Đã có danh hiệu của năm này"):
        in_effect(world, dossier)
    revoke(title=title, reason="Hai hồ sơ của một người", by=world.lan, at=AT)
    assert in_effect(world, dossier).titles.get().identity == world.an.person


def test_whoever_lost_the_title_begins_anew_from_their_page(client, world):
    revoke(title=title_of(world.an, world), reason="Tính nhầm", by=world.lan, at=AT)
    client.force_login(world.an)
    page = f"/tu-danh-gia/{YEAR}/"
    assertContains(client.get(page), "Bắt đầu hồ sơ mới")
    client.post(page)
    assert Dossier.objects.of_year(world.an.person, YEAR).first().state == Dossier.State.DRAFT
    assertNotContains(client.get(page), "Bắt đầu hồ sơ mới")
