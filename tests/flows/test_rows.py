"""Each address, those that take something in with a row of a world that has most kinds: it opens to somebody, and its
page follows the rules of HTML in both languages."""

import logging
import re
from collections import defaultdict

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.factories.life import lead_life
from tests.factories.office import keep_office
from tests.factories.people import add_user
from tests.flows.doors import needs
from tests.flows.html_rules import problems_of
from tests.flows.rows import enter, opened

PEOPLE = ("an", "binh", "chi", "dung", "lan", "giang", "minh")
# Why nothing opens an address here.
WITHOUT = {
    "its file is brought in by the tests of its kind": "calls:sheet_plan decree:plan evidence:bring_in_plan "
    "question_exchange:dry_run recognition:earlier_plan registrations:sheet_plan role_list:plan roster:plan "
    "sessions:sheet_plan unit_file:plan",
    "criteria in force are no longer edited": "anchors:delete anchors:edit competencies:delete competencies:edit "
    "criteria:add_rule criteria:indicator criteria:rule criteria_sets:delete criteria_sets:edit evidence_rules:delete "
    "evidence_rules:edit indicators:delete indicators:edit",
    "the key of its signing, or its list, is laid by its own tests": "course_certificates:badge "
    "course_certificates:paper course_certificates:status_list recognition:badge recognition:certificates "
    "recognition:status_list sessions:status_list sessions:printed",
    "its file, or second checkpoint, is laid by its own tests": "assessments:figure evidence:consistency "
    "evidence:file_content training_materials:media training_materials:picture",
    "a list that is out by link is laid by its own tests": "dossiers:answer_by_link dossiers:freeze_list dossiers:link",
    "its key was corrected, or its answer waits for marks, in its own tests": "quiz_results:correct_key "
    "written_marking:mark",
    "Wagtail's own page asks": "cancel_moderation",
    "it answers by what there is (test_doors)": "home:health membership:ask_by_phone membership:chapter "
    "question_exchange:download tracking:records_about xapi:root xapi:unknown question_bank:usage",
}
# One thing at two addresses: the figures of one's own unit, a course as it is shown and as one learns it.
ALIKE = {"registrations:figures registrations:own_figures", "tracking:course training_materials:course"}
# A session as everybody finds it, and as its officers and those who are invited do.
ALIKE |= {"sessions:page sessions:session"}
# The sheet to print, for oneself or for somebody without an account.
ALIKE |= {"dossiers:assist_paper dossiers:paper"}
# In this world somebody calls a session as the list of sessions is called.
ALIKE |= {"sessions:session sessions:upcoming"}
# Files, and what answers to a form alone, are fewer; if pages are, a door stands between us and them.
MOST_OF_THEM = 200
# It stands within a page, which has the heading.
FRAME = "training_materials:embed"
# Its link asks again for whatever address one is at.
HERE = ("assessments:without_network", "<a href=''>")


@pytest.fixture
def people(standing, monkeypatch):
    for status in (403, 404):
        monkeypatch.setattr(f"config.urls.handler{status}", lambda request, exception=None: HttpResponse(status=404))
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    quan = add_user("quan", "Dương Quốc Quản", is_superuser=True)
    keep_office(lead_life(standing))
    return [*(getattr(standing, who) for who in PEOPLE), quan]


@pytest.mark.slow(reason="One walk over every address of the site, in both languages.")
def test_every_address_has_a_row_or_a_reason_and_its_page_follows_the_rules(people):
    client = Client(raise_request_exception=False)
    reasons = {name for names in WITHOUT.values() for name in names.split()}
    found, missed = opened(client, people, reasons)
    assert missed == {}, "\n".join(f"{a} {b}" for a, b in missed.items())
    assert reasons <= set(needs())
    assert sum(bool(one.html) for one in found.values()) > MOST_OF_THEM
    wrong = [
        told for one in found.values() if one.html and "/quan-tri/" not in one.address for told in _wrong(client, one)
    ]
    assert not wrong, "\n".join(wrong)
    titles = defaultdict(set)
    for one in found.values():
        if one.html and "/quan-tri/" not in one.address:
            titles[" ".join(re.search("<title>(.*?)</title>", one.html, re.DOTALL)[1].split())].add(one.name)
    twice = [" ".join(sorted(pages)) for pages in titles.values() if len(pages) > 1]
    assert sorted(set(twice) - ALIKE) == []


def _wrong(client, one):
    enter(client, one.who, "en")
    for language, html in (("vi", one.html), ("en", client.get(one.address).content.decode())):
        if html.count("<h1") != 1 and one.name != FRAME:
            yield f"{one.name} {language}: {html.count('<h1')} first headings"
        yield from (f"{one.name} {language}: {told}" for told in problems_of(html) if (one.name, told) != HERE)
