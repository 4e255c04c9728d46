"""Changing the question bank."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from assessments.bank.media import cleaned
from assessments.bank.stock import standing_stock
from assessments.kinds import body_from_plain
from assessments.models import Pool, Question, QuestionVersion, QuizPage, Response
from assessments.rules.draws import Group, Stock
from interface.vietnamese import fold, nfc
from membership.models import User
from membership.policy import Action, require
from training_materials.models import Audience, LessonPage, Topic


@transaction.atomic
def save_question(
    *,
    slug: str,
    topic: Topic,
    kind: str,
    prompt: str,
    body: Mapping[str, Any],
    feedback: str,
    difficulty: str,
    audience: str = Audience.EVERYONE,
    pool: Pool | None = None,
    media: Iterable[Mapping[str, Any]] = (),
    by: User,
    at: datetime.datetime,
) -> Question:
    """Makes the question, or gives it a new version if what it asks has changed. Idempotent.

    ``body`` as of ``body_from_plain``, ``media`` as of ``assessments.media``.

    Raises PermissionDenied, and ValidationError in words for trainers.
    """
    require(by, Action.MANAGE_QUESTIONS)
    wording = _wording(kind, prompt, body, feedback) | {"media": cleaned(media)}
    question = Question.objects.select_for_update(of=("self",)).select_related("current").filter(slug=slug).first()
    if question is None:
        question = Question(slug=slug, topic=topic)
    tags = Group(topic.pk, difficulty, audience, pool.pk if pool else None)
    if question.pk:
        demand_enough_without(question, tags)
    is_same_place = question.pk and question.group == tags
    if is_same_place and question.draft is None and _same(question.current, wording):
        return question
    question.topic, question.difficulty, question.audience, question.pool = topic, difficulty, audience, pool
    question.draft = None
    question.folded_text = fold(f"{prompt} {slug}")
    question.save()
    if not _same(question.current, wording):
        _add_version(question, wording, by, at)
    log(instance=question, action="assessments.save_question", user=by, title=question.slug)
    return question


@transaction.atomic
def save_draft(
    *,
    slug: str,
    topic: Topic,
    kind: str,
    prompt: str,
    body: Mapping[str, Any],
    feedback: str,
    difficulty: str,
    audience: str = Audience.EVERYONE,
    pool: Pool | None = None,
    by: User,
    at: datetime.datetime,
) -> Question:
    """Keeps what is written, finished or not, beside the version in use; no quiz draws it. Idempotent.

    Topic, difficulty, target group and pool of a question in use stay until ``save_question``. Raises PermissionDenied.
    """
    require(by, Action.MANAGE_QUESTIONS)
    draft = {"kind": kind, "prompt": nfc(prompt), "body": dict(body), "feedback": nfc(feedback)}
    tags = {"topic": topic.pk, "difficulty": difficulty, "audience": audience, "pool": pool.pk if pool else None}
    draft["tags"] = tags
    question = Question.objects.select_for_update(of=("self",)).filter(slug=slug).first() or Question(slug=slug)
    if question.pk and question.draft == draft:
        return question
    question.draft = draft
    if question.current_id is None:
        question.topic, question.difficulty, question.audience, question.pool = topic, difficulty, audience, pool
        question.folded_text = fold(f"{prompt} {slug}")
    question.save()
    log(instance=question, action="assessments.save_draft", user=by, title=question.slug)
    return question


@transaction.atomic
def point_to_lesson(
    *, question: Question, lesson: LessonPage | None, heading: str = "", by: User, at: datetime.datetime
) -> Question:
    """Says which part of which lesson the question asks about. Changes nothing that is asked. Idempotent."""
    require(by, Action.MANAGE_QUESTIONS)
    named = (lesson.pk if lesson else None, nfc(heading) if lesson else "")
    if named != (question.lesson_id, question.heading):
        question.lesson_id, question.heading = named
        question.save(update_fields=["lesson", "heading"])
        log(instance=question, action="assessments.point_to_lesson", user=by, title=question.slug)
    return question


@transaction.atomic
def discard_draft(*, question: Question, by: User, at: datetime.datetime) -> Question:
    """Forgets what was not put into use. A question that is only a draft stays. Idempotent."""
    require(by, Action.MANAGE_QUESTIONS)
    question = Question.objects.select_for_update().get(pk=question.pk)
    if question.draft is not None and question.current_id is not None:
        question.draft = None
        question.save(update_fields=["draft"])
        log(instance=question, action="assessments.discard_draft", user=by, title=question.slug)
    return question


@transaction.atomic
def retire_question(*, question: Question, by: User, at: datetime.datetime) -> Question:
    """Draws it no more; attempts keep it. Idempotent.

    Raises PermissionDenied, and ValidationError if a published quiz would be short of questions.
    """
    require(by, Action.MANAGE_QUESTIONS)
    question = Question.objects.select_for_update().get(pk=question.pk)
    if question.retired_at is None:
        demand_enough_without(question)
        question.retired_at = at
        question.save(update_fields=["retired_at"])
        log(instance=question, action="assessments.retire_question", user=by, title=question.slug)
    return question


@transaction.atomic
def restore_question(*, question: Question, by: User, at: datetime.datetime) -> Question:
    """Takes a retired question into use again. Idempotent."""
    require(by, Action.MANAGE_QUESTIONS)
    question = Question.objects.select_for_update().get(pk=question.pk)
    if question.retired_at is not None:
        question.retired_at = None
        question.save(update_fields=["retired_at"])
        log(instance=question, action="assessments.restore_question", user=by, title=question.slug)
    return question


@transaction.atomic
def delete_question(*, question: Question, by: User, at: datetime.datetime) -> None:
    """Deletes a question that nobody was ever asked. Deleting it again does nothing.

    Raises PermissionDenied, and ValidationError if attempts asked it or a published quiz would be short.
    """
    require(by, Action.MANAGE_QUESTIONS)
    standing = Question.objects.select_for_update().filter(pk=question.pk).first()
    if standing is None:
        return
    if Response.objects.filter(version__question=standing).exists():
        raise ValidationError(_("Learners have been asked this question, so it cannot be deleted. Retire it instead."))
    demand_enough_without(standing)
    log(instance=standing, action="assessments.delete_question", user=by, title=standing.slug, deleted=True)
    Question.objects.filter(pk=standing.pk).update(current=None)
    standing.versions.all().delete()
    standing.delete()


@transaction.atomic
def tag_questions(
    *,
    questions: Sequence[Question],
    topic: Topic | None = None,
    difficulty: str = "",
    audience: str = "",
    pool: Pool | None = None,
    by: User,
    at: datetime.datetime,
) -> int:
    """What is empty stays as it is; drafts are tagged with their questions. Says how many changed; all or none.

    Idempotent. Raises PermissionDenied, and ValidationError, which names the question, if a published quiz would be
    short of questions of a kind.
    """
    require(by, Action.MANAGE_QUESTIONS)
    given = {"topic": topic and topic.pk, "difficulty": difficulty, "audience": audience, "pool": pool and pool.pk}
    asked = Question.objects.filter(pk__in=[each.pk for each in questions]).select_related("current")
    locked = list(asked.select_for_update(of=("self",)).order_by("pk"))
    stock = standing_stock()
    changed = [question for question in locked if _is_tagged(question, given, stock)]
    for question in changed:
        log(instance=question, action="assessments.tag_question", user=by, title=question.slug)
    return len(changed)


def _wording(kind: str, prompt: str, body: Mapping[str, Any], feedback: str) -> dict[str, Any]:
    """What a version holds, in its one stored form."""
    text = nfc(prompt)
    if not text:
        raise ValidationError(_("Write the question."))
    return {"kind": kind, "prompt": text, "body": body_from_plain(kind, body), "feedback": nfc(feedback)}


def _same(version: QuestionVersion | None, wording: dict[str, Any]) -> bool:
    return version is not None and all(getattr(version, name) == value for name, value in wording.items())


def _add_version(question: Question, wording: dict[str, Any], by: User, at: datetime.datetime) -> None:
    number = question.current.number + 1 if question.current else 1
    question.current = QuestionVersion.objects.create(
        question=question, number=number, created_at=at, created_by=by, **wording
    )
    question.save(update_fields=["current"])


def demand_enough_without(question: Question, instead: Group | None = None, stock: Stock | None = None) -> None:
    """Raises ValidationError if a published quiz, filled now, could not be filled without the question.

    ``instead``: the topic, difficulty, target group and pool under which it stays.
    """
    if not question.is_in_use or question.group == instead:
        return
    _demand_pickable(question, instead)
    if short := (stock or standing_stock()).short_without(question.pk, question.group, instead):
        message = _("Without this question the bank has too few of its kind for: %(quizzes)s. Change those first.")
        raise ValidationError(message % {"quizzes": ", ".join(short)})


def _demand_pickable(question: Question, instead: Group | None) -> None:
    """Raises ValidationError if it moves into the pool of a course while a published quiz of another picks it."""
    if instead is None or instead.pool in (None, question.pool_id):
        return
    picking = QuizPage.objects.live().filter(picks__question=question).distinct()
    course = Pool.objects.select_related("course").get(pk=instead.pool).course
    elsewhere = [quiz.title for quiz in (picking.not_child_of(course) if course else picking).order_by("title")]
    if elsewhere:
        message = _("These quizzes chose this question and could not ask it from the pool of another course: "
                    "%(quizzes)s. Change those first.")  # fmt: skip
        raise ValidationError(message % {"quizzes": ", ".join(elsewhere)})


def _is_tagged(question: Question, given: dict[str, Any], stock: Stock) -> bool:
    """Whether anything changed. The stock is kept as the bank stands afterwards."""
    tags = Group(
        given["topic"] or question.topic_id,
        given["difficulty"] or question.difficulty,
        given["audience"] or question.audience,
        given["pool"] or question.pool_id,
    )
    draft = _tagged_draft(question.draft, given)
    if tags == question.group and draft == question.draft:
        return False
    _demand_enough(question, tags, stock)
    if question.is_in_use:
        stock.move(question.pk, question.group, tags)
    question.topic_id, question.difficulty, question.audience, question.pool_id = tags
    question.draft = draft
    question.save(update_fields=["topic", "difficulty", "audience", "pool", "draft"])
    return True


def _tagged_draft(draft: dict[str, Any] | None, given: dict[str, Any]) -> dict[str, Any] | None:
    """Else the draft, once saved, would bring the earlier tags back."""
    return draft and {**draft, "tags": draft["tags"] | {name: value for name, value in given.items() if value}}


def _demand_enough(question: Question, tags: Group, stock: Stock) -> None:
    try:
        demand_enough_without(question, tags, stock)
    except ValidationError as error:
        named = {"question": Truncator(question.current or question.slug).chars(80), "reason": error.messages[0]}
        raise ValidationError(_("“%(question)s” cannot be tagged like this. %(reason)s") % named) from error
