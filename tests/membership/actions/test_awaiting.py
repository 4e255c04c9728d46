"""Who signed up names their chapter and waits for it; its officers answer, and nobody else."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from membership.actions import (
    accept_consent,
    ask_for_chapter,
    confirm_membership,
    decline_membership,
    load_consent_texts,
)
from membership.actions.awaiting import ASKS_AGAIN_AFTER
from membership.models import Membership, Person, Role
from tests.factories.people import START, add_user
from tests.queries import assert_constant_queries


@pytest.fixture
def newcomer(standing):
    user = add_user("moi", "Nguyễn Thị Mới")
    waits(user, standing.association)
    return user


def waits(user, unit):
    return Membership.objects.create(
        person=user.person, unit=unit, role=Role.MEMBER, valid_from=START, is_self_declared=True
    )


def agree(user, texts, at):
    for text in texts:
        accept_consent(person=user.person, text=text, by=user, at=at)


def places(user):
    open_ones = Membership.objects.filter(person=user.person, valid_to=None)
    return [(held.unit.code, held.is_self_declared) for held in open_ones.select_related("unit")]


def test_a_named_chapter_waits_and_is_confirmed_by_its_officer(standing, newcomer, at):
    asked = [ask_for_chapter(chapter=standing.chapter, by=newcomer, at=at) for _time in range(2)]
    assert asked[0] == asked[1]
    assert places(newcomer) == [("20242-01", True)]
    for other in (standing.ha, standing.an, standing.binh, newcomer):
        with pytest.raises((PermissionDenied, ValidationError)):
            confirm_membership(membership=asked[0], by=other, at=at)
    confirm_membership(membership=asked[0], by=standing.chi, at=at)
    assert places(newcomer) == [("20242-01", False)]
    with pytest.raises(PermissionDenied):
        ask_for_chapter(chapter=standing.other_chapter, by=newcomer, at=at)


def test_who_is_declined_waits_at_the_association_and_then_nowhere(standing, newcomer, at):
    asked = ask_for_chapter(chapter=standing.chapter, by=newcomer, at=at)
    with pytest.raises(PermissionDenied):
        decline_membership(membership=asked, by=standing.ha, at=at)
    for _time in range(2):
        decline_membership(membership=asked, by=standing.chi, at=at)
    assert places(newcomer) == [("20242-HKH", True)]
    back = Membership.objects.get(person=newcomer.person, valid_to=None)
    with pytest.raises(PermissionDenied):
        decline_membership(membership=back, by=standing.chi, at=at)
    decline_membership(membership=back, by=standing.dung, at=at)
    assert places(newcomer) == []


def test_who_was_declined_asks_again_only_after_days(standing, newcomer, client, at):
    asked = ask_for_chapter(chapter=standing.chapter, by=newcomer, at=at)
    decline_membership(membership=asked, by=standing.chi, at=at)
    with pytest.raises(ValidationError):
        ask_for_chapter(chapter=standing.other_chapter, by=newcomer, at=at + ASKS_AGAIN_AFTER / 2)
    assert places(newcomer) == [("20242-HKH", True)]
    ask_for_chapter(chapter=standing.other_chapter, by=newcomer, at=at + ASKS_AGAIN_AFTER)
    assert places(newcomer) == [(standing.other_chapter.code, True)]


def test_nobody_is_shown_before_they_agreed(standing, newcomer, client, at):
    ask_for_chapter(chapter=standing.chapter, by=newcomer, at=at)
    texts = load_consent_texts(by=None, at=at)
    client.force_login(standing.chi)
    desk = reverse("membership:joining")
    agree(standing.chi, texts, at)
    assert "Nguyễn Thị Mới" not in client.get(desk).content.decode()
    agree(newcomer, texts, at)
    assert "Nguyễn Thị Mới" in client.get(desk).content.decode()


def test_the_welcome_names_the_chapter_only_to_who_waits(standing, newcomer, client, at):
    client.force_login(newcomer)
    page, welcome = reverse("membership:chapter"), reverse("membership:welcome")
    assert page in client.get(welcome).content.decode()
    Membership.objects.filter(person=newcomer.person).update(valid_to=at.date())
    assert page not in client.get(welcome).content.decode()


def test_what_was_confirmed_is_not_declined(standing, newcomer, at):
    asked = ask_for_chapter(chapter=standing.chapter, by=newcomer, at=at)
    confirm_membership(membership=Membership.objects.get(pk=asked.pk), by=standing.chi, at=at)
    decline_membership(membership=asked, by=standing.chi, at=at)
    assert places(newcomer) == [("20242-01", False)]


def test_what_was_left_or_declined_while_an_officer_looked_is_not_confirmed(standing, newcomer, at):
    seen = Membership.objects.get(person=newcomer.person)
    asked = ask_for_chapter(chapter=standing.chapter, by=newcomer, at=at)
    looked_at = Membership.objects.get(pk=asked.pk)
    decline_membership(membership=asked, by=standing.chi, at=at)
    for stale, officer in ((seen, standing.dung), (looked_at, standing.chi)):
        with pytest.raises(ValidationError):
            confirm_membership(membership=stale, by=officer, at=at)
    assert not Membership.objects.filter(person=newcomer.person, is_self_declared=False).exists()


def test_only_chapters_of_the_own_commune_are_asked_for(standing, newcomer, at):
    for unit in (standing.foreign_chapter, standing.association, standing.province):
        with pytest.raises(PermissionDenied):
            ask_for_chapter(chapter=unit, by=newcomer, at=at)
    with pytest.raises(PermissionDenied):
        ask_for_chapter(chapter=standing.chapter, by=standing.an, at=at)
    assert places(newcomer) == [("20242-HKH", True)]


def test_who_restricted_their_data_is_led_to_no_page_that_they_have_not(standing, newcomer, client, at):
    page, account = reverse("membership:chapter"), reverse("membership:account")
    client.force_login(newcomer)
    assert page in client.get(account).content.decode()
    Person.objects.filter(pk=newcomer.person_id).update(restricted_at=at)
    assert page not in client.get(account).content.decode()
    assert client.get(page).status_code == 404


def test_the_pages_of_both(standing, newcomer, client, at):
    page = reverse("membership:chapter")
    client.force_login(newcomer)
    assert client.post(page, {"chapter": standing.foreign_chapter.pk}).status_code == 422
    assert client.post(page, {"chapter": standing.chapter.pk}).status_code == 302
    desk = reverse("membership:joining")
    assert client.get(desk).status_code == 404
    client.force_login(standing.an)
    assert client.get(page).status_code == 404
    client.force_login(standing.ha)
    assert "Nguyễn Thị Mới" not in client.get(desk).content.decode()
    client.force_login(standing.chi)
    assert "Nguyễn Thị Mới" in client.get(desk).content.decode()
    assert_constant_queries(
        lambda: client.get(desk), lambda: [waits(add_user(f"m{n}", f"Lê Mới {n}"), standing.chapter) for n in range(5)]
    )
    asked = Membership.objects.get(person=newcomer.person, valid_to=None)
    client.post(desk, {"do": "confirm", "row": [asked.pk]})
    assert places(newcomer) == [("20242-01", False)]
