import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import GroupPagePermission, ModelLogEntry

from learning.feedback.actions import answer, ask, let_show, moderate, move_feedback, report, say, withdraw
from learning.feedback.export import feedback_part
from learning.feedback.models import Enquiry, Opinion
from learning.feedback.querysets import pages_with_opinions
from learning.tracking.actions import enrol
from learning.tracking.actions.progress import move_enrolments
from membership.actions import erase_person
from tests.factories.evidence import NOW
from tests.factories.people import PersonFactory, add_user

LATER = NOW + datetime.timedelta(hours=1)
EVERYBODY = ("binh", "chi", "dung", "lan", "giang", "minh", "ha", "an")  # who asks comes last, and may withdraw


def replied(school, enquiry, by, text="Mười hai.", seen="", is_for_all=True):
    return answer(enquiry=enquiry, text=text, is_for_all=is_for_all, seen=seen, by=by, at=LATER)


def read_by_hoa(school):
    return Enquiry.objects.at(school.hoa.person_id, school.lesson.translation_key)


def who_may(school, action):
    """Which of the standing people an action is not refused to."""
    allowed = []
    for name in EVERYBODY:
        try:
            action(getattr(school.standing, name))
        except PermissionDenied:
            continue
        allowed.append(name)
    return allowed


class TestAsking:
    def test_the_same_words_are_asked_once_while_they_wait(self, school):
        assert school.ask() == school.ask()
        assert Enquiry.objects.count() == 1

    def test_text_is_kept_as_all_text_is(self, school):
        assert school.ask("  A\x07n ninh\u202e  ").text == "An ninh"

    def test_nobody_asks_in_the_place_of_another(self, school):
        page = (school.lesson.translation_key, school.lesson.title)
        said = {"enrolment": school.ans, "page": page, "text": "?", "can_be_shown": False, "at": NOW}
        assert who_may(school, lambda user: ask(**said, by=user)) == ["an"]

    def test_is_taken_back_by_the_asker_alone_and_goes(self, school):
        enquiry = school.ask()
        assert who_may(school, lambda user: withdraw(enquiry=enquiry, by=user, at=NOW)) == ["an"]
        assert not Enquiry.objects.exists()
        entry = ModelLogEntry.objects.get(action="feedback.withdraw")
        assert (entry.label, entry.deleted) == (str(entry.object_id), True)

    def test_what_was_answered_stays(self, school):
        enquiry = school.answered()
        with pytest.raises(ValidationError):
            withdraw(enquiry=enquiry, by=school.standing.an, at=NOW)


class TestAnswering:
    def test_only_trainers_who_may_edit_the_course_answer(self, school):
        enquiry = school.ask()
        assert who_may(school, lambda user: replied(school, enquiry, user)) == ["binh"]

    def test_a_trainer_answers_nothing_in_a_course_that_is_not_theirs(self, school):
        enquiry = school.ask()
        GroupPagePermission.objects.all().delete()
        binh = type(school.standing.binh).objects.get(pk=school.standing.binh.pk)
        with pytest.raises(PermissionDenied):
            replied(school, enquiry, binh)
        assert not Enquiry.objects.for_desk(binh).exists()

    def test_who_runs_the_site_answers_and_moderates_and_is_told_no_name(self, school):
        administrator = add_user("quantri", "Dương Quốc Quản", is_superuser=True)
        enquiry = replied(school, school.ask(agrees=True), administrator)
        assert not Enquiry.objects.for_desk(administrator).get().is_known
        with pytest.raises(PermissionDenied):
            withdraw(enquiry=enquiry, by=administrator, at=NOW)
        report(enquiry=enquiry, by=school.hoa, at=NOW)
        moderate(enquiry=enquiry, is_kept=False, by=administrator, at=NOW)
        assert school.fresh(enquiry).moderation == Enquiry.Moderation.HIDDEN

    def test_who_answers_later_without_having_seen_the_first_is_told(self, school):
        enquiry = school.ask()
        replied(school, enquiry, school.standing.binh)
        with pytest.raises(ValidationError):
            replied(school, enquiry, school.standing.binh, text="Tám.")
        assert school.fresh(enquiry).answer == "Mười hai."

    def test_a_correction_keeps_that_it_was_answered(self, school):
        first = replied(school, school.ask(), school.standing.binh)
        again = replied(school, first, school.standing.binh, text="Mười bốn.", seen=first.edition)
        assert again.answer == "Mười bốn."
        said = ModelLogEntry.objects.filter(action__startswith="feedback.").values_list("action", flat=True)
        assert sorted(said) == ["feedback.answer", "feedback.ask", "feedback.correct"]

    def test_who_corrects_without_having_seen_that_it_is_no_longer_shown_is_told(self, school):
        first = replied(school, school.ask(agrees=True), school.standing.binh)
        replied(school, first, school.standing.binh, seen=first.edition, is_for_all=False)
        with pytest.raises(ValidationError):
            replied(school, first, school.standing.binh, text="Mười  hai ký tự.", seen=first.edition)
        assert not school.fresh(first).is_for_all

    def test_what_was_taken_back_meanwhile_is_refused_in_words(self, school):
        enquiry = school.ask()
        withdraw(enquiry=enquiry, by=school.standing.an, at=NOW)
        for act in (
            lambda: replied(school, enquiry, school.standing.binh),
            lambda: withdraw(enquiry=enquiry, by=school.standing.an, at=NOW),
        ):
            with pytest.raises(ValidationError, match="đã rút lại"):
                act()

    def test_the_same_again_changes_nothing(self, school):
        first = replied(school, school.ask(), school.standing.binh)
        replied(school, first, school.standing.binh)
        assert ModelLogEntry.objects.filter(action="feedback.correct").count() == 0


class TestShowing:
    def test_takes_the_asker_and_a_trainer(self, school):
        enquiry = school.answered(agrees=False)
        read = read_by_hoa(school)
        assert not read.exists()
        let_show(enquiry=enquiry, can_be_shown=True, by=school.standing.an, at=NOW)
        assert read.get().is_shown
        let_show(enquiry=enquiry, can_be_shown=False, by=school.standing.an, at=NOW)
        assert not read.exists()

    def test_is_the_asker_s_to_say(self, school):
        enquiry = school.answered()
        assert who_may(school, lambda user: let_show(enquiry=enquiry, can_be_shown=False, by=user, at=NOW)) == ["an"]

    @pytest.mark.parametrize("moderation", Enquiry.Moderation.values)
    @pytest.mark.parametrize("can_be_shown", [True, False])
    @pytest.mark.parametrize("is_for_all", [True, False])
    def test_row_and_query_agree(self, school, moderation, can_be_shown, is_for_all):
        enquiry = school.answered()
        rows = Enquiry.objects.filter(pk=enquiry.pk)
        rows.update(moderation=moderation, can_be_shown=can_be_shown, is_for_all=is_for_all)
        assert rows.at(school.hoa.person_id, enquiry.page_key).exists() == rows.get().is_shown


class TestModeration:
    def test_a_report_hides_until_somebody_has_looked(self, school):
        enquiry = school.answered()
        assert report(enquiry=enquiry, by=school.hoa, at=NOW) == Enquiry.Moderation.REPORTED
        assert not read_by_hoa(school).exists()
        assert [who for who in EVERYBODY if waits_for(school, who)] == ["giang"]
        moderate(enquiry=enquiry, is_kept=True, by=school.standing.giang, at=NOW)
        assert read_by_hoa(school).exists()
        assert report(enquiry=enquiry, by=school.hoa, at=NOW) == Enquiry.Moderation.KEPT

    def test_only_who_reads_it_reports_it(self, school):
        enquiry = school.answered()
        assert who_may(school, lambda user: report(enquiry=enquiry, by=user, at=NOW)) == []

    def test_only_who_publishes_the_course_decides(self, school):
        enquiry = school.answered()
        report(enquiry=enquiry, by=school.hoa, at=NOW)
        assert who_may(school, lambda user: moderate(enquiry=enquiry, is_kept=False, by=user, at=NOW)) == ["giang"]
        assert school.fresh(enquiry).moderation == Enquiry.Moderation.HIDDEN

    def test_what_was_hidden_is_shown_again(self, school):
        enquiry = school.answered()
        report(enquiry=enquiry, by=school.hoa, at=NOW)
        for is_kept in (False, True):
            moderate(enquiry=enquiry, is_kept=is_kept, by=school.standing.giang, at=NOW)
        assert school.fresh(enquiry).is_shown

    def test_other_words_can_be_reported_again(self, school):
        enquiry = school.answered()
        report(enquiry=enquiry, by=school.hoa, at=NOW)
        moderate(enquiry=enquiry, is_kept=True, by=school.standing.giang, at=NOW)
        replied(school, enquiry, school.standing.binh, text="Khác hẳn.", seen=school.fresh(enquiry).edition)
        assert report(enquiry=enquiry, by=school.hoa, at=NOW) == Enquiry.Moderation.REPORTED

    def test_who_reports_what_another_has_just_reported_is_told_the_same(self, school):
        enquiry = school.answered()
        for _reader in range(2):
            assert report(enquiry=enquiry, by=school.hoa, at=NOW) == Enquiry.Moderation.REPORTED
        moderate(enquiry=enquiry, is_kept=False, by=school.standing.giang, at=NOW)
        assert report(enquiry=enquiry, by=school.hoa, at=NOW) == Enquiry.Moderation.HIDDEN
        assert ModelLogEntry.objects.filter(action="feedback.report").count() == 1

    def test_what_was_shown_again_is_hidden_after_all(self, school):
        enquiry = school.answered()
        report(enquiry=enquiry, by=school.hoa, at=NOW)
        for is_kept in (True, True, False):
            moderate(enquiry=enquiry, is_kept=is_kept, by=school.standing.giang, at=NOW)
        assert school.fresh(enquiry).moderation == Enquiry.Moderation.HIDDEN
        assert ModelLogEntry.objects.filter(action="feedback.keep").count() == 1

    def test_nothing_but_what_was_reported_is_the_moderator_s(self, school):
        school.ask()
        assert not Enquiry.objects.for_desk(school.standing.giang).exists()


def waits_for(school, who):
    return Enquiry.objects.waiting_for(getattr(school.standing, who)).exists()


class TestOpinions:
    def test_one_for_each_person_and_page_and_the_latest_counts(self, school):
        an = school.standing.an
        for is_helpful in (False, True):
            say(person=an.person, page=school.lesson, is_helpful=is_helpful, word="Ngắn", by=an, at=NOW)
        opinion = Opinion.objects.get()
        assert (opinion.is_helpful, opinion.word) == (True, "")

    def test_no_pressed_again_keeps_the_comment_that_was_sent(self, school):
        an = school.standing.an
        for word in ("Ngắn", None):
            say(person=an.person, page=school.lesson, is_helpful=False, word=word, by=an, at=NOW)
        assert Opinion.objects.get().word == "Ngắn"
        say(person=an.person, page=school.lesson, is_helpful=False, word="", by=an, at=NOW)
        assert Opinion.objects.get().word == ""

    def test_nobody_says_it_for_another(self, school):
        with pytest.raises(PermissionDenied):
            say(person=school.hoa.person, page=school.lesson, is_helpful=True, word="", by=school.standing.an, at=NOW)

    def test_counts_are_read_by_who_may_edit_the_page(self, school):
        for user, is_helpful in ((school.standing.an, True), (school.hoa, False)):
            say(person=user.person, page=school.lesson, is_helpful=is_helpful, word="", by=user, at=NOW)
        counted = pages_with_opinions(school.standing.binh).get()
        assert (counted.helped, counted.not_helped, counted.words) == (1, 1, 0)
        others = [who for who in EVERYBODY if pages_with_opinions(getattr(school.standing, who)).exists()]
        assert others == ["binh"]


class TestPeople:
    def test_what_was_asked_is_taken_along_and_erased(self, school):
        an = school.standing.an
        school.answered()
        say(person=an.person, page=school.lesson, is_helpful=False, word="Khó", by=an, at=NOW)
        taken = feedback_part(an.person)
        assert taken["questions_to_teachers"][0]["answer"] == "Mười hai ký tự."
        assert taken["opinions_of_pages"][0]["word"] == "Khó"
        erase_person(person=an.person, by=school.standing.dung, at=NOW)
        assert not Enquiry.objects.exists()
        assert not Opinion.objects.exists()

    def test_a_merge_brings_both_along_and_counts_nobody_twice(self, school):
        twin, an = PersonFactory(), school.standing.an
        enrolment = enrol(person=twin, course=school.course, by=None, at=NOW)
        page = (school.lesson.translation_key, school.lesson.title)
        Enquiry.objects.create(enrolment=enrolment, page_key=page[0], page_title=page[1], text="?", asked_at=NOW)
        for person, seen in ((twin, school.lesson), (twin, school.material), (an.person, school.lesson)):
            Opinion.objects.create(person=person, page_id=seen.pk, is_helpful=person == twin, said_at=NOW)
        for _turn in range(2):
            merged = {"duplicate": twin, "into": an.person, "by": None, "at": NOW}
            move_feedback(**merged)
            move_enrolments(**merged)
        assert Enquiry.objects.get().enrolment == school.ans
        said = Opinion.objects.filter(person=an.person).values_list("page_id", "is_helpful")
        assert dict(said) == {school.lesson.pk: False, school.material.pk: True}
        assert Opinion.objects.count() == 2

    def test_deleting_the_course_takes_no_enquiry_away(self, school):
        school.ask()
        school.course.delete()
        assert Enquiry.objects.get().page_title == "Mật khẩu"
