"""The recogniser's, the holder's and everyone's side of a title: phone and desktop, light and dark, axe clean."""

import datetime
import json
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluation.recognition.actions import add_members, draft_decision, open_grouping, set_rule
from evaluation.recognition.models import Title
from tests.browser.conftest import say
from tests.factories.evaluation import YEAR, another_member
from tests.factories.people import START
from tests.factories.recognition import dossier_scored, in_effect

pytestmark = pytest.mark.browser


@pytest.fixture
def titled(way):
    """An holds a title with two others; one more waits on a draft; a family, a clan and a unit are listed."""
    world = way.standing
    people = [world.an, *(another_member(world.chapter, number) for number in range(3))]
    in_effect(world, *[dossier_scored(person, world) for person in people[:3]])
    waiting = dossier_scored(people[3], world)
    draft_decision(unit=world.commune, year=YEAR, dossiers=[waiting], by=world.lan, at=timezone.now())
    doing = {"by": world.dung, "at": timezone.now()}
    set_rule(kind="family", percent=Decimal(60), source="Mẫu", valid_from=START, by=world.giang, at=timezone.now())
    family = open_grouping(kind="family", name="Gia đình số 7", place=world.chapter, valid_from=START, **doing)
    open_grouping(kind="unit", name="Chi hội khối phố 1", place=world.chapter, valid_from=START, **doing)
    add_members(grouping=family, codes=[people[0].person.code], valid_from=datetime.date(2026, 1, 1), **doing)
    return world


@pytest.fixture(params=["light", "dark"])
def scheme(request):
    return request.param


def in_scheme(someone, scheme):
    someone.page.emulate_media(color_scheme=scheme)
    return someone


def test_the_recogniser_finds_papers_prints_and_looks_into_groups(titled, visitor, scheme):
    lan = in_scheme(visitor(), scheme)
    lan.sign_in("lan")
    lan.open(reverse("recognition:decisions"))
    issued_decision = Title.objects.first().decision
    lan.open(issued_decision.get_absolute_url())
    with lan.page.expect_download() as download:
        lan.page.locator("a[href$='quyet-dinh.pdf']").first.click()
    assert download.value.suggested_filename.endswith(".pdf")
    lan.press("Draw the certificates")
    lan.page.locator("a[href$='giay-cong-nhan.pdf']").wait_for()
    lan.open(reverse("recognition:revoke", args=[issued_decision.pk, issued_decision.titles.first().pk]))
    lan.open(reverse("recognition:groupings", args=[titled.commune.code]))
    assert "Gia đình số 7" in lan.text()


def test_an_officer_adds_a_group_and_its_members(titled, visitor):
    dung = visitor()
    dung.sign_in("dung")
    dung.open(reverse("recognition:own_groupings"))
    dung.page.locator("select[name=kind]").select_option("clan")
    dung.page.locator("input[name=name]").fill("Tộc Võ")
    dung.press("Add the group")
    dung.page.locator("textarea[name=codes]").fill(titled.an.person.code)
    dung.press("Add members")
    assert "Trần Thị An" in dung.text()
    assert say("Learning Citizen") in dung.text()


def test_a_holder_takes_the_badge_and_a_stranger_checks_it(titled, visitor, scheme, tmp_path):
    an = in_scheme(visitor(), scheme)
    an.sign_in("an")
    an.open(reverse("recognition:mine"))
    with an.page.expect_download() as download:
        an.page.locator("a[href$='.json']").first.click()
    badge = tmp_path / "huy-hieu.json"
    download.value.save_as(badge)
    stranger = in_scheme(visitor(), scheme)
    stranger.open(reverse("recognition:check_badge"))
    stranger.page.locator("input[type=file]").set_input_files(badge)
    stranger.press("Check")
    assert "Trần Thị An" in stranger.text()
    forged = json.loads(badge.read_text())
    forged["name"] += "."
    badge.write_text(json.dumps(forged))
    stranger.page.locator("input[type=file]").set_input_files(badge)
    stranger.press("Check")
    assert "Trần Thị An" not in stranger.text()
    stranger.open(reverse("recognition:verify", args=[Title.objects.get(person=titled.an.person).code]))
    stranger.open(reverse("recognition:verify_form"))
