"""Pools of a course: questions that it keeps to itself."""

import datetime
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from assessments.models import Pool, Question, QuizDraw, QuizPage, QuizPick
from interface.vietnamese import nfc
from membership.models import User
from membership.policy import Action, require
from training_materials.models import CoursePage


@transaction.atomic
def save_pool(*, course: CoursePage, name: str, pool: Pool | None = None, by: User, at: datetime.datetime) -> Pool:
    """A new pool, or another name for one. Idempotent. Raises PermissionDenied, ValidationError."""
    require(by, Action.MANAGE_QUESTIONS)
    text = nfc(name)
    if not text:
        raise ValidationError(_("Give the pool a name."))
    standing = Pool.objects.filter(course=course, name=text).first()
    if standing is not None and pool is not None and standing.pk != pool.pk:
        raise _taken()
    if standing is not None:
        return standing
    saved = pool or Pool(course=course)
    saved.name = text
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError as error:  # somebody else gave the name at the same moment
        raise _taken() from error
    log(instance=saved, action="assessments.save_pool", user=by, title=saved.name, timestamp=at)
    return saved


@transaction.atomic
def delete_pool(*, pool: Pool, by: User, at: datetime.datetime) -> None:
    """Deleting it again does nothing. Raises PermissionDenied, and ValidationError while anything depends on it."""
    require(by, Action.MANAGE_QUESTIONS)
    standing = Pool.objects.select_for_update().filter(pk=pool.pk).first()
    if standing is None:
        return
    if standing.questions.exists():
        raise ValidationError(_("The pool holds questions. Put them elsewhere first."))
    if standing.draws.exists():
        raise ValidationError(_("A quiz draws from this pool. Change the quiz first."))
    if drafts := _drafts_with(standing):
        message = _("These drafts name the pool: %(drafts)s. Change or discard them first.")
        raise ValidationError(message % {"drafts": ", ".join(f"“{title}”" for title in drafts)})
    log(instance=standing, action="assessments.delete_pool", user=by, title=standing.name, timestamp=at, deleted=True)
    standing.delete()


@transaction.atomic
def leave_pools(*, page: Page, by: User, at: datetime.datetime) -> list[QuizPage]:
    """The quizzes at and below a page that was copied or moved let go of what another course keeps to itself.

    A draw goes on with the pool of the same name in its new course; if there is none it goes, as do questions chosen
    from such pools; drafts too. Says which quizzes changed. Idempotent. Whoever may copy or move the page may do this.
    """
    changed = [quiz for quiz in QuizPage.objects.descendant_of(page, inclusive=True) if _leaves(quiz)]
    for quiz in changed:
        log(instance=quiz, action="assessments.leave_pools", user=by, timestamp=at)
    return changed


def keep_to_own_pools(quiz: QuizPage) -> None:
    """Before it is saved published: what it would ask from pools of another course is not among what it asks.

    So an alias, which no form ever opens, and a copy made by a program draw as ``leave_pools`` lets a copied one draw.
    """
    drawn, picked = list(quiz.draws.all()), list(quiz.picks.all())
    if not any(draw.pool_id for draw in drawn) and not picked:
        return
    instead = _instead(quiz)
    for draw in [each for each in drawn if each.pool_id in instead]:
        draw.pool_id = instead[draw.pool_id]
        if draw.pool_id is None:
            quiz.draws.remove(draw)
    held = _held(instead, [pick.question_id for pick in picked])
    quiz.picks.remove(*[pick for pick in picked if pick.question_id in held])


def _taken() -> ValidationError:
    return ValidationError(_("This course has a pool of that name already."))


def _drafts_with(pool: Pool) -> list[str]:
    """Titles of quizzes whose draft draws from it, and codes of questions whose draft would move there."""
    changing = QuizPage.objects.filter(has_unpublished_changes=True).select_related("latest_revision")
    quizzes = [
        quiz.title
        for quiz in changing.order_by("title")
        if quiz.latest_revision and any(draw["pool"] == pool.pk for draw in quiz.latest_revision.content["draws"])
    ]
    return quizzes + list(Question.objects.filter(draft__tags__pool=pool.pk).values_list("slug", flat=True))


def _leaves(quiz: QuizPage) -> bool:
    """Whether anything changed, in what is asked now or in a revision that may be edited or published next."""
    instead = _instead(quiz)
    draws = list(QuizDraw.objects.filter(quiz=quiz, pool__in=list(instead)))
    for draw in draws:
        draw.pool_id = instead[draw.pool_id]
        if draw.pool_id is None:
            draw.delete()
        else:
            draw.save(update_fields=["pool"])
    picks, _rows = QuizPick.objects.filter(quiz=quiz, question__pool__in=list(instead)).delete()
    revisions = quiz.revisions.filter(pk__in=[quiz.latest_revision_id, quiz.live_revision_id])
    return any([draws, picks, *(_left_in(revision, instead) for revision in revisions)])


def _instead(quiz: QuizPage) -> dict[int, int | None]:
    """Of each pool of another course, the one of the same name in the course where the quiz stands."""
    course = quiz.get_parent().pk
    own = dict(Pool.objects.filter(course=course).values_list("name", "pk"))
    return {pk: own.get(name) for pk, name in Pool.objects.exclude(course=course).values_list("pk", "name")}


def _held(pools: Collection[int], questions: Collection[int]) -> set[int]:
    """Those of the questions that stand in the pools."""
    return set(Question.objects.filter(pk__in=questions, pool__in=list(pools)).values_list("pk", flat=True))


def _left_in(revision: Revision, instead: dict[int, int | None]) -> bool:
    content: dict[str, Any] = revision.content
    chosen = [pick["question"] for pick in content["picks"]]
    held = _held(instead, chosen)
    moved = [draw | {"pool": instead.get(draw["pool"], draw["pool"])} for draw in content["draws"]]
    kept = [now for now, before in zip(moved, content["draws"], strict=True) if now["pool"] or not before["pool"]]
    picks = [pick for pick in content["picks"] if pick["question"] not in held]
    if kept == content["draws"] and picks == content["picks"]:
        return False
    Revision.objects.filter(pk=revision.pk).update(content=content | {"draws": kept, "picks": picks})
    return True
