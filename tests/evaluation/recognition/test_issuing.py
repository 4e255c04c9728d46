import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from evaluation.dossiers.actions import draw_sample, return_to_person
from evaluation.dossiers.export import dossiers_part
from evaluation.dossiers.models import Dossier
from evaluation.dossiers.outliers import standing_out
from evaluation.recognition.actions import draft_decision, remove_line, revoke
from evaluation.recognition.models import Decision, Title
from evaluation.recognition.querysets import ready_dossiers
from evaluation.recognition.readiness import LIST_DIFFERS
from membership.models import Role
from tests.factories.evaluation import AT, YEAR, another_member
from tests.factories.people import add_user, grant
from tests.factories.recognition import dossier_scored, in_effect, issue_with_effect, take_effect, title_of
from tests.laid import laid_once

SIGNATURE = {
    "number": "125/QĐ-UBND",
    "signed_on": AT.date(),
    "signer_name": "Đặng Thị Lan",
    "signer_title": "Chủ tịch",
    "bases": "Căn cứ Quyết định số 677/QĐ-TTg ngày 03 tháng 6 năm 2022;",
}


@pytest.fixture
@laid_once
def draft(world):
    dossier = dossier_scored(world.an, world)
    return draft_decision(unit=world.commune, year=YEAR, dossiers=[dossier], by=world.lan, at=AT)


def sign(draft, by, **changes):
    return issue_with_effect(decision=draft, by=by, at=AT, **{**SIGNATURE, **changes})


def test_issuing_decides_each_dossier_and_gives_each_a_title(world):
    people = [world.an, another_member(world.chapter, 1)]
    decision = in_effect(world, *[dossier_scored(person, world) for person in people])
    titles = Title.objects.filter(decision=decision)
    assert {title.person for title in titles} == {person.person for person in people}
    assert {title.dossier.state for title in titles} == {Dossier.State.RECOGNISED}
    assert sorted(title.number for title in titles) == ["01-125/QĐ-UBND", "02-125/QĐ-UBND"]
    assert {title.total for title in titles} == {80}
    assert ModelLogEntry.objects.filter(action="recognition.issue").count() == 1


def test_numbers_follow_the_order_of_given_names(world):
    binh = add_user("anh-binh", "Đỗ An Bình")
    grant(binh, Role.MEMBER, world.chapter)
    in_effect(world, *[dossier_scored(person, world) for person in (binh, world.an)])
    names = Title.objects.order_by("number").values_list("person__full_name", flat=True)
    assert list(names) == ["Trần Thị An", "Đỗ An Bình"]


def test_issuing_twice_gives_one_result(world, draft):
    once = sign(draft, world.lan)
    again = sign(draft, world.lan, number="999/QĐ-UBND")
    assert (once, once.number) == (again, again.number)
    assert Title.objects.count() == 1


def test_only_a_recogniser_of_the_unit_issues(world, draft):
    for stranger in (world.dung, world.chi, world.giang, world.minh, world.an):
        with pytest.raises(PermissionDenied):
            sign(draft, stranger)
    assert not Title.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"signed_on": AT.date() + datetime.timedelta(days=1)},
        {"signed_on": datetime.date(YEAR - 1, 12, 31)},
        {"number": "  "},
        {"signer_name": ""},
        {"signer_title": " "},
    ],
)
def test_a_broken_signature_is_refused_and_leaves_the_draft(world, draft, change):
    with pytest.raises(ValidationError):
        sign(draft, world.lan, **change)
    assert Decision.objects.get().is_draft
    assert not Title.objects.exists()


def test_a_number_is_used_once_a_year(world, draft):
    sign(draft, world.lan)
    other = dossier_scored(another_member(world.chapter, 1), world)
    second = draft_decision(unit=world.commune, year=YEAR, dossiers=[other], by=world.lan, at=AT)
    with pytest.raises(ValidationError):
        sign(second, world.lan, signed_on=AT.date() - datetime.timedelta(days=2))


def test_an_empty_list_is_not_issued(world, draft):
    draft.lines.all().delete()
    with pytest.raises(ValidationError):
        sign(draft, world.lan)


def test_a_dossier_sent_back_meanwhile_stops_the_whole_decision(world, draft):
    return_to_person(dossier=draft.lines.get().dossier, reason="Bổ sung", by=world.lan, at=AT)
    with pytest.raises(ValidationError, match=world.an.person.full_name):
        sign(draft, world.lan)
    assert not Title.objects.exists()


def two_of_whom_one_was_sent_back(world):
    dossiers = [dossier_scored(person, world) for person in (world.an, another_member(world.chapter, 1))]
    decision = draft_decision(unit=world.commune, year=YEAR, dossiers=dossiers, by=world.lan, at=AT)
    sent_back, other = dossiers
    return_to_person(dossier=sent_back, reason="Bổ sung", by=world.lan, at=AT)
    return decision, sent_back, other


def test_those_against_whom_something_stands_are_left_and_the_others_have_their_titles(world):
    decision, sent_back, other = two_of_whom_one_was_sent_back(world)
    with pytest.raises(ValidationError, match=world.an.person.full_name):
        sign(decision, world.lan)
    sign(decision, world.lan, without=[sent_back.pk])
    assert Title.objects.get().dossier == other
    following = Decision.objects.get(issued_at=None)
    assert following.lines.get().dossier == sent_back


def test_the_page_names_each_before_one_presses_and_lets_the_rest_go_on(world, client):
    decision, _sent_back, other = two_of_whom_one_was_sent_back(world)
    client.force_login(world.lan)
    page = client.get(decision.get_absolute_url())
    assert [line.name_shown for line, _why in page.context["against"]] == [world.an.person.full_name]
    address = reverse("recognition:issue", args=[decision.pk])
    signature = {**SIGNATURE, "signed_on": AT.date().isoformat(), "seen": page.context["form"]["seen"].value()}
    assert client.post(address, signature).status_code == 422
    assert client.post(address, signature | {"leaves": "on", "seen": "other"}).status_code == 422
    assert not Title.objects.exists()
    assert client.post(address, signature | {"leaves": "on"}).status_code == 302
    take_effect(decision, by=world.lan, at=timezone.now())
    assert Title.objects.get().dossier == other


@pytest.mark.parametrize("change", ["added", "taken off"])
def test_a_list_that_changed_since_its_page_was_seen_is_shown_again_and_not_issued(world, client, draft, change):
    """Who was put onto the draft after the signer had looked at it got a title that stood on no signed paper."""
    late = dossier_scored(another_member(world.chapter, 1), world)
    if change == "taken off":
        draft_decision(unit=world.commune, year=YEAR, dossiers=[late], by=world.lan, at=AT)
    client.force_login(world.lan)
    page = client.get(draft.get_absolute_url())
    seen = page.context["form"]["seen"].value()
    listed = list(draft.lines.values_list("dossier_id", flat=True))
    if change == "taken off":
        remove_line(line=draft.lines.get(dossier=late), by=world.lan, at=AT)
    else:
        draft_decision(unit=world.commune, year=YEAR, dossiers=[late], by=world.lan, at=AT)
    address = reverse("recognition:issue", args=[draft.pk])
    signature = {**SIGNATURE, "signed_on": AT.date().isoformat()}
    refused = client.post(address, signature | {"seen": seen})
    assert (refused.status_code, refused.context["form"].non_field_errors()) == (422, [str(LIST_DIFFERS)])
    with override("en"), pytest.raises(ValidationError, match="not the list"):
        sign(draft, world.lan, listed=listed)
    assert not Title.objects.exists()
    shown = refused.context["form"]["seen"].value()
    assert client.post(address, signature | {"seen": shown}).status_code == 302
    take_effect(draft, by=world.lan, at=timezone.now())
    assert Title.objects.count() == draft.lines.count()


def test_what_came_after_the_list_was_made_is_named_not_recognised(world, draft):
    """Later evidence stood in no definition of ready but one: the list was refused whole, without a name."""
    Dossier.objects.update(stale_since=AT)
    with pytest.raises(ValidationError, match=world.an.person.full_name):
        sign(draft, world.lan)
    assert not Dossier.objects.ready_for_decision().exists()
    assert not ready_dossiers(world.lan).exists()


def test_nobody_issues_a_decision_about_themselves(world):
    other = another_member(world.chapter, 1)
    grant(other, Role.RECOGNISER, world.commune)
    dossiers = [dossier_scored(person, world) for person in (world.an, other)]
    draft = draft_decision(unit=world.commune, year=YEAR, dossiers=dossiers, by=world.lan, at=AT)
    with pytest.raises(ValidationError):
        sign(draft, other)
    assert {dossier.state for dossier in Dossier.objects.all()} == {Dossier.State.IN_REVIEW}


def test_a_title_is_revoked_with_a_reason_once(world):
    title = title_of(world.an, world)
    revoke(title=title, reason="Minh chứng không đúng", by=world.lan, at=AT)
    later = revoke(title=title, reason="Lý do khác", by=world.lan, at=AT + datetime.timedelta(days=1))
    assert (later.revoked_at, later.revoked_reason, later.revoked_by) == (AT, "Minh chứng không đúng", world.lan)
    assert not Title.objects.standing().exists()
    assert ModelLogEntry.objects.filter(action="recognition.revoke").count() == 1


def test_only_a_recogniser_of_the_unit_revokes(world):
    title = title_of(world.an, world)
    grant(world.ha, Role.RECOGNISER, world.foreign_commune)
    for stranger in (world.dung, world.giang, world.ha, world.an):
        with pytest.raises(PermissionDenied):
            revoke(title=title, reason="Không", by=stranger, at=AT)
    assert not Title.objects.get().is_revoked


def test_revoking_needs_a_reason_and_another_person(world):
    grant(world.an, Role.RECOGNISER, world.commune)
    title = title_of(world.an, world)
    with pytest.raises(ValidationError):
        revoke(title=title, reason="  ", by=world.lan, at=AT)
    with pytest.raises(ValidationError):
        revoke(title=title, reason="Tôi xin thôi", by=world.an, at=AT)


def test_the_database_keeps_one_title_a_year_and_no_revocation_without_reason(world):
    title = title_of(world.an, world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Title.objects.filter(pk=title.pk).update(revoked_at=AT, revoked_by=world.lan)


def test_a_revoked_title_reads_so_wherever_its_dossier_is_shown(world, client):
    title = title_of(world.an, world)
    other = title_of(another_member(world.chapter, 1), world)
    revoke(title=title, reason="Minh chứng không đúng", by=world.lan, at=AT)
    dossier = Dossier.objects.get(pk=title.dossier_id)
    assert (dossier.state, dossier.is_decided) == (Dossier.State.REVOKED, True)
    assert Dossier.objects.get(pk=other.dossier_id).state == Dossier.State.RECOGNISED
    standing = next(row for row in standing_out(world.giang, YEAR) if row.unit == world.chapter)
    assert (standing.decided, standing.recognised, standing.revoked) == (2, 1, 1)
    assert dossiers_part(world.an.person)["dossiers"][0]["state"] == "revoked"
    sample = draw_sample(unit=world.commune, year=YEAR, percent=100, by=world.giang, at=AT)
    pages = {
        world.an: [reverse("dossiers:mine"), reverse("dossiers:self_assessment", args=[YEAR])],
        world.lan: [reverse("dossiers:review", args=[dossier.pk]), reverse("dossiers:queue") + "?state=all"],
        world.giang: [reverse("dossiers:sample", args=[sample.pk]), reverse("dossiers:outliers") + f"?nam={YEAR}"],
    }
    for user, addresses in pages.items():
        client.force_login(user)
        for page in addresses:
            assert "thu hồi" in client.get(page).content.decode(), page
