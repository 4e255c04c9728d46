"""What a running content may do, and what it may not."""

import json
import threading
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence, Verification
from learning.evidence.pages.sentences import provenance
from learning.tracking.actions import (
    ContentGoneError,
    NotBegunError,
    TellsByItselfError,
    enrol,
    launch,
    mark_finished,
    plays,
    take_entries,
)
from learning.tracking.models import ActivityPage, Play, PlayResult, PlayState, Statement, StepProgress
from learning.tracking.play.entries import SaidEntry, StateEntry
from membership.actions import merge_people
from membership.models import User
from tests.factories.activities import add_activity, enrolled, launched
from tests.factories.evaluation import member_without_account
from tests.factories.packages import QUESTION_SCRIPT, let_in, library, package, packed
from tests.factories.packages import content as content_files
from tests.factories.pages import add_course
from training_materials.actions import delete_package
from training_materials.models import CoursePage, Package, PackageVersion


@pytest.fixture
def content(standing, private_files) -> Package:
    administrator = User.objects.create_superuser("quantri", password="x")
    return let_in(package(), by=standing.binh, administrator=administrator).package


@pytest.fixture
def activity(school, content) -> ActivityPage:
    passed = ActivityPage.Completion.PASSED
    page = add_activity(school.course, content, completion=passed, pass_mark=80)
    for lesson in (school.first, school.second):
        lesson.is_required = False
        lesson.save_revision().publish()
    return page


def result(response, raw, maximum=1, *, verb="answered", key=None):
    said = {"statement": {"result": {"response": response, "score": {"raw": raw, "max": maximum}, "completion": True},
                          "actor": {"mbox": "mailto:evil@example.vn"}, "object": {"id": "https://evil.example/other"},
                          "verb": {"id": "http://evil.example/verb"}}}  # fmt: skip
    return SaidEntry(key or uuid4(), verb, True, said)


def take(play, *entries, by):
    return take_entries(play_id=play.pk, entries=entries, by=by, at=timezone.now())


def test_a_right_answer_completes_the_activity_and_becomes_evidence(activity, an):
    play = take(launched(an, activity), result("0", 1), by=an)
    assert play.best == 1
    assert StepProgress.objects.get(step_key=activity.translation_key).score == 1
    evidence = Evidence.objects.get(kind=Kind.ACTIVITY_COMPLETED)
    assert (evidence.score, evidence.verification, evidence.source) == (1, Verification.RECOMPUTED, "package")
    assert evidence.details["verdict"] == "verified"
    assert evidence.topics == ["ky-nang-so-thu"]
    assert "trình duyệt" in provenance(evidence) or "browser" in provenance(evidence)


@pytest.mark.parametrize("made", ["content", "page"])
def test_what_one_made_oneself_proves_no_more_than_ones_word(activity, content, an, made):
    if made == "content":
        PackageVersion.objects.update(created_by=an)
    else:
        ActivityPage.objects.update(owner=an)
        activity.refresh_from_db()
    take(launched(an, activity), result("0", 1), by=an)
    evidence = Evidence.objects.get(kind=Kind.ACTIVITY_COMPLETED)
    assert (evidence.score, evidence.verification) == (1, Verification.NONE)
    assert "tự soạn" in provenance(evidence)
    course = Evidence.objects.get(kind=Kind.COURSE_COMPLETED)
    assert course.verification == Verification.NONE
    assert "tự soạn" in provenance(course)


def test_the_course_is_finished_with_its_last_activity_but_not_as_marked_on_the_server(activity, an):
    take(launched(an, activity), result("0", 1), by=an)
    course = Evidence.objects.get(kind=Kind.COURSE_COMPLETED)
    assert course.verification == Verification.RECOMPUTED


@pytest.mark.parametrize(
    ("response", "raw", "verdict"), [("1", 0, "verified"), ("1", 1, "rejected"), ("9", 1, "unverified")]
)
def test_what_does_not_earn_the_mark_completes_nothing(activity, an, response, raw, verdict):
    play = take(launched(an, activity), result(response, raw), by=an)
    assert play.results.get().verdict == verdict
    assert not Evidence.objects.exists()
    assert not StepProgress.objects.filter(completed_at__isnull=False).exists()


def test_where_playing_is_enough_an_unchecked_result_completes_without_a_score(school, content, an):
    page = add_activity(school.course, content)
    play = take(launched(an, page), result("9", 1), by=an)
    evidence = Evidence.objects.get(kind=Kind.ACTIVITY_COMPLETED)
    assert (evidence.score, evidence.verification) == (None, Verification.NONE)
    assert evidence.details["verdict"] == "unverified"
    assert StepProgress.objects.get(step_key=page.translation_key).score is None
    assert play.best is None


def test_a_rejected_claim_completes_nothing_even_where_playing_is_enough(school, content, an):
    page = add_activity(school.course, content)
    take(launched(an, page), result("1", 1), by=an)
    assert not Evidence.objects.exists()


def test_a_worse_retry_never_erases_a_better_result(activity, an):
    play = launched(an, activity)
    take(play, result("0", 1), by=an)
    play = take(play, result("1", 0), by=an)
    assert play.best == 1
    assert StepProgress.objects.get(step_key=activity.translation_key).score == 1
    assert Evidence.objects.filter(kind=Kind.ACTIVITY_COMPLETED).count() == 1
    assert play.results.count() == 2


def test_a_better_result_supersedes_the_evidence_of_the_one_before(school, content, an):
    page = add_activity(school.course, content)
    play = launched(an, page)
    take(play, result("1", 0), by=an)
    take(play, result("0", 1), by=an)
    standing = Evidence.objects.filter(kind=Kind.ACTIVITY_COMPLETED).standing()
    assert [evidence.score for evidence in standing] == [Decimal(1)]


def test_after_a_merge_a_better_result_supersedes_what_was_moved_with_the_record(standing, school, content, an):
    play = launched(an, add_activity(school.course, content))
    take(play, result("1", 0), by=an)
    into = member_without_account(standing.chapter)
    merge_people(duplicate=an.person, into=into, by=standing.dung, at=timezone.now())
    an.refresh_from_db()
    take(play, result("0", 1), by=an)
    told = Evidence.objects.filter(kind=Kind.ACTIVITY_COMPLETED).standing().get()
    assert (told.person, told.score) == (into, 1)


def test_a_recomputed_score_takes_the_place_of_one_that_nobody_could_check_and_is_never_lowered(school, content, an):
    page = add_activity(school.course, content)
    play = launched(an, page)
    for response, raw in (("9", 1), ("0", 1), ("9", 1)):
        take(play, result(response, raw), by=an)
    rows = Evidence.objects.filter(kind=Kind.ACTIVITY_COMPLETED)
    assert [one.verification for one in rows.standing()] == [Verification.RECOMPUTED]
    assert rows.count() == 2


def test_the_same_report_three_times_is_one(activity, an):
    play, said = launched(an, activity), result("0", 1)
    for _time in range(3):
        take(play, said, by=an)
    assert PlayResult.objects.count() == Statement.objects.count() == 1


def test_statements_are_about_the_content_of_the_play_whatever_it_says(activity, an):
    play = launched(an, activity)
    take(play, result("0", 1), by=an)
    body = Statement.objects.get().body
    assert body["object"]["id"].endswith(str(play.version_key))
    assert body["verb"]["id"] == "http://adlnet.gov/expapi/verbs/answered"
    assert body["context"]["registration"] == str(play.pk)
    assert "evil" not in str(body)
    assert body["result"]["score"]["scaled"] == 1
    assert Statement.objects.get().person_id == an.person_id


def test_a_key_of_one_play_is_nothing_in_another(activity, an, standing):
    said = result("0", 1)
    take(launched(an, activity), said, by=an)
    take(launched(standing.ha, activity), said, by=standing.ha)
    assert Statement.objects.count() == 2


def test_nobody_speaks_for_another_persons_play(activity, an, standing):
    play = launched(an, activity)
    with pytest.raises(Play.DoesNotExist):
        take(play, result("0", 1), by=standing.ha)


def test_a_content_is_launched_only_in_its_own_course_and_for_oneself(activity, school, an, standing):
    other = add_course(school.index, "Khóa khác", slug="khoa-khac")
    with pytest.raises(PermissionDenied):
        launch(enrolment=enrolled(an, other), activity=activity, by=an, at=timezone.now())
    with pytest.raises(PermissionDenied):
        launch(enrolment=enrolled(an, school.course), activity=activity, by=standing.ha, at=timezone.now())


def test_launching_again_goes_on_and_a_new_version_begins_anew(activity, an, content, standing):
    first = launched(an, activity)
    assert launched(an, activity) == first
    version = PackageVersion.objects.get()
    version.pk, version.number = uuid4(), 2
    version.save(force_insert=True)
    assert launched(an, activity) != first


def test_deleting_the_content_keeps_plays_and_evidence(activity, an, content, standing):
    play = launched(an, activity)
    take(play, result("0", 1), by=an)
    delete_package(package=content, by=standing.binh, at=timezone.now())
    play.refresh_from_db()
    assert play.version is None
    assert play.results.count() == 1
    assert Evidence.objects.filter(kind=Kind.ACTIVITY_COMPLETED).exists()
    activity.refresh_from_db()
    with pytest.raises(ContentGoneError):
        launched(an, activity)
    assert take(play, result("0", 1), by=an).results.filter(verdict="unverified").count() == 1


def state(value, base=None, *, field="state", key=None):
    return StateEntry(key or uuid4(), "0", field, value, base)


def test_two_tabs_lose_no_field_of_each_other(activity, an):
    play = launched(an, activity)
    take(play, state('{"a":1}'), by=an)
    take(play, state('{"a":1,"b":2}', '{"a":1}'), by=an)
    take(play, state('{"a":1,"c":3}', '{"a":1}'), by=an)
    assert PlayState.objects.get().value == '{"a":1,"c":3,"b":2}'


def test_a_late_repeated_save_changes_nothing(activity, an):
    play, old = launched(an, activity), state('{"a":1}')
    take(play, old, by=an)
    take(play, state('{"a":2}', '{"a":1}'), by=an)
    take(play, old, by=an)
    assert PlayState.objects.get().value == '{"a":2}'


def test_what_is_on_the_way_is_heard_and_kept_without_a_result(activity, an):
    said = SaidEntry(uuid4(), "attempted", False, {"object": {"id": "x?subContentId=ab-1"}})
    take(launched(an, activity), said, by=an)
    assert Statement.objects.get().body["object"]["id"].endswith("?subContentId=ab-1")
    assert not PlayResult.objects.exists()


def test_a_content_that_never_stops_talking_silences_itself_alone(activity, an, standing):
    play = launched(an, activity)
    Play.objects.filter(pk=play.pk).update(said=plays.MOST_SAID)
    take(play, result("0", 1), by=an)
    assert not PlayResult.objects.exists()
    take(launched(standing.ha, activity), result("0", 1), by=standing.ha)
    assert PlayResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sixteen_first_launches_at_once_make_one_and_parallel_saves_lose_nothing(activity, an):
    enrol(person=an.person, course=CoursePage.objects.get(pk=activity.get_parent().pk), by=an, at=timezone.now())
    begun, faults = [], []
    together = threading.Barrier(16, timeout=300)

    def begin(number):
        try:
            together.wait()
            play = launched(an, activity)
            begun.append(play.pk)
            together.wait()
            take(play, state(json.dumps({f"part-{number}": number}), base="{}"), by=an)
        except Exception as fault:
            together.abort()
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=begin, args=[number]) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(begun) == 16
    assert Play.objects.count() == 1
    assert json.loads(PlayState.objects.get().value) == {f"part-{number}": number for number in range(16)}


@pytest.fixture
def silent(standing, private_files) -> Package:
    """A content that never says when it was played to the end."""
    administrator = User.objects.create_superuser("quantri-hai", password="x")
    accordion = library("H5P.Accordion", (1, 0, 1), script=QUESTION_SCRIPT + "\nH5P.Accordion = H5P.Tiny;")
    file = packed(content_files(main="H5P.Accordion 1.0"), accordion)
    return let_in(file, by=standing.binh, administrator=administrator).package


def mark(user, activity):
    return mark_finished(enrolment=enrolled(user, activity.course), activity=activity, by=user, at=timezone.now())


def test_who_has_been_through_a_content_that_never_says_so_marks_it_and_the_evidence_tells(school, silent, an):
    page = add_activity(school.course, silent)
    launched(an, page)
    for _time in range(2):
        mark(an, page)
    evidence = Evidence.objects.get(kind=Kind.ACTIVITY_COMPLETED)
    assert (evidence.source, evidence.verification, evidence.score) == ("self", Verification.NONE, None)
    assert evidence.details["how"] == "marked"
    with override("vi"):
        assert "tự đánh dấu" in provenance(evidence)
    assert StepProgress.objects.get(step_key=page.translation_key).completed_at


def test_what_finishes_an_activity_is_found_once_by_each_process(school, silent):
    page = add_activity(school.course, silent)
    assert page.is_marked_by_learner
    with CaptureQueriesContext(connection) as captured:
        assert ActivityPage.objects.get(pk=page.pk).is_marked_by_learner
    assert len(captured) == 2  # the page, and which version plays
    assert not any('"params"' in query["sql"] for query in captured.captured_queries)


def test_nobody_marks_what_they_never_opened_nor_another_persons_nor_what_tells_by_itself(
    school, silent, content, an, standing
):
    page = add_activity(school.course, silent)
    with pytest.raises(NotBegunError):
        mark(an, page)
    with pytest.raises(PermissionDenied):
        mark_finished(
            enrolment=enrolled(an, page.course), activity=page, by=standing.binh, at=timezone.now()
        )  # fmt: skip
    telling = add_activity(school.course, content, "Trắc nghiệm", slug="trac-nghiem")
    launched(an, telling)
    with pytest.raises(TellsByItselfError):
        mark(an, telling)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(("response", "raw", "is_finished"), [("", 0, False), ("[,][,]", 0, False), ("1", 0, True)])
def test_what_was_handed_in_empty_finishes_nothing(school, content, an, response, raw, is_finished):
    page = add_activity(school.course, content)
    play = take(launched(an, page), result(response, raw), by=an)
    assert (play.finished_at is not None) == Evidence.objects.exists() == is_finished
    assert play.results.count() == 1
