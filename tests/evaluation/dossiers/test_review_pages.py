from decimal import Decimal

import pytest
from django.urls import reverse

from evaluation.dossiers.actions import (
    ReviewEntry,
    ReviewRefusedError,
    accept_own_scores,
    forward,
    review_score,
    save_review,
)
from evaluation.dossiers.models import Dossier
from membership.models import FileAccess
from tests.factories.evaluation import (
    AT,
    YEAR,
    another_member,
    dossier_before_recogniser,
    draft_dossier,
    evidence_for,
    submitted_dossier,
    write_one,
)
from tests.laid import laid_once
from tests.queries import assert_constant_queries, count_queries

QUEUE = "/danh-gia/"


def address(dossier):
    return f"{QUEUE}ho-so/{dossier.pk}/"


@pytest.fixture
@laid_once
def dossier(world):
    return submitted_dossier(world.an)


@pytest.fixture
def chi(world, client):
    client.force_login(world.chi)
    return client


def listed(client, **filters):
    return [row.pk for row in client.get(QUEUE, filters).context["page_obj"]]


def typed(dossier, **changed):
    blank = {f"{number}-{name}": "" for number in range(1, 11) for name in ("points", "reason", "seen")}
    return {**blank, "step": dossier.current_step_id, "reason": "", "do": "save", **changed}


@pytest.mark.parametrize(("name", "count"), [("chi", 1), ("dung", 0), ("lan", 0), ("ha", 0)])
def test_each_body_sees_its_own_queue(world, dossier, client, name, count):
    client.force_login(getattr(world, name))
    assert len(listed(client)) == count


@pytest.mark.parametrize("name", ["an", "binh"])
def test_without_a_role_there_is_no_queue(world, dossier, client, name):
    client.force_login(getattr(world, name))
    assert client.get(QUEUE).status_code == 404
    assert client.get(address(dossier)).status_code == 404


@pytest.mark.parametrize("name", ["dung", "lan", "giang", "minh"])
def test_those_above_find_it_among_all_and_read_it_without_a_form(world, dossier, client, name):
    client.force_login(getattr(world, name))
    assert listed(client, state="all") == [dossier.pk]
    page = client.get(address(dossier))
    assert page.status_code == 200
    assert not page.context["is_my_turn"]
    assert client.post(address(dossier), typed(dossier, do="accept")).status_code == 200
    assert dossier.scores.filter(reviewed_points=None).count() == 10


def test_a_foreign_officer_finds_nothing(world, dossier, client):
    client.force_login(world.ha)
    assert listed(client, state="all") == []
    assert client.get(address(dossier)).status_code == 404


def test_a_draft_is_nobody_elses_business(world, chi):
    draft = draft_dossier(world.an)
    assert listed(chi, state="all") == []
    assert chi.get(address(draft)).status_code == 404


def test_a_unit_without_officers_is_in_the_queue_of_the_body_above(world, client):
    served = submitted_dossier(another_member(world.other_chapter, 1))
    client.force_login(world.dung)
    assert listed(client) == [served.pk]


def test_own_dossier_is_shown_as_someone_elses_to_review(world, chi):
    own = submitted_dossier(world.chi)
    page = chi.get(QUEUE)
    assert [row.is_own for row in page.context["page_obj"]] == [True]
    assert not chi.get(address(own)).context["is_my_turn"]


def test_filters_narrow_by_name_without_accents_year_unit_and_state(world, dossier, client):
    other = submitted_dossier(another_member(world.other_chapter, 7))
    client.force_login(world.dung)
    assert listed(client, state="all", q="tran thi an") == [dossier.pk]
    assert listed(client, state="all", q=other.person.code) == [other.pk]
    assert listed(client, state="all", unit=world.other_chapter.pk) == [other.pk]
    assert listed(client, state="all", year=YEAR - 1) == []
    assert set(listed(client, state="in_review")) == {dossier.pk, other.pk}
    assert listed(client, state="recognised") == []


def test_nonsense_in_the_filters_is_no_error(world, dossier, chi):
    assert chi.get(QUEUE, {"state": "?", "unit": "x", "year": "y", "page": "z"}).status_code == 200


def test_the_queue_costs_the_same_whatever_its_length(world, dossier, chi):
    numbers = iter(range(100))
    assert_constant_queries(
        lambda: chi.get(QUEUE),
        lambda: [submitted_dossier(another_member(world.chapter, next(numbers))) for _number in range(5)],
    )


def test_the_page_costs_the_same_whatever_hangs_on_the_dossier(world, dossier, chi):
    def more(numbers):
        for number in numbers:
            review_score(
                dossier=dossier, indicator_number=number, points=Decimal(6), reason="Vì sao", by=world.chi, at=AT
            )
            dossier.scores.get(indicator__number=number).evidence.add(evidence_for(world.an.person))

    more([1])
    assert_constant_queries(lambda: chi.get(address(dossier)), lambda: more([2, 3, 4, 5]))


def test_opening_is_noted_once_for_each_time(world, dossier, chi):
    chi.get(address(dossier))
    chi.get(address(dossier))
    accesses = FileAccess.objects.filter(user=world.chi, person=world.an.person, what="dossier")
    assert accesses.count() == 2


def test_attached_evidence_stands_with_its_provenance(world, chi):
    draft = draft_dossier(world.an)
    evidence = evidence_for(world.an.person, title="Chứng chỉ tin học")
    write_one(draft, 5, world.an, evidence=frozenset({evidence.pk}))
    chi.force_login(world.an)
    chi.post(f"/tu-danh-gia/{YEAR}/nop/")
    chi.force_login(world.chi)
    row = chi.get(address(draft)).context["rows"][4]
    assert [found for found, _provenance in row.evidence] == [evidence]
    assert "Chứng chỉ tin học" in chi.get(address(draft)).text


def test_scores_are_saved_with_their_reason(world, dossier, chi):
    chi.post(address(dossier), typed(dossier, **{"2-points": "6", "2-reason": "Chưa có kế hoạch"}))
    assert dossier.scores.get(indicator__number=2).reviewed_points == Decimal(6)


def test_a_missing_reason_saves_nothing_and_loses_nothing(world, dossier, chi):
    form = typed(dossier, reason="Ý kiến chung", **{"1-points": "8", "2-points": "6", "3-reason": "Đang viết dở"})
    page = chi.post(address(dossier), form)
    assert page.status_code == 200
    assert page.context["rows"][1].form.errors
    assert "Đang viết dở" in page.text
    assert "Ý kiến chung" in page.text
    assert dossier.scores.filter(reviewed_points=None).count() == 10


@pytest.mark.parametrize("reason", ["\x00", "x" * 2001])
def test_a_remark_that_cannot_be_kept_is_refused_in_words(world, dossier, chi, reason):
    assert chi.post(address(dossier), typed(dossier, do="return", reason=reason)).status_code == 200
    assert Dossier.objects.get(pk=dossier.pk).state == Dossier.State.IN_REVIEW


def test_agreeing_and_forwarding(world, dossier, chi):
    chi.post(address(dossier), typed(dossier, do="accept", **{"2-points": "6", "2-reason": "Chưa rõ"}))
    figures = dict(dossier.scores.values_list("indicator__number", "reviewed_points"))
    assert (figures[1], figures[2]) == (Decimal(8), Decimal(6))
    assert chi.post(address(dossier), typed(dossier, do="forward")).url == QUEUE
    dossier.refresh_from_db()
    assert dossier.current_unit == world.association


def test_forwarding_too_early_is_refused_together_with_what_was_typed(world, dossier, chi):
    page = chi.post(address(dossier), typed(dossier, do="forward", **{"1-points": "8"}))
    assert page.status_code == 200
    assert dossier.scores.filter(reviewed_points=None).count() == 10


def test_a_stale_page_is_refused_and_keeps_what_was_typed(world, dossier, chi):
    form = typed(dossier, **{"2-points": "6", "2-reason": "Tôi đã viết rất dài"})
    accept_own_scores(dossier=dossier, by=world.chi, at=AT)
    forward(dossier=dossier, by=world.chi, at=AT)
    page = chi.post(address(dossier), form)
    assert page.status_code == 200
    assert "Tôi đã viết rất dài" in page.text
    assert dossier.scores.get(indicator__number=2).reviewed_points == Decimal(8)


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(world, dossier, chi):
    review_score(dossier=dossier, indicator_number=2, points=Decimal(7), reason="Đồng nghiệp", by=world.chi, at=AT)
    page = chi.post(address(dossier), typed(dossier, **{"2-points": "6", "2-reason": "Khác"}))
    assert page.context["rows"][1].form.errors
    assert dossier.scores.get(indicator__number=2).reviewed_points == Decimal(7)


def test_returning_and_refusing(world, client):
    dossier = dossier_before_recogniser(world.an, world.chi, world.dung)
    client.force_login(world.lan)
    assert client.post(address(dossier), typed(dossier, do="refuse")).status_code == 200
    client.post(address(dossier), typed(dossier, do="refuse", reason="Vi phạm quy ước"))
    assert Dossier.objects.get(pk=dossier.pk).state == Dossier.State.NOT_RECOGNISED
    assert not client.get(address(dossier)).context["is_my_turn"]


def test_ready_dossiers_are_offered_for_a_decision(world, client):
    ready = dossier_before_recogniser(world.an, world.chi, world.dung)
    weak = dossier_before_recogniser(another_member(world.chapter, 1), world.chi, world.dung, points="7")
    client.force_login(world.lan)
    assert client.get(QUEUE).context["table"].choosable == {ready.pk}
    assert list(Dossier.objects.ready_for_decision()) == [ready]
    assert weak.state == Dossier.State.IN_REVIEW


def test_not_reviewed_takes_a_score_back_keeps_its_trace_and_says_so(world, client):
    dossier = submitted_dossier(world.an)
    save_review(dossier=dossier, entries=[ReviewEntry(3, Decimal(7), "Thiếu minh chứng")], by=world.chi, at=AT)
    client.force_login(world.chi)
    page = client.post(address(dossier), typed(dossier, do="save") | {"3-points": "", "3-seen": "7.0"}, follow=True)
    score = dossier.scores.get(indicator__number=3)
    assert score.reviewed_points is None
    taken = score.changes.last()
    assert (taken.before, taken.after, taken.by) == (7, None, world.chi)
    said = [str(message) for message in page.context["messages"]]
    assert said == [
        "Đã rút lại điểm thẩm định của các chỉ số: 3. Điểm cũ vẫn còn trong lịch sử.",
        "Đã lưu điểm thẩm định.",
    ]
    assert Dossier.objects.with_obstacle().get().obstacle == "unreviewed"


def test_what_a_body_before_gave_is_taken_back_with_a_reason(world):
    dossier = submitted_dossier(world.an)
    accept_own_scores(dossier=dossier, by=world.chi, at=AT)
    forward(dossier=dossier, by=world.chi, at=AT)
    taking = {"dossier": dossier, "by": world.dung, "at": AT}
    with pytest.raises(ReviewRefusedError):
        save_review(entries=[ReviewEntry(3, None, " ", Decimal(8))], **taking)
    save_review(entries=[ReviewEntry(3, None, "Chưa xem minh chứng", Decimal(8))], **taking)
    assert dossier.scores.get(indicator__number=3).reviewed_points is None


def test_who_is_done_with_one_comes_to_the_next_of_the_list_as_it_was_filtered(world, client):
    first, second, third = (submitted_dossier(another_member(world.chapter, number)) for number in (1, 2, 11))
    for dossier in (first, second, third):
        accept_own_scores(dossier=dossier, by=world.chi, at=AT, reason="Đúng")
    client.force_login(world.chi)
    client.get(QUEUE, {"state": "waiting", "q": "người 1"})
    past = reverse("dossiers:next")
    assert client.get(past, {"sau": first.pk}).url == address(third)
    assert client.get(past, {"sau": third.pk}).url == address(first)  # from the top again
    assert client.get(past, {"sau": "²"}).url == address(first)
    assert client.post(address(first), typed(first, do="forward")).url == address(third)
    assert client.get(past, {"sau": third.pk}).url == QUEUE
    assert client.post(address(third), typed(third, do="forward")).url == QUEUE
    client.get(QUEUE, {"bo-loc": "1"})
    assert client.get(past).url == address(second)


def test_going_on_costs_the_same_whatever_waits(world, client):
    client.force_login(world.chi)
    submitted_dossier(another_member(world.chapter, 1))
    client.get(reverse("dossiers:next"))  # what is read once for all is read
    spent = count_queries(lambda: client.get(reverse("dossiers:next")))
    for number in (2, 3):
        submitted_dossier(another_member(world.chapter, number))
    assert count_queries(lambda: client.get(reverse("dossiers:next"))) == spent
