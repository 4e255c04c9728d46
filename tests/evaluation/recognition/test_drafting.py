import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from wagtail.models import ModelLogEntry

from evaluation.dossiers.actions import return_to_person
from evaluation.dossiers.models import Dossier
from evaluation.recognition.actions import draft_decision, remove_line
from evaluation.recognition.models import Decision, DecisionLine
from evaluation.recognition.querysets import ready_dossiers
from evaluation.recognition.readiness import problems, with_scores
from membership.actions import confirm_membership
from membership.models import Membership, Role
from tests.factories.evaluation import AT, YEAR, another_member, submitted_dossier
from tests.factories.people import grant
from tests.factories.recognition import PASSING, dossier_scored, in_effect

AT_THRESHOLD = PASSING  # 80
HALF_A_POINT_SHORT = ("8",) * 9 + ("7.5",)  # 79.5
BELOW_THE_FLOOR = ("8.5",) * 7 + ("8", "8", "4.5")  # 80, one of them below 5


def draft(standing, *dossiers, by=None):
    return draft_decision(unit=standing.commune, year=YEAR, dossiers=dossiers, by=by or standing.lan, at=AT)


def test_recogniser_puts_a_passed_dossier_on_a_list(world):
    dossier = dossier_scored(world.an, world)
    decision = draft(world, dossier)
    assert [line.dossier for line in decision.lines.all()] == [dossier]
    entry = ModelLogEntry.objects.get(action="recognition.draft_decision")
    assert entry.data == {"dossiers": [dossier.pk]}


def test_drafting_twice_gives_one_list_and_one_line(world):
    dossier = dossier_scored(world.an, world)
    assert draft(world, dossier) == draft(world, dossier)
    assert DecisionLine.objects.count() == 1


def test_later_dossiers_join_the_open_list_of_the_year(world):
    first = draft(world, dossier_scored(world.an, world))
    second = draft(world, dossier_scored(another_member(world.chapter, 1), world))
    assert first == second
    assert first.lines.count() == 2


def test_a_dossier_of_an_issued_decision_answers_with_that_decision(world):
    dossier = dossier_scored(world.an, world)
    decision = in_effect(world, dossier)
    assert draft(world, dossier) == decision
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("name", ["an", "chi", "dung", "giang", "minh", "ha", "binh"])
def test_only_a_recogniser_of_the_unit_drafts(world, name):
    dossier = dossier_scored(another_member(world.chapter, 1), world)
    with pytest.raises(PermissionDenied):
        draft(world, dossier, by=getattr(world, name))
    assert not Decision.objects.exists()


def test_a_recogniser_elsewhere_is_refused(world):
    grant(world.ha, Role.RECOGNISER, world.foreign_commune)
    with pytest.raises(PermissionDenied):
        draft(world, dossier_scored(world.an, world), by=world.ha)


def test_a_dossier_that_has_not_come_so_far_is_refused_with_the_name(world):
    with pytest.raises(ValidationError, match=world.an.person.full_name):
        draft(world, submitted_dossier(world.an))


@pytest.mark.parametrize("points", [HALF_A_POINT_SHORT, BELOW_THE_FLOOR])
def test_scores_that_do_not_pass_are_refused(world, points):
    dossier = dossier_scored(world.an, world, points)
    with pytest.raises(ValidationError):
        draft(world, dossier)
    assert list(ready_dossiers(world.lan)) == []


def test_who_only_signed_up_gets_no_title_until_an_officer_confirms(world):
    dossier = dossier_scored(world.an, world)
    held = Membership.objects.filter(person=dossier.person)
    held.update(is_self_declared=True)
    with pytest.raises(ValidationError, match="tự khai"):
        draft(world, dossier)
    assert list(ready_dossiers(world.lan)) == []
    confirm_membership(membership=held.get(), by=world.dung, at=AT)
    assert draft(world, dossier).lines.count() == 1


def test_exactly_the_threshold_passes(world):
    dossier = dossier_scored(world.an, world, AT_THRESHOLD)
    assert list(ready_dossiers(world.lan)) == [dossier]
    assert draft(world, dossier).lines.count() == 1


def test_one_refused_dossier_keeps_all_off_the_list(world):
    good = dossier_scored(world.an, world)
    bad = dossier_scored(another_member(world.chapter, 1), world, HALF_A_POINT_SHORT)
    with pytest.raises(ValidationError):
        draft(world, good, bad)
    assert not DecisionLine.objects.exists()


def test_nobody_drafts_a_list_with_their_own_dossier(world):
    grant(world.lan, Role.MEMBER, world.chapter)
    own = dossier_scored(world.lan, world)
    with pytest.raises(ValidationError):
        draft(world, own)
    assert own not in ready_dossiers(world.lan)


def test_nobody_drafts_what_they_judged_in_another_body(world):
    grant(world.chi, Role.RECOGNISER, world.commune)
    dossier = dossier_scored(world.an, world)
    with pytest.raises(ValidationError):
        draft(world, dossier, by=world.chi)
    assert dossier not in ready_dossiers(world.chi)


def test_an_empty_choice_is_refused(world):
    with pytest.raises(ValidationError):
        draft(world)


def test_what_is_listed_as_ready_is_exactly_what_may_be_drafted(world, client):
    grant(world.lan, Role.MEMBER, world.chapter)
    everything = [
        dossier_scored(world.an, world),
        dossier_scored(world.lan, world),
        dossier_scored(another_member(world.chapter, 1), world, HALF_A_POINT_SHORT),
        dossier_scored(another_member(world.chapter, 2), world, BELOW_THE_FLOOR),
        submitted_dossier(another_member(world.chapter, 3)),
        *[dossier_scored(another_member(world.chapter, number), world) for number in (4, 5, 6)],
    ]
    *_others, unseen, unreviewed, _ready = everything
    Dossier.objects.filter(pk=unseen.pk).update(stale_since=AT)
    unreviewed.scores.filter(indicator__number=3).update(reviewed_points=None)
    found = problems(with_scores(d.pk for d in everything), unit=world.commune, year=YEAR, by=world.lan)
    assert {dossier.pk for dossier in ready_dossiers(world.lan)} == {d.pk for d in everything} - set(found)
    assert len(found) == 6
    client.force_login(world.lan)
    queue = client.get(reverse("dossiers:queue"))
    assert queue.context["table"].choosable == set(ready_dossiers(world.lan).values_list("pk", flat=True))
    shown = [client.get(reverse("dossiers:review", args=[pk])).context for pk in found]
    said = [one["against"] for one in shown if one["is_my_turn"]]
    assert said
    assert all(said)


def test_what_stands_against_a_list_costs_the_same_whatever_its_length(world, django_assert_num_queries):
    dossiers = [dossier_scored(another_member(world.chapter, number), world) for number in range(3)]
    for chosen in (dossiers[:1], dossiers):
        with django_assert_num_queries(4):
            problems(chosen, unit=world.commune, year=YEAR, by=world.lan)


def test_a_line_comes_off_a_draft_and_can_be_chosen_again(world):
    dossier = dossier_scored(world.an, world)
    line = draft(world, dossier).lines.get()
    remove_line(line=line, by=world.lan, at=AT)
    remove_line(line=line, by=world.lan, at=AT)
    assert not DecisionLine.objects.exists()
    assert ModelLogEntry.objects.filter(action="recognition.remove_line").count() == 1
    assert list(ready_dossiers(world.lan)) == [dossier]


def test_only_a_recogniser_takes_a_line_off(world):
    line = draft(world, dossier_scored(world.an, world)).lines.get()
    with pytest.raises(PermissionDenied):
        remove_line(line=line, by=world.dung, at=AT)


def test_an_issued_list_does_not_change(world):
    line = in_effect(world, dossier_scored(world.an, world)).lines.get()
    with pytest.raises(ValidationError):
        remove_line(line=line, by=world.lan, at=AT)
    assert DecisionLine.objects.count() == 1


def test_a_dossier_sent_back_while_on_the_list_is_named_as_a_problem(world):
    dossier = dossier_scored(world.an, world)
    draft(world, dossier)
    return_to_person(dossier=dossier, reason="Bổ sung minh chứng", by=world.lan, at=AT)
    assert dossier.pk in problems(with_scores([dossier.pk]), unit=world.commune, year=YEAR, by=world.lan)
