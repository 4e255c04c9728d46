"""Topic, difficulty and target group of many questions at once."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from wagtail.log_actions import log

from assessments.actions.bank import demand_enough_without
from assessments.drawing import Group
from assessments.models import Question
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
    """What is empty stays as it is. Says how many changed; all or none. Idempotent.

    Raises PermissionDenied, and ValidationError if a published quiz would be short of questions of a kind.
    """
    require(by, Action.MANAGE_QUESTIONS)
    changed = 0
    for question in Question.objects.select_for_update().filter(pk__in=[each.pk for each in questions]).order_by("pk"):
        tags = Group(
            topic.pk if topic else question.topic_id, difficulty or question.difficulty, audience or question.audience
        )
        if tags == (question.topic_id, question.difficulty, question.audience):
            continue
        demand_enough_without(question, tags)
        question.topic_id, question.difficulty, question.audience = tags
        question.save(update_fields=["topic", "difficulty", "audience"])
        log(instance=question, action="assessments.tag_question", user=by, title=question.slug)
        changed += 1
    return changed
