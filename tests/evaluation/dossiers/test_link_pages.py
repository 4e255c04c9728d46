"""What the holder of a link sees, in their browser and in another; and the officer's pages."""

import datetime
import html
import re

import pytest
from django.test import Client
from django.utils import timezone

from evaluation.dossiers.actions import freeze_list, revoke_link
from evaluation.dossiers.models import BodyLink, ReviewStep
from tests.factories.evaluation import YEAR, another_member, submitted_dossier
from tests.laid import laid_once

TOKEN, CODE = "duong-dan-rieng", "K7MN-3HPC-XA4T"
ADDRESS = f"/y-kien/{TOKEN}/"


@pytest.fixture
@laid_once
def waiting(world):
    ReviewStep.objects.filter(order=1).update(by_link=True)
    return [submitted_dossier(another_member(world.chapter, number)) for number in range(2)]


@pytest.fixture
def link(world, waiting):
    step, now = waiting[0].current_step, timezone.now()
    return freeze_list(step=step, unit=world.chapter, year=YEAR, token=TOKEN, code=CODE, by=world.chi, at=now)


def words(link, **more):
    said = {f"word-{line.pk}": "agree" for line in link.lines.all()}
    return said | {"name": "Nguyễn Thị Hoa", "function": "Bí thư chi bộ"} | more


def named(page, waiting):
    return [row.person.full_name for row in waiting if row.person.full_name in html.unescape(page.content.decode())]


def test_before_the_code_nothing_personal_is_shown(client, link, waiting):
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert named(page, waiting) == []
    assert link.unit.name in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "same-origin"


def test_after_the_code_the_list_is_answered_once(client, link, waiting):
    opened = client.post(ADDRESS, {"code": CODE.lower()}, follow=True)
    assert len(named(opened, waiting)) == 2
    assert "no-store" in opened["Cache-Control"]
    half = client.post(ADDRESS, {"name": "Hoa"})
    assert half.status_code == 422
    assert client.post(ADDRESS, words(link)).status_code == 302
    thanks = client.get(ADDRESS)
    assert thanks.status_code == 200
    assert named(thanks, waiting) == []
    assert BodyLink.objects.get().answered_as == "Bí thư chi bộ"
    again = Client().post(ADDRESS, {"code": CODE}, follow=True)
    assert named(again, waiting) == []


def test_a_link_forwarded_to_another_browser_is_refused_and_told(client, link, waiting):
    client.post(ADDRESS, {"code": CODE})
    other = Client()
    assert other.get(ADDRESS).status_code == 403
    tried = other.post(ADDRESS, {"code": CODE})
    assert tried.status_code == 422
    assert named(tried, waiting) == []
    other.post(ADDRESS, words(link))
    assert BodyLink.objects.get().answered_at is None
    assert link.acts.filter(kind="browser").count() == 1


@pytest.mark.parametrize("changed", [TOKEN[:-1], TOKEN.upper(), f"{TOKEN}a"])
def test_an_altered_link_opens_nothing(client, link, waiting, changed):
    page = client.post(f"/y-kien/{changed}/", {"code": CODE})
    assert page.status_code == 404
    assert named(page, waiting) == []


def test_a_wrong_code_is_told_and_opens_nothing(client, link, waiting):
    page = client.post(ADDRESS, {"code": "2222-3333-4444"})
    assert page.status_code == 422
    assert named(page, waiting) == []
    assert BodyLink.objects.get().tries == 1


def test_an_old_or_revoked_link_says_what_to_do(world, client, link):
    revoke_link(link=link, by=world.chi, at=timezone.now())
    assert client.get(ADDRESS).status_code == 403
    BodyLink.objects.update(revoked_at=None, expires_at=timezone.now() - datetime.timedelta(minutes=1))
    assert client.get(ADDRESS).status_code == 403


def test_many_misses_from_one_address_are_not_heard_any_more(client, link, waiting):
    for number in range(61):
        client.get(f"/y-kien/{number}/")
    page = client.post(ADDRESS, {"code": CODE})
    assert page.status_code == 429
    assert named(page, waiting) == []


def test_looking_at_the_link_writes_nothing(client, link):
    client.get(ADDRESS)
    assert link.acts.count() == 1


def test_the_officer_freezes_sees_link_and_code_once_and_takes_over(world, client, waiting):
    client.force_login(world.chi)
    step = waiting[0].current_step_id
    assert f"/moi/{step}/{world.chapter.pk}/{YEAR}/" in client.get("/danh-gia/duong-dan/").content.decode()
    address = f"/danh-gia/duong-dan/moi/{step}/{world.chapter.pk}/{YEAR}/"
    assert client.get(address).status_code == 200
    shown = client.post(address)
    token = re.search(r"/y-kien/([\w-]+)/", shown.content.decode())[1]
    code = re.search(r"<strong><code>([\w-]+)</code>", shown.content.decode())[1]
    assert "no-store" in shown["Cache-Control"]
    link = BodyLink.objects.get()
    page = client.get(f"/danh-gia/duong-dan/{link.pk}/").content.decode()
    assert token not in page
    assert code not in page
    board = Client()
    board.post(f"/y-kien/{token}/", {"code": code})
    board.post(f"/y-kien/{token}/", words(link))
    client.post(f"/danh-gia/duong-dan/{link.pk}/", {"take": ""})
    assert link.lines.filter(taken_at=None).count() == 0
    assert BodyLink.objects.get().state_at(timezone.now()) == "taken"


def test_an_officer_from_elsewhere_sees_no_list(world, client, link):
    client.force_login(world.ha)
    assert client.get(f"/danh-gia/duong-dan/{link.pk}/").status_code in (403, 404)
    assert client.get(f"/danh-gia/duong-dan/moi/{link.step_id}/{link.unit_id}/{YEAR}/").status_code in (403, 404)
