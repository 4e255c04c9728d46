"""Chains change from a day on, by whoever manages criteria; nothing that stands is edited."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from evaluation.dossiers.actions import Body, change_chain, open_dossier
from evaluation.dossiers.actions.guards import RefusedError
from evaluation.dossiers.models import ReviewChain
from membership.models import Role, TargetGroup, UnitKind
from tests.factories.evaluation import AT, YEAR, another_member, draft_dossier
from tests.queries import assert_constant_queries

TODAY = timezone.localdate(AT)
ASSOCIATION = Body("Hội Khuyến học phường", Role.COMMUNE_OFFICER, UnitKind.ASSOCIATION, 3, (12, 8), Decimal(2))
COMMUNE = Body("Ủy ban nhân dân phường", Role.RECOGNISER, UnitKind.COMMUNE)


@pytest.fixture
def chain(world):
    return ReviewChain.objects.get(group=TargetGroup.RESIDENTS, preference=1)


def change(world, chain, *bodies, day=TODAY, by=None):
    given = {"appeal_days": 15, "answer_days": 20, "by": by or world.giang, "at": AT}
    return change_chain(chain=chain, valid_from=day, bodies=bodies or (ASSOCIATION, COMMUNE), **given)


def test_dossiers_opened_from_that_day_pass_the_new_bodies_and_those_before_keep_theirs(world, chain):
    before = draft_dossier(world.an)
    changed = change(world, chain)
    after = open_dossier(
        person=another_member(world.chapter, 1).person, year=YEAR, by=world.chi, at=AT + datetime.timedelta(hours=1)
    )
    before.refresh_from_db()
    assert (before.chain, after.chain) == (chain, changed)
    first, last = changed.steps.all()
    assert (first.name, first.quorum, first.due_on(YEAR)) == (ASSOCIATION.name, 3, datetime.date(YEAR, 12, 8))
    assert (first.reason_over, first.recognises, last.recognises) == (2, False, True)
    assert (changed.appeal_days, changed.answer_days) == (15, 20)
    assert ModelLogEntry.objects.filter(action="dossiers.change_chain").get().user == world.giang


def test_until_a_later_day_the_old_one_holds(world, chain):
    changed = change(world, chain, day=TODAY + datetime.timedelta(days=30))
    standing = ReviewChain.objects.standing(TargetGroup.RESIDENTS, TODAY)
    assert standing[0] == chain
    assert changed not in standing


@pytest.mark.parametrize("username", ["an", "chi", "dung", "lan", "minh"])
def test_only_who_manages_criteria_changes_chains(world, chain, username):
    with pytest.raises(PermissionDenied):
        change(world, chain, by=getattr(world, username))
    assert ModelLogEntry.objects.filter(action="dossiers.refused").count() == 1


@pytest.mark.parametrize(
    "bodies",
    [
        (ASSOCIATION,),  # nobody there recognises
        (replace(ASSOCIATION, unit_kind=UnitKind.CHAPTER), COMMUNE),  # no such office in a chapter
        (ASSOCIATION, replace(ASSOCIATION, name="Lần hai"), COMMUNE),
        (replace(COMMUNE, role=Role.AUDITOR), COMMUNE),  # an auditor reviews nothing
    ],
)
def test_bodies_that_could_not_do_their_part_are_refused(world, chain, bodies):
    with pytest.raises(RefusedError):
        change(world, chain, *bodies)
    assert ReviewChain.objects.filter(valid_to=None).count() == ReviewChain.objects.count()


def test_a_day_that_has_passed_and_a_chain_that_ended_are_refused(world, chain):
    with pytest.raises(RefusedError):
        change(world, chain, day=TODAY - datetime.timedelta(days=1))
    change(world, chain)
    with pytest.raises(RefusedError):
        change(world, chain, day=TODAY + datetime.timedelta(days=1))


SAME = {"quorum": "0", "quorum_percent": "0", "majority_percent": "50", "majority_votes": "0", "tie": "lost", "due": ""}


def posted(chain, **values):
    rows = [*chain.steps.all(), None]
    data = {"valid_from": timezone.localdate().isoformat(), "appeal_days": "30", "answer_days": "30",
            "body-TOTAL_FORMS": str(len(rows)), "body-INITIAL_FORMS": str(len(rows) - 1)}  # fmt: skip
    for place, step in enumerate(rows):
        body = {"name": step.name, "role": step.role, "unit_kind": step.unit_kind} if step else {"name": ""}
        data |= {f"body-{place}-{key}": value for key, value in (SAME | body).items()}
    return data | values


def test_the_pages_show_and_change_a_chain(world, chain, client):
    client.force_login(world.giang)
    address = reverse("dossiers:change_chain", args=[chain.pk])
    assert chain.name in client.get(reverse("dossiers:chains")).content.decode()
    assert client.get(address).status_code == 200
    for wrong in ({"body-0-due": "31/02"}, {"body-0-quorum": "-1"}, {"valid_from": "2020-01-01"}, {"body-2-name": ""}):
        assert client.post(address, posted(chain, **wrong)).status_code == 422, wrong
    values = {"body-0-name": "", "body-1-quorum": "3", "body-1-due": "09/12", "body-1-reason_over": "1.5"}
    values |= {"body-1-quorum_percent": "66", "body-1-majority_votes": "4", "body-1-tie": "chair"}
    assert client.post(address, posted(chain, **values)).status_code == 302
    changed = ReviewChain.objects.get(group=chain.group, name=chain.name, valid_to=None)
    first, _last = changed.steps.all()
    assert (first.quorum, first.due_month, first.due_day, first.reason_over) == (3, 12, 9, Decimal("1.5"))
    assert (first.quorum_percent, first.majority_percent, first.majority_votes, first.tie) == (66, 50, 4, "chair")
    assert "66" in client.get(reverse("dossiers:chains")).content.decode()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("username", ["an", "chi", "dung", "lan", "minh"])
def test_nobody_else_learns_that_the_pages_exist(world, chain, client, username):
    client.force_login(getattr(world, username))
    assert client.get(reverse("dossiers:chains")).status_code == 404
    assert client.post(reverse("dossiers:change_chain", args=[chain.pk]), posted(chain)).status_code == 404


def test_the_list_costs_the_same_whatever_its_length(world, chain, client):
    client.force_login(world.giang)

    def more():
        change(world, ReviewChain.objects.get(group=chain.group, name=chain.name, valid_to=None))

    assert_constant_queries(lambda: client.get(reverse("dossiers:chains")), more)
