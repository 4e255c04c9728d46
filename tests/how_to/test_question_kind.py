"""docs/how-to/question-kind.md, walked through: a question is answered with a year."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.bank.export import exported, held_by_format
from assessments.formats import FORMATS
from assessments.forms.questions import form_of
from assessments.kinds import KINDS, Body
from assessments.kinds.base import WAITING, Criterion, mark_share
from assessments.kinds.short_text import typed
from assessments.models import Question, Response
from assessments.sitting import fragments
from learning.tracking.actions import enrol
from membership.actions import sync_groups
from tests.assessments.conftest import add_quiz
from tests.factories.pages import add_course, page_tree
from training_materials.actions import set_up_publishing
from training_materials.models import CourseIndexPage, LibraryPage, Topic


@dataclass(frozen=True)
class Year(Body):
    year: int

    key, label, control = "year", "Năm", "text"
    rule = "Viết một năm."
    template = "assessments/questions/short_text.html"
    form_fields = {"year": forms.IntegerField(label="Năm đúng")}
    main_field = "year"

    def shuffle(self, rng):
        return []

    @classmethod
    def parse(cls, body):
        if not isinstance(body.get("year"), int):
            raise ValidationError("Viết năm đúng.")
        return cls(body["year"])

    def shown(self, order, answer):
        return {"text": answer or "", "longest": "4"}

    def mark_given(self, answer, order):
        return mark_share(int(answer == str(self.year)), 1)

    def right_answer(self):
        return [str(self.year)]

    def describe(self, answer, order):
        return [] if answer is None else [answer]

    @classmethod
    def clean(cls, raw, order):
        return None if raw is None else typed(raw, 4)

    @classmethod
    def read(cls, form, name, order):
        return form.get(name, "")


@dataclass(frozen=True)
class Choice(Body):
    """One of two ways, chosen; a trainer marks whether it suits the learner."""

    ways: tuple[str, ...]

    key, label, control = "way", "Cách học", "truth"
    rule = "Chọn một cách; giảng viên chấm."
    template = "assessments/questions/choice.html"
    form_fields = {"ways": forms.CharField(label="Hai cách")}
    main_field = "ways"
    is_marked_by_trainer = True

    def shuffle(self, rng):
        return []

    @classmethod
    def parse(cls, body):
        return cls(tuple(body["ways"]))

    def rubric(self):
        return (Criterion("Hợp với người học", 3), Criterion("Có cân nhắc", 1))

    def shown(self, order, answer):
        named = zip(("true", "false"), self.ways, strict=True)
        options = [{"value": value, "text": way, "is_chosen": value == str(answer).lower()} for value, way in named]
        return {"input_type": "radio", "options": options}

    def mark_given(self, answer, order):
        return WAITING

    def right_answer(self):
        return ["Cách nào cũng được, nếu hợp."]

    def describe(self, answer, order):
        return [] if answer is None else [self.ways[0] if answer else self.ways[1]]

    @classmethod
    def clean(cls, raw, order):
        return raw

    @classmethod
    def read(cls, form, name, order):
        return {"true": True, "false": False}.get(form.get(name, ""))


@pytest.fixture
def way() -> Iterator[type[Body]]:
    KINDS[Choice.key] = Choice
    yield Choice
    del KINDS[Choice.key]


@pytest.fixture
def year() -> Iterator[type[Body]]:
    KINDS[Year.key] = Year
    yield Year
    del KINDS[Year.key]


@pytest.fixture
def question(year, standing) -> Question:
    topic = Topic.objects.create(name="Lịch sử", slug="lich-su")
    at = timezone.now()
    return actions.save_question(
        slug="quoc-khanh", topic=topic, kind="year", prompt="Nước ta độc lập năm nào?", body={"year": 1945},
        feedback="Ngày 2 tháng 9.", difficulty="easy", by=standing.binh, at=at,
    )  # fmt: skip


def test_a_learner_is_asked_answers_and_reads_what_it_earned(client, standing, question):
    course = add_course(page_tree().course_index, "Lịch sử")
    quiz = add_quiz(course, "Bài kiểm tra", [(question.topic, 1)])
    enrolment = enrol(person=standing.an.person, course=course, by=standing.an, at=timezone.now())
    attempt = actions.start(rng=Random(1), enrolment=enrolment, quiz=quiz, by=standing.an, at=timezone.now())
    client.force_login(standing.an)

    page = reverse("assessments:attempt", args=[attempt.pk])
    html = client.get(page).content.decode()
    assert question.current.prompt in html
    assert 'data-control="text"' in html
    assert "1945" not in html

    kept = dict(fragments._kept)
    finished = client.post(page, {"seen-1": "0", "q-1": "1945", "finish": "confirmed"}, follow=True)
    response = Response.objects.get(attempt=attempt)
    assert (response.answer, response.points) == ("1945", 1)
    assert "1945" in finished.content.decode()
    assert question.current.feedback in finished.content.decode()
    assert fragments._kept == kept  # what a person wrote stays in no process


def test_a_kind_says_that_trainers_mark_it_and_by_what(client, way, standing):
    topic, at = Topic.objects.create(name="Tự học", slug="tu-hoc"), timezone.now()
    actions.save_question(
        slug="cach-hoc", topic=topic, kind="way", prompt="Bạn chọn cách nào?", body={"ways": ["Học nhóm", "Tự học"]},
        feedback="", difficulty="easy", by=standing.binh, at=at,
    )  # fmt: skip
    course = add_course(page_tree().course_index, "Tự học")
    quiz = add_quiz(course, "Bài kiểm tra", [(topic, 1)])
    enrolment = enrol(person=standing.an.person, course=course, by=standing.an, at=at)
    attempt = actions.start(rng=Random(1), enrolment=enrolment, quiz=quiz, by=standing.an, at=at)
    client.force_login(standing.an)
    client.post(
        reverse("assessments:attempt", args=[attempt.pk]), {"seen-1": "0", "q-1": "true", "finish": "confirmed"}
    )
    response = Response.objects.get(attempt=attempt)
    assert (response.answer, response.points) == (True, None)

    set_up_publishing(library=LibraryPage.objects.get(), course_index=CourseIndexPage.objects.get(), at=at)
    sync_groups(user=standing.binh, at=at)
    client.force_login(standing.binh)
    address = reverse("written_marking:mark", args=[response.pk])
    page = client.get(address).content.decode()
    assert all(words in page for words in ("Học nhóm", "Cách nào cũng được", "Hợp với người học", "Có cân nhắc"))
    assert client.post(address, {"points-0": "4", "points-1": "1", "seen": "0"}).status_code == 400
    client.post(address, {"points-0": "2", "points-1": "1", "comment": "Tốt", "seen": "0"})
    response.refresh_from_db()
    assert response.points == Decimal("0.75")
    client.force_login(standing.an)
    result = client.get(reverse("assessments:result", args=[attempt.pk])).content.decode()
    assert "Hợp với người học: 2/3" in result


def test_a_trainer_chooses_the_kind_and_writes_a_question(client, standing, question):
    page_tree()
    at = timezone.now()
    set_up_publishing(library=LibraryPage.objects.get(), course_index=CourseIndexPage.objects.get(), at=at)
    sync_groups(user=standing.binh, at=at)
    client.force_login(standing.binh)
    assert "Viết một năm." in client.get(reverse("question_bank:add")).content.decode()
    assert "Năm đúng" in client.get(reverse("question_bank:add_kind", args=["year"])).content.decode()
    assert "Năm" in client.get(reverse("question_bank:index")).content.decode()
    sent = {"topic": str(question.topic.pk), "prompt": "Năm nào?", "difficulty": "easy", "audience": "everyone"}
    assert form_of("year")({**sent, "year": "1975"}, for_user=standing.binh).is_valid()
    assert not form_of("year")({**sent, "year": "mai"}, for_user=standing.binh).is_valid()


def test_formats_that_do_not_know_it_leave_it_out_and_say_so(client, standing, question):
    assert {held.left_out for held in held_by_format(None)} == {1}
    for format_ in FORMATS.values():
        assert question.current.prompt.encode() not in exported(format_, None)


def test_no_migration_is_wanted(db, year):
    call_command("makemigrations", "assessments", check_changes=True, dry_run=True)
