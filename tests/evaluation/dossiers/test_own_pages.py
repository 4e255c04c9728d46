import datetime
import uuid
from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import ModelLogEntry

from evaluation.criteria.inputs import measure_of
from evaluation.dossiers.actions import accept_own_scores, forward, rescore, return_to_person, submit
from evaluation.dossiers.actions.guards import RefusedError
from evaluation.dossiers.models import Dossier
from evaluation.dossiers.raising import ways
from learning.evidence.actions import refuse
from learning.evidence.models import Evidence
from learning.sessions.actions import hold_session, move_session
from tests.factories.evaluation import AT, YEAR, draft_dossier, evidence_for, submitted_dossier
from tests.queries import assert_constant_queries, count_queries

HTMX = {"HX-Request": "true"}
PAGE = f"/tu-danh-gia/{YEAR}/"


@pytest.fixture
def an(world, client):
    client.force_login(world.an)
    return client


def leaf(number: int) -> str:
    return f"{PAGE}chi-so/{number}/"


def typed(number: int, points: str = "8", **changed: object) -> dict[str, object]:
    return {f"{number}-points": points, **changed}


def save_all(client, points: str = "8") -> None:
    for number in range(1, 11):
        client.post(leaf(number), typed(number, points))


@pytest.mark.parametrize("address", ["/ho-so/", PAGE, leaf(1), f"{PAGE}nop/", "/danh-gia/"])
def test_visitors_are_asked_to_sign_in(world, client, address):
    assert client.get(address).status_code == 302


def test_looking_opens_nothing_and_beginning_does(an):
    assert "Bắt đầu" in an.get(PAGE).text
    assert not Dossier.objects.exists()
    an.post(PAGE)
    an.post(PAGE)
    assert Dossier.objects.count() == 1


def test_handing_in_is_a_moment_until_the_first_body_has_said_something(world, an):
    dossier = submitted_dossier(world.an)
    page = an.get(PAGE).text
    assert page.count("moment--reached") == 1
    assert gettext("Nothing more is to be done: what each body says stands below.") in page
    accept_own_scores(dossier=dossier, by=world.chi, at=AT)
    forward(dossier=dossier, by=world.chi, at=AT)
    assert "moment--reached" not in an.get(PAGE).text
    Dossier.objects.update(state="recognised", current_step=None, current_unit=None, decided_at=AT)
    page = an.get(PAGE).text
    assert page.count("moment--reached") == 1
    assert 'href="/danh-hieu/"' in page


@pytest.mark.parametrize("year", [2021, 2999])
def test_years_outside_the_criteria_do_not_exist(an, year):
    assert an.get(f"/tu-danh-gia/{year}/").status_code == 404


def test_without_javascript_each_page_saves_and_goes_on(world, an):
    evidence = evidence_for(world.an.person)
    an.post(PAGE)
    form = typed(3, "7.5", **{"3-note": "Dự lớp tập huấn", "3-evidence": [str(evidence.pk)]})
    assert an.post(leaf(3), {**form, "go": "next"}).url == f"{leaf(4)}#chi-so"
    assert an.post(leaf(9), {**typed(9, ""), "go": "back"}).url == f"{leaf(8)}#chi-so"
    assert an.post(leaf(10), {**typed(10), "go": "next"}).url == f"{PAGE}#main"
    scores = {score.indicator.number: score for score in Dossier.objects.get().scores.all()}
    assert (scores[3].self_points, scores[3].self_note) == (Decimal("7.5"), "Dự lớp tập huấn")
    assert list(scores[3].evidence.all()) == [evidence]
    assert scores[9].self_points is None


def test_what_cannot_be_saved_is_said_and_what_was_typed_stays(world, an):
    foreign = evidence_for(world.ha.person)
    evidence_for(world.an.person)
    an.post(PAGE)
    response = an.post(leaf(3), typed(3, **{"3-note": "Ghi chú dài", "3-evidence": [str(foreign.pk)]}))
    assert response.status_code == 422
    assert "Ghi chú dài" in response.text
    assert Dossier.objects.get().scores.filter(self_points=None).count() == 10


@pytest.mark.parametrize("points", ["11", "-1", "8.3", "tám", "NaN", "sNaN", "Infinity"])
def test_scores_that_the_set_does_not_know_are_refused(an, points):
    an.post(PAGE)
    assert an.post(leaf(3), typed(3, points)).status_code == 422
    assert Dossier.objects.get().scores.get(indicator__number=3).self_points is None


def test_a_request_that_brings_nothing_empties_nothing(an):
    an.post(PAGE)
    an.post(leaf(3), typed(3, "7"))
    assert an.post(leaf(3)).status_code == 422
    assert Dossier.objects.get().scores.get(indicator__number=3).self_points == Decimal(7)


def test_each_indicator_is_saved_as_it_changes_with_the_time(world, an):
    an.post(PAGE)
    response = an.post(leaf(4), {"4-points": "9", "4-note": "Kèm cháu học"}, headers=HTMX)
    assert 'id="own-total"' in response.text
    scored = Dossier.objects.get().scores.exclude(self_points=None)
    assert [(score.indicator.number, score.self_points) for score in scored] == [(4, Decimal(9))]
    assert response["X-Seen"] == scored[0].self_saved_at.isoformat()


def test_one_indicator_without_dossier_or_of_no_such_number_is_not_found(an):
    assert an.post(leaf(4), {"4-points": "9"}).status_code == 404
    an.post(PAGE)
    assert an.post(leaf(11), {"11-points": "9"}).status_code == 404
    assert an.get(leaf(11)).status_code == 404


def test_saving_after_handing_in_is_refused_in_words(world, an):
    dossier = draft_dossier(world.an)
    submit(dossier=dossier, by=world.an, at=AT)
    assert "own-total" not in an.post(leaf(4), {"4-points": "9"}, headers=HTMX).text
    response = an.post(leaf(4), typed(4, "9"))
    assert response.status_code == 422
    assert set(dossier.scores.values_list("self_points", flat=True)) == {Decimal(8)}
    assert an.get(leaf(4)).url == f"{PAGE}#indicator-4"


def test_two_windows_lose_nothing(an):
    """What the second one typed stands on the page beside what the first one saved, and is saved when it is sent
    once more."""
    an.post(PAGE)
    seen = an.get(leaf(4)).context["form"]["seen"].value()
    an.post(leaf(4), typed(4, "9", **{"4-note": "Từ cửa sổ một", "4-seen": seen}))
    second = typed(4, "6", **{"4-note": "Từ cửa sổ hai", "4-seen": seen})
    assert "own-total" not in an.post(leaf(4), second, headers=HTMX).text
    refused = an.post(leaf(4), second)
    assert refused.status_code == 422
    assert "Từ cửa sổ một" in refused.text
    assert "Từ cửa sổ hai" in refused.text
    score = Dossier.objects.get().scores.get(indicator__number=4)
    assert (score.self_points, score.self_note) == (Decimal(9), "Từ cửa sổ một")
    an.post(leaf(4), {**second, "4-seen": refused.context["form"]["seen"].value()})
    score.refresh_from_db()
    assert (score.self_points, score.self_note) == (Decimal(6), "Từ cửa sổ hai")


def test_sending_the_same_again_after_a_lost_answer_is_no_conflict(an):
    an.post(PAGE)
    again = typed(4, "9", **{"4-seen": ""})
    an.post(leaf(4), again)
    assert "own-total" in an.post(leaf(4), again, headers=HTMX).text


def test_every_permitted_score_can_be_pressed_and_anchors_tell_what_they_look_like(an):
    an.post(PAGE)
    page = an.get(leaf(1))
    rungs = page.context["rungs"]
    assert [rung.told.value for rung in rungs] == ["0", "5", "8", "10"]
    assert sum(1 + len(rung.between) for rung in rungs) == 21
    assert "loa truyền thanh xã" in page.text


def test_what_counted_is_attached_with_its_points_and_stays_off_once_taken_off(world, an):
    evidence = evidence_for(world.an.person)
    an.post(PAGE)
    page = an.get(leaf(5))
    [row] = page.context["attachable"]
    assert (row.is_attached, row.points) == (True, Decimal(4))
    assert "Được tính ở đây: +4" in page.text
    shown = page.context["form"]["shown"].value()
    an.post(leaf(5), typed(5, **{"5-shown": shown}))
    evidence_for(world.an.person, topics=["an-toan-so"])
    rescore(dossier=Dossier.objects.get(), at=AT)
    attached = Dossier.objects.get().scores.get(indicator__number=5).evidence.all()
    assert evidence not in attached
    assert attached.count() == 1


def test_what_was_taken_off_does_not_come_back_with_its_correction(world, an):
    """Nor with the one after that; where it stayed attached, the correction takes its place."""
    off, kept = evidence_for(world.an.person), evidence_for(world.an.person, topics=["an-toan-so"])
    an.post(PAGE)
    form = an.get(leaf(5)).context["form"]
    assert set(form["evidence"].value()) == {str(off.pk), str(kept.pk)}
    an.post(leaf(5), typed(5, **{"5-evidence": [str(kept.pk)], "5-shown": form["shown"].value()}))
    again = evidence_for(world.an.person, score=Decimal("0.95"), supersedes=off)
    evidence_for(world.an.person, score=Decimal("0.97"), supersedes=again)
    corrected = evidence_for(world.an.person, topics=["an-toan-so"], supersedes=kept)
    rescore(dossier=Dossier.objects.get(), at=AT)
    assert list(Dossier.objects.get().scores.get(indicator__number=5).evidence.all()) == [corrected]


def test_the_page_says_that_what_counted_is_attached_only_where_it_is(world, an):
    evidence_for(world.an.person)
    an.post(PAGE)
    said = "Minh chứng được tính cho chỉ số này đã đính kèm sẵn."
    assert said in an.get(leaf(5)).text
    assert said not in an.get(leaf(9)).text
    Dossier.objects.get().scores.get(indicator__number=5).evidence.clear()
    assert said not in an.get(leaf(5)).text


def test_evidence_that_came_while_the_page_was_open_stays_attached(world, an):
    evidence_for(world.an.person)
    an.post(PAGE)
    page = an.get(leaf(5))
    form = page.context["form"]
    late = evidence_for(world.an.person, topics=["an-toan-so"])
    rescore(dossier=Dossier.objects.get(), at=AT)
    an.post(leaf(5), typed(5, **{"5-shown": form["shown"].value(), "5-seen": form["seen"].value()}))
    assert list(Dossier.objects.get().scores.get(indicator__number=5).evidence.all()) == [late]


def test_a_refused_certificate_is_marked_with_the_reason(world, an):
    evidence_for(
        world.an.person,
        kind="external_certificate",
        source="self",
        verification="none",
        details={"refused_reason": "Ảnh mờ, không đọc được số"},
    )
    an.post(PAGE)
    page = an.get(leaf(5))
    assert page.context["attachable"][0].concerns
    assert "Ảnh mờ, không đọc được số" in page.text


def test_something_new_is_recorded_and_attached_without_leaving(world, an):
    an.post(PAGE)
    new = {
        "moi-kind": "declaration",
        "moi-title": "Dạy bà con dùng điện thoại",
        "moi-occurred_on": f"{YEAR}-03-08",
        "moi-token": "0190a6d2-7c00-7000-8000-000000000001",
        "record": "1",
    }
    answer = an.post(leaf(10), {**typed(10, "9", **{"10-note": "Tổ tự quản"}), **new})
    assert answer.url == f"{leaf(10)}#minh-chung"
    score = Dossier.objects.get().scores.get(indicator__number=10)
    assert (score.self_points, score.self_note) == (Decimal(9), "Tổ tự quản")
    assert [row.title for row in score.evidence.all()] == ["Dạy bà con dùng điện thoại"]
    refused = an.post(leaf(10), {**typed(10, "9"), **new, "moi-occurred_on": f"{YEAR - 1}-03-08"})
    assert refused.status_code == 422
    assert "Dạy bà con dùng điện thoại" in refused.text


def test_what_cannot_be_attached_any_more_is_said_and_not_half_done(world, an):
    """The same form sent again, once an officer has refused what it recorded."""
    an.post(PAGE)
    new = {
        "moi-kind": "external_certificate",
        "moi-title": "Chứng chỉ tin học",
        "moi-issuer": "Trung tâm",
        "moi-occurred_on": f"{YEAR}-03-08",
        "moi-token": "0190a6d2-7c00-7000-8000-000000000002",
        "record": "1",
    }
    an.post(leaf(10), {**typed(10, "9"), **new})
    told = Evidence.objects.get()
    refuse(evidence=told, reason="Ảnh mờ", by=world.dung, at=AT)
    rescore(dossier=Dossier.objects.get(), at=AT)
    answer = an.post(leaf(10), {**typed(10, "9"), **new})
    assert answer.status_code == 422
    assert "Chứng chỉ tin học" in answer.text
    assert answer.context["new"].non_field_errors()
    assert told not in Dossier.objects.get().scores.get(indicator__number=10).evidence.all()


def test_what_was_recorded_is_not_kept_where_it_cannot_be_attached(an, monkeypatch):
    """As when the dossier is handed in from another window between the two."""
    an.post(PAGE)
    new = {
        "moi-kind": "declaration",
        "moi-title": "Dạy bà con dùng điện thoại",
        "moi-occurred_on": f"{YEAR}-03-08",
        "moi-token": "0190a6d2-7c00-7000-8000-000000000003",
        "record": "1",
    }

    def refused(*_given):
        raise RefusedError("Hồ sơ đã được nộp")

    monkeypatch.setattr("evaluation.dossiers.actions.writing._own_evidence", refused)
    answer = an.post(leaf(10), {**typed(10, "9"), **new})
    assert answer.status_code == 422
    assert "Hồ sơ đã được nộp" in answer.text
    assert not Evidence.objects.exists()
    assert ModelLogEntry.objects.filter(action="dossiers.refused").count() == 1


def test_a_way_names_the_sessions_on_its_topic(world, an):
    an.post(PAGE)
    dossier, soon = Dossier.objects.get(), timezone.now() + datetime.timedelta(days=1)
    given = {"unit": world.chapter, "starts_at": soon, "ends_at": soon + datetime.timedelta(hours=2)}
    for topics in ([], [], [], ["ky-nang-so"]):
        told = {"token": uuid.uuid4(), "title": "Nói chuyện", "place": "", "topics": topics}
        session = hold_session(by=world.chi, at=AT, **told, **given)
        move_session(session=session, step="announce", by=world.chi, at=AT)
    score = dossier.scores.get(indicator__number=5)
    rule = replace(measure_of(dossier.criteria_set).rules[0], kind="attendance", topic="", page_key="")
    [any_topic, on_topic] = ways(dossier, score, [rule, replace(rule, topic="ky-nang-so")], [])
    assert len(any_topic.offers) == 3
    assert [text for text, _url in on_topic.offers] == [f"Nói chuyện, {timezone.localtime(soon):%H:%M %d/%m/%Y}"]


def test_confirmation_lists_what_is_missing_and_submits_nothing(world, an):
    an.post(PAGE)
    save_all(an)
    an.post(leaf(6), typed(6, ""))
    assert [score.indicator.number for score, _url in an.get(f"{PAGE}nop/").context["unscored"]] == [6]
    assert an.get(PAGE).context["first_open"].number == 6
    an.post(f"{PAGE}nop/")
    assert Dossier.objects.get().state == Dossier.State.DRAFT


def test_handing_in_leads_to_the_first_body_and_a_page_to_read(world, an):
    draft_dossier(world.an)
    an.post(f"{PAGE}nop/")
    page = an.get(PAGE)
    assert page.context["is_writing"] is False
    assert world.chapter.name in page.text
    assert an.get(f"{PAGE}nop/").url == PAGE


def test_the_reason_for_a_return_is_read_and_writing_goes_on(world, an):
    dossier = submitted_dossier(world.an)
    return_to_person(dossier=dossier, reason="Cần thêm minh chứng chỉ số 5", by=world.chi, at=AT)
    page = an.get(PAGE)
    assert "Cần thêm minh chứng chỉ số 5" in page.text
    assert page.context["is_writing"] is True


def test_the_page_costs_the_same_whatever_the_evidence(world, an):
    draft_dossier(world.an)
    assert_constant_queries(lambda: an.get(PAGE), lambda: [evidence_for(world.an.person) for _number in range(5)])


def test_one_indicator_costs_the_same_whatever_the_evidence(world, an):
    """And no more than the page of all ten did before each had its own."""
    draft_dossier(world.an)
    evidence_for(world.an.person)
    assert_constant_queries(lambda: an.get(leaf(5)), lambda: [evidence_for(world.an.person) for _number in range(5)])
    assert count_queries(lambda: an.get(leaf(5))) <= 14


def test_what_was_handed_in_can_be_taken_back_and_handed_in_again(world, an):
    submitted_dossier(world.an)
    assert "Lấy lại hồ sơ" in an.get(PAGE).text
    an.post(f"{PAGE}lay-lai/")
    page = an.get(PAGE)
    assert page.context["is_writing"] is True
    assert Dossier.objects.get().state == Dossier.State.DRAFT
    an.post(f"{PAGE}nop/")
    assert Dossier.objects.get().state == Dossier.State.IN_REVIEW


def test_once_a_body_has_begun_the_page_says_why_it_stays_there(world, an):
    dossier = submitted_dossier(world.an)
    accept_own_scores(dossier=dossier, by=world.chi, at=AT)
    assert "đã bắt đầu xem" in an.get(PAGE).text
    an.post(f"{PAGE}lay-lai/")
    assert Dossier.objects.get().state == Dossier.State.IN_REVIEW


def test_own_years_are_listed(world, an):
    draft_dossier(world.an)
    page = an.get(reverse("dossiers:mine"))
    assert [dossier.year for dossier in page.context["dossiers"]] == [YEAR]
    assert "80" in page.text


def test_of_a_year_begun_anew_the_dossier_that_stands_comes_first_and_alone_has_the_link(world, an):
    kept = draft_dossier(world.an)
    Dossier.objects.filter(pk=kept.pk).update(state="revoked")
    anew = draft_dossier(world.an)
    page = an.get(reverse("dossiers:mine"))
    assert page.context["dossiers"] == [anew, kept]
    assert page.text.count(f'href="{PAGE}"') == 1
