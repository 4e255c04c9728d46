import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from assessments.models import Attempt
from learning.calls.actions import appoint, call_out, cancel, extend
from learning.calls.models import Call
from learning.tracking.actions import enrol
from learning.tracking.models import StepProgress
from learning.tracking.registries.dues import dues_of
from membership.models import Membership, Role, User
from membership.registries.groups import Chosen
from notices.actions.writing import write_to
from notices.models import Circular, Notice
from tests.factories.people import PersonFactory, add_user, grant
from tests.learning.calls.conftest import TODAY
from tests.learning.calls.test_views import as_user
from tests.queries import assert_constant_queries


@pytest.fixture
def taught(school):
    """A call that is out, with Bình as the teacher of the class."""
    call = school.call()
    appoint(call=call, teacher=school.standing.binh, by=school.standing.chi, at=timezone.now())
    return Call.objects.get()


def attempt(enrolment, number, points):
    now = timezone.now()
    Attempt.objects.create(
        enrolment=enrolment, quiz_key=uuid.uuid4(), quiz_title="Kiểm tra", number=number, pass_mark=80, feedback="all",
        started_at=now, finished_at=now, points=points, max_points=4,
    )  # fmt: skip


def row_of(client, call):
    page = client.get(reverse("calls:class", args=[call.pk]))
    return next(line.row for line in page.context["table"].lines if line.row.person.full_name == "Trần Thị An")


class TestAppointing:
    def test_the_teacher_is_told_once_and_the_learner_sees_who_it_is(self, school, taught):
        appoint(call=taught, teacher=school.standing.binh, by=school.standing.chi, at=timezone.now())
        assert Notice.objects.filter(kind="call-class", person=school.standing.binh.person).count() == 1
        assert ModelLogEntry.objects.filter(action="calls.appoint").count() == 1
        assert dues_of(school.standing.an.person_id, TODAY)[0].teacher == school.standing.binh.person.full_name

    def test_of_a_draft_the_teacher_hears_when_it_goes_out(self, school):
        call = school.prepare()
        appoint(call=call, teacher=school.standing.binh, by=school.standing.chi, at=timezone.now())
        assert not Notice.objects.filter(kind="call-class").exists()
        call_out(call=call, by=school.standing.chi, at=timezone.now())
        assert Notice.objects.filter(kind="call-class").count() == 1

    def test_only_a_trainer_is_a_teacher_and_only_who_calls_says_so(self, school):
        call, at = school.call(), timezone.now()
        with pytest.raises(ValidationError):
            appoint(call=call, teacher=school.standing.chi, by=school.standing.dung, at=at)
        for who in ("an", "lan", "ha"):
            with pytest.raises(PermissionDenied):
                appoint(call=call, teacher=school.standing.binh, by=getattr(school.standing, who), at=at)
        cancel(call=call, by=school.standing.chi, at=at)
        with pytest.raises(ValidationError):
            appoint(call=call, teacher=school.standing.binh, by=school.standing.chi, at=at)


def test_the_page_of_the_course_says_until_when_and_who_teaches_before_one_enrols_and_not_once_done(
    client, school, taught
):
    learner, teacher = as_user(client, school.standing.an), school.standing.binh.person.full_name
    address = school.course.get_url()
    page = learner.get(address).content.decode()
    assert (f"{taught.last_day:%d/%m/%Y}" in page, teacher in page) == (True, True)
    enrol(person=school.standing.an.person, course=school.course, by=school.standing.an, at=timezone.now())
    assert f"{taught.last_day:%d/%m/%Y}" in learner.get(address).content.decode()
    school.finish(school.standing.an)
    assert teacher not in learner.get(address).content.decode()
    assert teacher not in as_user(client, school.standing.ha).get(address).content.decode()


class TestProgress:
    def test_steps_place_day_and_attempts_are_shown_and_nobody_of_another_class(self, client, school, taught):
        enrolment = enrol(
            person=school.standing.an.person, course=school.course, by=school.standing.an, at=timezone.now()
        )
        key = school.lesson.translation_key
        StepProgress.objects.create(
            enrolment=enrolment, step=school.lesson, step_key=key, step_title=school.lesson.title,
            started_at=timezone.now(), visited_at=timezone.now(), completed_at=timezone.now(),
        )  # fmt: skip
        attempt(enrolment, 1, 2)
        attempt(enrolment, 2, 3)
        row = row_of(as_user(client, school.standing.binh), taught)
        assert (row.steps_done, row.steps_needed, row.where, row.last_on) == (1, 1, "Mười chỉ số", TODAY)
        assert (row.attempts, row.best) == (2, 75)
        assert row.done_on is None

        other = school.call()
        assert client.get(reverse("calls:class", args=[other.pk])).status_code == 404
        assert taught.title in client.get(reverse("calls:classes")).content.decode()

    @pytest.mark.parametrize("who", ["an", "chi", "dung", "giang", "minh", "ha"])
    def test_the_teachers_page_is_the_teachers_alone(self, client, school, taught, who):
        page = as_user(client, getattr(school.standing, who)).get(reverse("calls:class", args=[taught.pk]))
        assert page.status_code == 404

    def test_it_closes_a_while_after_the_end_and_with_the_role(self, client, school, taught):
        address = reverse("calls:class", args=[taught.pk])
        teacher = as_user(client, school.standing.binh)
        Call.objects.update(first_day=TODAY - datetime.timedelta(days=60), last_day=TODAY - datetime.timedelta(days=30))
        assert teacher.get(address).status_code == 200
        Call.objects.update(last_day=TODAY - datetime.timedelta(days=31))
        assert teacher.get(address).status_code == 404
        Call.objects.update(last_day=TODAY)
        grant(school.standing.binh, Role.AUDITOR, school.standing.province)  # who sees learning, and trains nobody
        Membership.objects.filter(person=school.standing.binh.person, role=Role.TRAINER).update(valid_to=TODAY)
        assert teacher.get(address).status_code == 404

    def test_no_query_grows_with_the_people(self, client, school, taught):
        teacher = as_user(client, school.standing.binh)

        def more():
            for person in PersonFactory.create_batch(3):
                taught.people.create(person=person)

        assert_constant_queries(lambda: teacher.get(reverse("calls:class", args=[taught.pk])), more)


def test_who_teaches_gives_one_person_longer_and_nobody_elsewhere(client, school, taught):
    called, until = taught.people.get(person=school.standing.an.person), taught.last_day + datetime.timedelta(days=5)
    said = {"do": "extend", "row": called.pk, "until": until.isoformat(), "why": "Ốm"}
    as_user(client, school.standing.binh).post(reverse("calls:class", args=[taught.pk]), said)
    called.refresh_from_db()
    assert called.last_day == until
    appoint(call=taught, teacher=None, by=school.standing.chi, at=timezone.now())
    Membership.objects.filter(person=school.standing.binh.person).update(valid_to=TODAY)
    teacher = User.objects.get(pk=school.standing.binh.pk)
    with pytest.raises(PermissionDenied):
        extend(called=called, until=taught.last_day, why="", by=teacher, at=timezone.now())


def test_the_office_gives_the_class_from_the_page_of_the_call(client, school):
    call = school.call()
    officer, address = as_user(client, school.standing.chi), reverse("calls:teacher", args=[call.pk])
    assert officer.post(address, {"teacher": school.standing.an.pk}).status_code == 422
    officer.post(address, {"teacher": school.standing.binh.pk})
    assert Call.objects.get().teacher == school.standing.binh
    assert school.standing.binh.person.full_name in officer.get(reverse("calls:call", args=[call.pk])).content.decode()
    assert as_user(client, school.standing.ha).post(address, {}).status_code == 404


@pytest.fixture
def away(school, taught):
    """Who teaches the class and is a trainer elsewhere: without an office where its people belong."""
    user = add_user("tam", "Lý Thị Tâm")
    grant(user, Role.TRAINER, school.standing.foreign_association)
    appoint(call=taught, teacher=user, by=school.standing.chi, at=timezone.now())
    return User.objects.get(pk=user.pk)


class TestWriting:
    """Who teaches writes to the class, and to nobody else there."""

    def _form(self, school, group, **changed):
        return {"unit": school.standing.chapter.pk, "group": group, "subject": "Còn hai ngày", "text": "Mời bà con.",
                "token": str(uuid.uuid4()), "do": "send"} | changed  # fmt: skip

    def test_the_class_is_written_to_after_a_look_and_it_is_logged(self, client, school, taught, away):
        teacher, group = as_user(client, away), f"class:{taught.pk}"
        address = reverse("notices:write")
        assert f"{address}?nhom={group}" in teacher.get(reverse("calls:class", args=[taught.pk])).content.decode()
        offered = teacher.get(address, {"nhom": group}).context["form"]
        assert [choice for _name, some in offered.fields["group"].choices for choice, _label in some] == [group]
        seen = teacher.post(address, self._form(school, group, do="preview"))
        assert (seen.status_code, Circular.objects.count()) == (200, 0)
        assert "@" not in seen.content.decode().split("<main")[1].split("</main")[0]  # no address
        teacher.post(address, self._form(school, group))
        circular = Circular.objects.get()
        assert {notice.person for notice in circular.notices.all()} == {row.person for row in taught.people.all()}
        assert ModelLogEntry.objects.filter(action="notices.write", user=away).count() == 1

    def test_no_other_class_group_or_unit_and_not_after_it_is_taken_back(self, client, school, taught, away):
        other, teacher = school.call(), as_user(client, away)
        address = reverse("notices:write")
        for group in (f"class:{other.pk}", f"called:{other.pk}", "unit:", "", "class:x", f"class:{uuid.uuid4()}"):
            offered = teacher.get(address, {"nhom": group}).context["form"].fields
            assert school.standing.chapter not in offered["unit"].queryset
            assert "class" not in str(offered["group"].choices)
            assert teacher.post(address, self._form(school, group)).status_code == 422
        wider = self._form(school, f"class:{taught.pk}", unit=school.standing.province.pk)
        assert teacher.post(address, wider).status_code == 422
        for unit, group in ((school.standing.province, f"class:{taught.pk}"), (school.standing.chapter, "unit:")):
            with pytest.raises(PermissionDenied):
                self._write(school, by=away, unit=unit, group=Chosen(group, "Lớp"))
        assert as_user(client, school.standing.an).get(address, {"nhom": f"class:{taught.pk}"}).status_code == 404
        appoint(call=taught, teacher=None, by=school.standing.chi, at=timezone.now())
        with pytest.raises(PermissionDenied):
            self._write(school, by=away, group=Chosen(f"class:{taught.pk}", "Lớp"))
        assert not Circular.objects.exists()

    def test_two_letters_a_day_and_the_same_twice_is_one(self, school, taught, away):
        said = {"by": away, "group": Chosen(f"class:{taught.pk}", "Lớp")}
        token = uuid.uuid4()
        assert self._write(school, token=token, **said) == self._write(school, token=token, **said)
        self._write(school, **said)
        with pytest.raises(ValidationError, match="cho các lớp"):
            self._write(school, **said)
        self._write(school, by=school.standing.chi, group=Chosen("unit:", "Chi hội"))  # the office still may

    def _write(self, school, **said):
        asked = {"token": uuid.uuid4(), "unit": school.standing.chapter, "subject": "Nhắc", "text": "Mời bà con.",
                 "at": timezone.now()}  # fmt: skip
        return write_to(**asked | said)
