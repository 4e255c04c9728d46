"""Topic, difficulty and target group of many questions at once."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from assessments.actions.bank import demand_enough_without
from assessments.models import Question
from assessments.rules.draws import Group
from membership.models import User
from membership.policy import Action, require
from training_materials.models import Topic


@transaction.atomic
def tag_questions(
    *,
    questions: Sequence[Question],
    topic: Topic | None = None,
    difficulty: str = "",
    audience: str = "",
    by: User,
    at: datetime.datetime,
) -> int:
    """What is empty stays as it is; drafts are tagged with their questions. Says how many changed; all or none.

    Idempotent. Raises PermissionDenied, and ValidationError, which names the question, if a published quiz would be
    short of questions of a kind.
    """
    require(by, Action.MANAGE_QUESTIONS)
    given = {"topic": topic.pk if topic else None, "difficulty": difficulty, "audience": audience}
    asked = Question.objects.filter(pk__in=[each.pk for each in questions]).select_related("current")
    changed = [
        question for question in asked.select_for_update(of=("self",)).order_by("pk") if _is_tagged(question, given)
    ]
    for question in changed:
        log(instance=question, action="assessments.tag_question", user=by, title=question.slug)
    return len(changed)


def _is_tagged(question: Question, given: dict[str, Any]) -> bool:
    """Whether anything changed."""
    tags = Group(
        given["topic"] or question.topic_id,
        given["difficulty"] or question.difficulty,
        given["audience"] or question.audience,
    )
    draft = _tagged_draft(question.draft, given)
    if tags == (question.topic_id, question.difficulty, question.audience) and draft == question.draft:
        return False
    _demand_enough(question, tags)
    question.topic_id, question.difficulty, question.audience = tags
    question.draft = draft
    question.save(update_fields=["topic", "difficulty", "audience", "draft"])
    return True


def _tagged_draft(draft: dict[str, Any] | None, given: dict[str, Any]) -> dict[str, Any] | None:
    """Else the draft, once saved, would bring the earlier tags back."""
    return draft and {**draft, "tags": draft["tags"] | {name: value for name, value in given.items() if value}}


def _demand_enough(question: Question, tags: Group) -> None:
    try:
        demand_enough_without(question, tags)
    except ValidationError as error:
        named = {"question": Truncator(question.current or question.slug).chars(80), "reason": error.messages[0]}
        raise ValidationError(_("“%(question)s” cannot be tagged like this. %(reason)s") % named) from error
