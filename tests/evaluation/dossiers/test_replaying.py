"""Decided dossiers give their figures again: by the command for all, on the page for one."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from evaluation.dossiers.actions import decide
from evaluation.dossiers.models import Dossier
from membership.actions import erase_person
from membership.models import Membership, Role
from tests.factories.evaluation import AT, YEAR, dossier_before_recogniser, evidence_for


@pytest.fixture
def decided(world):
    evidence_for(world.an.person)
    dossier = dossier_before_recogniser(world.an, world.chi, world.dung)
    return decide(dossier=dossier, is_recognised=True, reason="", by=world.lan, at=AT)


def said(*arguments):
    out, err = StringIO(), StringIO()
    call_command("replay_dossiers", *arguments, stdout=out, stderr=err)
    return out.getvalue()


def tampered(dossier):
    frozen = dossier.frozen
    frozen["indicators"][4]["suggested"] = "9.5"
    Dossier.objects.filter(pk=dossier.pk).update(frozen=frozen)


def test_the_command_replays_all_and_of_one_year(decided):
    assert said().startswith("1 dossiers give their figures again, 0 of erased people, 0 not")
    assert said("--year", str(YEAR - 1)).startswith("0 dossiers")


def test_the_command_fails_on_one_that_was_changed(decided):
    tampered(decided)
    with pytest.raises(CommandError, match="do not follow"):
        said()


def test_of_an_erased_person_the_figures_stay_and_nothing_is_replayed(world, decided):
    Membership.objects.filter(person=world.an.person).exclude(role=Role.MEMBER).delete()
    erase_person(person=world.an.person, by=world.dung, at=AT)
    assert said().startswith("0 dossiers give their figures again, 1 of erased people, 0 not")


def test_the_page_says_whether_it_comes_out_the_same(world, decided, client):
    client.force_login(world.giang)
    address = reverse("dossiers:review", args=[decided.pk])
    assert "mọi con số đều khớp" in client.get(address).content.decode()
    tampered(decided)
    page = client.get(address).content.decode()
    assert "indicator 5: suggested" in page
    assert "mọi con số đều khớp" not in page
