"""People who may be on record twice, and a new record after an erasure: who gets a title."""

import pytest
from django.core.exceptions import ValidationError
from django.test import override_settings
from django.urls import reverse
from wagtail.models import ModelLogEntry

from evaluation.recognition.actions import draft_decision, erase_titles, remove_line
from evaluation.recognition.models import DecisionLine, Title
from membership.actions import erase_person, find_doubles, keep_apart
from membership.actions.people import add_person
from membership.models import PossibleDouble, TargetGroup
from tests.evaluation.recognition.test_issuing import SIGNATURE, sign
from tests.factories.evaluation import AT, YEAR, another_member
from tests.factories.people import add_user
from tests.factories.recognition import dossier_scored, in_effect, title_of

REASON = "Đã gặp cả hai: anh em họ trùng tên"


@pytest.fixture
def suspects(world):
    """An and another member on one list, held to be one person until somebody settles it."""
    other = another_member(world.chapter, 1)
    pair = PossibleDouble.objects.create(
        one=world.an.person, other=other.person, probability=0.8, reasons=["same_name", "same_year"], found_at=AT
    )
    dossiers = [dossier_scored(user, world) for user in (world.an, other)]
    return pair, draft_decision(unit=world.commune, year=YEAR, dossiers=dossiers, by=world.lan, at=AT)


def test_suspects_get_their_titles_only_for_a_reason_that_is_kept_beside_each(world, suspects):
    _pair, draft = suspects
    with pytest.raises(ValidationError, match="80%: cùng họ tên, cùng năm sinh"):
        sign(draft, world.lan, despite_doubles=" ")
    assert not Title.objects.exists()
    sign(draft, world.lan, despite_doubles=REASON)
    assert set(DecisionLine.objects.values_list("despite_double", flat=True)) == {REASON}
    told = ModelLogEntry.objects.get(action="recognition.issue").data
    assert told["suspected"] == sorted(draft.lines.values_list("dossier_id", flat=True))


@pytest.mark.parametrize("is_on_list", [True, False])
def test_the_reason_goes_from_every_line_when_one_of_whom_it_speaks_is_erased(world, suspects, is_on_list):
    pair, draft = suspects
    if not is_on_list:
        remove_line(line=draft.lines.get(dossier__person=pair.other), by=world.lan, at=AT)
    sign(draft, world.lan, despite_doubles=REASON)
    erase_titles(person_ids=[pair.other_id], at=AT)
    assert set(DecisionLine.objects.values_list("despite_double", flat=True)) == {"—"}


def test_who_was_told_apart_is_no_suspect(world, suspects):
    pair, draft = suspects
    keep_apart(pair=pair, by=world.dung, at=AT)
    assert sign(draft, world.lan).titles.count() == 2


def test_the_page_shows_each_suspect_and_asks_why(world, suspects, client):
    pair, draft = suspects
    client.force_login(world.lan)
    page = client.get(draft.get_absolute_url())
    assert page.content.decode().count("Cả hai hồ sơ đều ở danh sách này.") == 4  # beside each line, and over the form
    address = reverse("recognition:issue", args=[draft.pk])
    signature = {**SIGNATURE, "signed_on": AT.date().isoformat(), "seen": page.context["form"]["seen"].value()}
    assert "despite_doubles" in client.post(address, signature).context["form"].errors
    pair.delete()
    assert client.post(address, signature | {"despite_doubles": REASON}).status_code == 422  # not what was seen
    assert not Title.objects.exists()


def test_another_record_that_holds_the_title_is_said_to(world):
    other = another_member(world.chapter, 1)
    title_of(other, world)
    PossibleDouble.objects.create(
        one=world.an.person, other=other.person, probability=0.8, reasons=["same_name"], found_at=AT
    )
    with pytest.raises(ValidationError, match="Hồ sơ kia đã có danh hiệu này"):
        in_effect(world, dossier_scored(world.an, world))


@override_settings(PERSON_HASH_KEY="key")
def test_a_registration_after_an_erasure_is_a_new_person_who_can_earn_the_title_again(world):
    """Decision 0125: nothing is left by which the two could be told to be one, and figures of the year count two."""
    citizen_id = "049162000007"
    about = {"birth_year": 1962, "group": TargetGroup.RESIDENTS, "unit": world.chapter, "citizen_id": citizen_id}
    first, again = (add_user(name, "Trần Thị Thoa") for name in ("thoa", "thoa-2"))
    for user in (first, again):
        user.person = add_person(full_name="Trần Thị Thoa", by=None, at=AT, **about)
        user.save()
        title_of(user, world)
        if user == first:
            erase_person(person=user.person, by=world.dung, at=AT)
    assert Title.objects.standing().filter(year=YEAR).count() == 2
    find_doubles(at=AT)
    assert not PossibleDouble.objects.of_people([first.person.pk, again.person.pk]).exists()
