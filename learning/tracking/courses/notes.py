"""One's own notes beside the lesson, and all of them by course: where each belongs in the lesson as it is today."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.core.paginator import Page, Paginator
from django.forms import BoundField
from django.urls import reverse

from learning.tracking.forms import NoteForm, WordsForm
from learning.tracking.models import Enrolment, Note, StepProgress
from learning.tracking.models.own import LENGTH_OF_PASSAGES
from membership.models import User
from training_materials.blocks.bodies import Part, parts, standing
from training_materials.models import LessonPage

# A longer passage is looked for by its first and its last words: a browser finds those across paragraphs too.
_WORDS_OF_AN_END = 4
_TOP = "main"
_PER_PAGE = 50


@dataclass(frozen=True)
class NoteLine:
    """``part``: where it stands today, None for the whole lesson, and where the part is gone. ``url``: that place, from
    elsewhere with the passage lit up where the browser can; empty where there is nothing to open."""

    note: Note
    part: Part | None
    is_part_gone: bool
    is_passage_gone: bool
    url: str

    @property
    def heading(self) -> str:
        return self.part.title if self.part else self.note.part_title

    @property
    def words(self) -> BoundField:
        """Where it is worded anew."""
        return WordsForm(self.note)["text"]


@dataclass(frozen=True)
class LessonNotes:
    title: str
    url: str
    lines: list[NoteLine]


@dataclass(frozen=True)
class CourseNotes:
    enrolment: Enrolment
    lessons: list[LessonNotes]


def notes_context(enrolment: Enrolment, lesson: LessonPage, progress: StepProgress | None) -> dict[str, Any]:
    """What stands beneath a lesson, and the part where one left off, unless one has finished: one query."""
    there = parts(lesson.body)
    notes = list(Note.objects.for_step(enrolment, lesson.translation_key))
    still = standing(lesson, {note.passage for note in notes if note.passage})
    lines = [_line(note, there, "", still) for note in notes]
    left = progress.part if progress and not progress.completed_at else ""
    return {
        "note_lines": lines,
        "note_form": NoteForm(there),
        "mark_form": NoteForm(there, auto_id="mark_%s"),
        "longest_passage": LENGTH_OF_PASSAGES,
        "left_at": next((part for part in there[1:] if part.anchor == left), None),
    }


def own_notes(user: User, number: str | None) -> tuple[list[CourseNotes], Page[Note]]:
    """A page of all that a person has, by course and lesson, and that page: three queries."""
    page = Paginator(Note.objects.of(user).for_own_page(), _PER_PAGE).get_page(number)
    notes = list(page)
    lessons = {note.step_id for note in notes if note.step_id}
    bodies = LessonPage.objects.filter(pk__in=lessons).only("body")
    there: dict[int | None, list[Part]] = {lesson.pk: parts(lesson.body) for lesson in bodies}
    courses = [
        CourseNotes(enrolment, [_lesson(list(some), there) for _key, some in groupby(of_course, _lesson_key)])
        for enrolment, of_course in groupby(notes, lambda note: note.enrolment)
    ]
    return courses, page


def _lesson_key(note: Note) -> Any:
    return note.step_key


def _lesson(notes: list[Note], there: dict[int | None, list[Part]]) -> LessonNotes:
    first = notes[0]
    url = _address(first)
    lines = [_line(note, there.get(note.step_id, []), url) for note in notes]
    return LessonNotes(first.step.title if first.step else first.step_title, url, lines)


def _address(note: Note) -> str:
    """That of the lesson, where it can still be read."""
    course, step = note.enrolment.course, note.step
    if course and course.live and step and step.live:
        return reverse("tracking:step", args=[course.slug, step.slug])
    return ""


def _line(note: Note, there: Collection[Part], url: str, still: Collection[str] | None = None) -> NoteLine:
    """``still``: the passages that the lesson holds, where the line stands beneath it."""
    part = _part_of(note, there)
    is_passage_gone = bool(note.passage and still is not None and note.passage not in still)
    if still is not None and (part or note.passage) and not is_passage_gone:
        url = f"#{part.anchor if part else _TOP}"
    elif url and (part or note.passage):
        url += f"#{part.anchor if part else _TOP}{_lit(note.passage)}"
    return NoteLine(note, part, bool(note.part and not part), is_passage_gone, url)


def _part_of(note: Note, there: Iterable[Part]) -> Part | None:
    """By its key, or by its words where the heading was taken out and put in again."""
    if not note.part:
        return None
    by_key = {part.key: part for part in there}
    return by_key.get(note.part) or next((part for part in there if part.title == note.part_title), None)


def _lit(passage: str) -> str:
    """The directive of an address that has the browser look for the passage."""
    words = passage.split()
    if not words:
        return ""
    ends = [" ".join(words)]
    if len(words) > 2 * _WORDS_OF_AN_END:
        ends = [" ".join(words[:_WORDS_OF_AN_END]), " ".join(words[-_WORDS_OF_AN_END:])]
    return ":~:text=" + ",".join(quote(end, safe="").replace("-", "%2D") for end in ends)
