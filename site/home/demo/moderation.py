"""A course of the demo with its moderator: a step rewritten, one moved, both submitted."""

from __future__ import annotations

import datetime

from home.demo.people import Population
from training_materials.actions import place_step, submit_course
from training_materials.models import CoursePage, LessonPage

_COURSE, _REWRITTEN, _MOVED = "lap-ke-hoach-hoc-tap", "viet-muc-tieu", "nhin-lai-minh"
_SUMMARY = "Viết một mục tiêu học tập rõ ràng, đo được, vừa sức trong ba tháng."


def submit_one(population: Population, now: datetime.datetime) -> None:
    binh, course = population.users["binh"], CoursePage.objects.get(slug=_COURSE)
    lesson: LessonPage = LessonPage.objects.get(slug=_REWRITTEN).get_latest_revision_as_object()
    lesson.summary = _SUMMARY
    lesson.save_revision(user=binh)
    place_step(course=course, step=LessonPage.objects.get(slug=_MOVED).pk, place=2, by=binh, at=now)
    submit_course(course=course, by=binh)
