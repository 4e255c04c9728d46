"""What activities reported, as pages: one's own, and others' for who may view their learning."""

import re

import pytest
from django.utils import timezone

from learning.tracking.actions import alias_of, store_for_person, store_statements
from learning.tracking.play.records import PER_PAGE, records_of
from learning.tracking.play.statements import VERDICT_EXTENSION
from learning.tracking.xapi.clients import learner_agent, site_client
from membership.models import FileAccess
from tests.factories.statements import VOIDED, outside_client, statement
from tests.queries import assert_constant_queries

pytestmark = pytest.mark.django_db
WHOLE = "https://example.vn/noi-dung/1"


def told(person, **changes):
    said = {"verb": {"id": "http://adlnet.gov/expapi/verbs/answered"}, "object": {"id": WHOLE}, **changes}
    return store_for_person(person=person, statements=[said], at=timezone.now())[0]


@pytest.fixture
def page(signed_in):
    return lambda address="/hoc-tap/ban-ghi/": signed_in.get(address)


def test_before_anything_was_reported_it_says_what_will_stand_here(page):
    assert "/hoc-tap/" in page().content.decode()
    assert "<table" not in page().content.decode()


def test_records_are_told_in_words(an):
    score = {"raw": 8, "min": 0, "max": 10, "scaled": 0.8}
    told(an.person, object={"id": WHOLE, "definition": {"name": {"vi": "Danh hiệu", "en": "Title"}}})
    told(an.person, object={"id": f"{WHOLE}?subContentId=ab-1"})
    told(an.person, verb={"id": "https://example.vn/verbs/xem", "display": {"vi": "đã xem"}},
         object={"id": "https://example.vn/x"}, result={"score": {"scaled": 0.5}})  # fmt: skip
    told(an.person, result={"score": score, "extensions": {VERDICT_EXTENSION: "verified"}})
    worth, seen, part, whole = records_of(an.person, an).lines
    assert (worth.about, worth.verb) == ("Danh hiệu", "trả lời")
    assert worth.result == "8 trên 10; tính lại từ câu trả lời"
    assert (seen.about, seen.verb, seen.result) == ("https://example.vn/x", "đã xem", "50 %")
    assert part.about == "Một phần của “Danh hiệu”"
    assert (whole.about, whole.result) == ("Danh hiệu", "")
    assert "Công dân học tập" in whole.told_by


def test_what_a_result_is_worth_is_this_sites_word_alone(an):
    claim = {"score": {"raw": 10, "max": 10}, "extensions": {VERDICT_EXTENSION: "verified"}}
    sent = statement(actor=learner_agent(alias_of(person=an.person)), result=claim)
    store_statements(statements=[sent], by=outside_client(), at=timezone.now())
    assert records_of(an.person, an).lines[0].result == "10 trên 10; theo nơi ghi; chưa được kiểm tra"


@pytest.mark.parametrize(
    "target",
    [{"objectType": "StatementRef", "id": "11111111-2222-4333-8444-555555555555"},
     {"objectType": "Agent", "mbox": "mailto:x@example.vn"},
     {"objectType": "Agent", "openid": "https://x.vn", "name": "X"},
     {"objectType": "SubStatement", "actor": {"mbox": "mailto:x@example.vn"}, "verb": {"id": "https://x.vn/v"},
      "object": {"id": WHOLE}}],
)  # fmt: skip
def test_records_about_something_else_are_shown_too(page, an, target):
    told(an.person, object=target)
    assert page().content.decode().count("data-label") == 4


def test_what_an_outside_system_wrote_is_shown_as_text(page, an):
    name = {"name": {"vi": "<script>alert(1)</script>"}}
    actor = learner_agent(alias_of(person=an.person))
    sent = statement(actor=actor, object={"id": "https://example.vn/y", "definition": name})
    store_statements(statements=[sent], by=outside_client(), at=timezone.now())
    text = page().content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_pages_follow_each_other_without_gap_or_repetition(page, an):
    keys = [str(told(an.person, object={"id": f"https://example.vn/{place}"})) for place in range(PER_PAGE + 3)]
    address, seen = "/hoc-tap/ban-ghi/", []
    while address:
        text = page(address).content.decode()
        seen += re.findall(r"<strong>https://example.vn/(\d+)</strong>", text)
        further = re.search(r'href="(\?truoc=[^"]+)"', text)
        address = f"/hoc-tap/ban-ghi/{further[1]}" if further else ""
    assert [int(place) for place in seen] == list(reversed(range(len(keys))))


@pytest.mark.parametrize("place", ["x", "2026-05-04T08:30:00Z_x", "_"])
def test_a_place_that_is_none_is_not_found(page, place):
    assert page(f"/hoc-tap/ban-ghi/?truoc={place}").status_code == 404


def test_what_is_void_is_not_shown(page, an):
    key = told(an.person)
    void = statement(verb={"id": VOIDED}, object={"objectType": "StatementRef", "id": str(key)})
    store_statements(statements=[void], by=site_client(), at=timezone.now())
    assert "<table" not in page().content.decode()


@pytest.mark.parametrize(("who", "status"), [("binh", 200), ("dung", 200), ("giang", 200), ("chi", 404), ("ha", 404),
                                             ("minh", 404)])  # fmt: skip
def test_others_see_it_where_they_may_view_learning_and_the_person_is_told(client, standing, an, who, status):
    told(an.person)
    client.force_login(getattr(standing, who))
    assert client.get(f"/hoc-tap/ban-ghi/{an.person_id}/").status_code == status
    assert FileAccess.objects.filter(person=an.person, what="learning").exists() == (status == 200)


def test_who_has_nothing_or_does_not_exist_is_not_found(client, standing, an):
    client.force_login(standing.binh)
    for person_id in (an.person_id, 999_999):
        assert client.get(f"/hoc-tap/ban-ghi/{person_id}/").status_code == 404


def test_the_number_of_queries_does_not_grow(page, an):
    told(an.person)
    assert_constant_queries(page, lambda: [told(an.person, object={"id": f"https://x.vn/{n}"}) for n in range(20)])
