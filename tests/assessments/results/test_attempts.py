from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from openpyxl import load_workbook

from assessments import actions
from assessments.models import ExtraTime, KeyCorrection, Question, Signal
from assessments.rules.statistics import Answered, item_of
from interface.vietnamese import fold
from learning.tracking.actions import enrol
from membership.models import Person
from tests.assessments.conftest import PLAIN, all_right, save
from tests.queries import assert_constant_queries


@pytest.fixture
def attempt(classroom):
    begun = classroom.begin()
    return actions.finish(attempt=begun, by=classroom.an, at=timezone.now(), given=all_right(begun))


def _page(client, name, *args, **query):
    response = client.get(reverse(f"quiz_results:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_pages_show_the_attempt_to_who_teaches_the_learner(binh, classroom, attempt):
    name = classroom.an.person.full_name
    assert classroom.quiz.title in _page(binh, "quizzes")
    assert name in _page(binh, "attempts", classroom.quiz.pk)
    page = _page(binh, "attempt", attempt.pk)
    assert name in page
    assert f"{reverse('quiz_results:extra_time')}?code={classroom.an.person.code}" in page
    seen = _page(binh, "attempt_seen", attempt.pk)
    assert f'name="q-{attempt.responses.count()}' in seen
    assert "checked" in seen
    assert "Kỹ năng số" in _page(binh, "quiz", classroom.quiz.pk)
    assert name not in _page(binh, "stuck", classroom.course.pk)  # finished with the quiz


def test_nothing_of_it_is_shown_where_one_does_not_teach(client, classroom, attempt):
    client.force_login(classroom.an)
    assert client.get(reverse("quiz_results:attempt", args=[attempt.pk])).status_code in (302, 403)


def test_filters_narrow_the_list_and_the_export(binh, classroom, attempt):
    name = classroom.an.person.full_name
    assert name in _page(binh, "attempts", classroom.quiz.pk, outcome="passed")
    assert name not in _page(binh, "attempts", classroom.quiz.pk, outcome="failed")
    assert name not in _page(binh, "attempts", classroom.quiz.pk, signals="open")
    assert name in _page(binh, "attempts", classroom.quiz.pk, person=fold(name))
    assert f">{name}</a>" not in _page(binh, "attempts", classroom.quiz.pk, person="không ai tên thế")
    address = reverse("quiz_results:attempts", args=[classroom.quiz.pk])
    rows = list(load_workbook(BytesIO(binh.get(address, {"export": "xlsx"}).content)).active.values)
    assert (rows[1][1], rows[1][5]) == (name, 6)


def test_the_list_takes_no_more_queries_for_more_attempts(binh, classroom, attempt):
    def more():
        for user in (classroom.standing.chi, classroom.standing.dung):
            enrolment = enrol(person=user.person, course=classroom.course, by=user, at=timezone.now())
            classroom.begin(enrolment=enrolment, by=user)

    assert_constant_queries(lambda: _page(binh, "attempts", classroom.quiz.pk), more)


@pytest.mark.parametrize("name", ["quizzes", "signals", "stuck"])
def test_the_lists_beside_it_take_no_more_queries_either(binh, classroom, attempt, name):
    Signal.objects.create(attempt=attempt, kind=Signal.Kind.TOO_FAST, noticed_at=timezone.now())
    args = [classroom.course.pk] if name == "stuck" else []
    enrol(person=classroom.standing.lan.person, course=classroom.course, by=classroom.standing.lan, at=timezone.now())

    def more():
        for user in (classroom.standing.chi, classroom.standing.dung):
            enrolment = enrol(person=user.person, course=classroom.course, by=user, at=timezone.now())
            begun = classroom.begin(enrolment=enrolment, by=user)
            Signal.objects.create(attempt=begun, kind=Signal.Kind.TOO_FAST, noticed_at=timezone.now())

    assert_constant_queries(lambda: _page(binh, name, *args), more)


def test_who_is_stuck_where_is_a_table_and_a_file(binh, classroom):
    name = classroom.an.person.full_name
    page = _page(binh, "stuck", classroom.course.pk)
    assert name in page
    assert gettext("has not begun") in page
    address = reverse("quiz_results:stuck", args=[classroom.course.pk])
    assert name in binh.get(address, {"export": "csv"}).getvalue().decode()


def test_a_list_gives_no_file_to_who_does_not_view_learning(client, classroom, attempt):
    client.force_login(classroom.an)
    for name, args in (("quizzes", []), ("signals", []), ("attempts", [classroom.quiz.pk])):
        answer = client.get(reverse(f"quiz_results:{name}", args=args), {"export": "csv"})
        assert answer.status_code in (302, 403)


def test_a_key_is_corrected_from_the_statistics(binh, classroom, attempt):
    old = Question.objects.get(slug="true-false").current
    save("true_false", classroom.topic, classroom.standing.binh, body={"answer": not PLAIN["true_false"]["answer"]})
    address = reverse("quiz_results:correct_key", args=[classroom.quiz.pk, old.pk])
    assert address in _page(binh, "quiz", classroom.quiz.pk)
    said = binh.get(address).content.decode()
    assert said.index("<dd>") < said.index("Đúng") < said.index("<strong>Sai</strong>")  # the old key, then the new one
    assert binh.post(address, {"reason": "Ghi nhầm"}).status_code == 302
    assert KeyCorrection.objects.get().version == old
    assert address not in _page(binh, "quiz", classroom.quiz.pk)  # it is done


def test_a_signal_is_vouched_for_from_the_list(binh, classroom, attempt):
    actions.watch(attempt=attempt.pk, at=timezone.now())
    signal = Signal.objects.get(kind="too_fast")
    assert classroom.an.person.full_name in _page(binh, "signals")
    binh.post(reverse("quiz_results:clear_signal", args=[signal.pk]), {"note": "Đã hỏi"})
    signal.refresh_from_db()
    assert (signal.note, signal.cleared_by) == ("Đã hỏi", classroom.standing.binh)
    assert classroom.standing.binh.person.full_name in _page(binh, "signals")


def test_evidence_counts_in_full_only_when_no_signal_of_the_attempt_is_left(binh, classroom, attempt):
    kinds = (Signal.Kind.TOO_FAST, Signal.Kind.SAME_DEVICE)
    signals = [Signal.objects.create(attempt=attempt, kind=kind, noticed_at=timezone.now()) for kind in kinds]
    told = [_told_when_vouched(binh, signal) for signal in signals]
    learner = {"learner": classroom.an.person.full_name}
    assert told == [
        gettext("%(learner)s: saved. Something else about this attempt still waits for a look.") % learner,
        gettext("%(learner)s: you vouch for the attempt; its evidence counts in full again.") % learner,
    ]


def test_vouching_asks_what_was_found(binh, attempt):
    signal = Signal.objects.create(attempt=attempt, kind=Signal.Kind.TOO_FAST, noticed_at=timezone.now())
    assert _told_when_vouched(binh, signal, note="  ") == gettext("Write first what you found.")
    assert Signal.objects.open().exists()


def test_of_who_withdrew_nothing_is_vouched_for_and_the_trainer_is_told_why(binh, classroom, attempt):
    signal = Signal.objects.create(attempt=attempt, kind=Signal.Kind.TOO_FAST, noticed_at=timezone.now())
    Person.objects.filter(pk=classroom.an.person_id).update(withdrawn_at=timezone.now())
    assert "đã rút lại sự đồng ý" in _told_when_vouched(binh, signal)
    assert Signal.objects.open().exists()


def _told_when_vouched(binh, signal, note="Đã hỏi"):
    response = binh.post(reverse("quiz_results:clear_signal", args=[signal.pk]), {"note": note}, follow=True)
    return " ".join(str(message) for message in response.context["messages"]).strip()


def test_extra_time_is_given_and_taken_by_code(binh, classroom):
    address, code = reverse("quiz_results:extra_time"), classroom.an.person.code
    binh.post(address, {"code": code, "percent": "50"})
    assert ExtraTime.objects.get().percent == 50
    binh.post(address, {"code": code, "percent": "0"})
    assert not ExtraTime.objects.exists()
    assert binh.post(address, {"code": "không-có", "percent": "50"}).status_code == 200


def _answers(*pairs):
    return [Answered(points, rest, ("đúng" if points else "sai",), 10.0) for points, rest in pairs]


def _key_doubts(item):
    return [hint for hint in item.hints if "áp án" in hint]


def test_statistics_hint_at_what_to_look_at():
    upside_down = item_of(_answers(*[(1, 0.1), (0, 0.9)] * 20), ["đúng"])
    assert upside_down.discrimination is not None
    assert upside_down.discrimination < -0.9
    assert _key_doubts(upside_down)
    easy = item_of(_answers(*[(1, share / 30) for share in range(30)]), ["đúng"])
    assert (easy.facility, easy.discrimination, easy.percent) == (1, None, 100)
    assert easy.options[0].percent(easy.count) == 100
    assert (len(easy.hints), easy.is_enough) == (1, True)
    few = item_of(_answers(*[(0, 1.0)] * 9), ["đúng"])
    assert (few.hints, few.is_enough) == ((), False)


def test_a_handful_of_answers_blames_no_key():
    """Where nearly everybody has everything right, one slip here goes with a clean sheet elsewhere."""
    assert item_of(_answers((0, 1.0), *[(1, 1.0)] * 8, *[(1, 0.9)] * 3), ["đúng"]).hints == ()
    assert not _key_doubts(item_of(_answers(*[(1, 0.1), (0, 0.9)] * 10), ["đúng"]))


def test_a_wrong_answer_that_most_give_is_named_once_it_is_beyond_chance():
    narrow = item_of(_answers(*[(0, 0.5)] * 7, *[(1, 0.5)] * 5), ["đúng"])
    assert not _key_doubts(narrow)
    clear = item_of(_answers(*[(0, 0.5)] * 11, (1, 0.5)), ["đúng"])
    assert "“sai”" in _key_doubts(clear)[0]
    nobody_right = item_of(_answers(*[(0, 0.5)] * 10), ["đúng"])
    assert _key_doubts(nobody_right)


def test_every_spelling_that_earns_the_point_is_right():
    spelt = [Answered(1, 0.5, ("cntt",), None)] * 12 + [Answered(1, 0.5, ("CNTT",), None)] * 3
    item = item_of(spelt, ["công nghệ thông tin"])
    assert [option.is_right for option in item.options] == [True, True]
    assert not _key_doubts(item)


def test_what_nobody_chooses_stands_there_with_nought():
    item = item_of(_answers((1, 1), (0, 1)), ["đúng"], ["sai", "không ai chọn", "đúng"])
    assert [(option.text, option.count) for option in item.options][-1] == ("không ai chọn", 0)
