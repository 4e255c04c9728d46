"""The bank as imports see it: what stands under a code, which topics there are, what quizzes cannot do without."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import cached_property

from assessments.drawing import Group, Stock
from assessments.formats.planning import Stored
from assessments.models import Question, QuizDraw
from membership.vietnamese import fold
from training_materials.models import Topic

WORDING = ("kind", "prompt", "body", "feedback")


class StandingBank:
    @staticmethod
    def topics() -> dict[str, int]:
        """Ids by slug and by folded name; a slug wins over another topic's name."""
        topics = list(Topic.objects.all())
        return {fold(topic.name): topic.pk for topic in topics} | {topic.slug: topic.pk for topic in topics}

    @cached_property
    def stock(self) -> Stock:
        return Stock(Question.objects.group_sizes(), QuizDraw.objects.of_published())

    def questions(self, codes: Iterable[str]) -> dict[str, Question]:
        """Locked until the end of the transaction."""
        found = Question.objects.filter(slug__in=[code for code in codes if code]).select_related("current")
        return {question.slug: question for question in found.select_for_update(of=("self",))}

    def stored(self, codes: Iterable[str]) -> dict[str, Stored]:
        return {code: as_stored(question) for code, question in self.questions(codes).items()}


def as_stored(question: Question) -> Stored:
    version = question.current
    wording = {name: getattr(version, name, None) for name in WORDING}
    group = Group(question.topic_id, question.difficulty, question.audience)
    return Stored(group, question.retired_at is not None, wording, version.media if version else ())
