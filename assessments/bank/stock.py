"""The bank as imports see it: what stands under a code, which topics there are, what quizzes cannot do without."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property

from assessments.formats import Format
from assessments.formats.plan import Content, Stored, Twin
from assessments.formats.texts import each_text
from assessments.models import Question, QuizPage
from assessments.querysets.bank import QuestionQuerySet
from assessments.rules.draws import Stock
from interface.vietnamese import fold
from training_materials.models import Topic

WORDING = ("kind", "prompt", "body", "feedback")


def standing_stock() -> Stock:
    return Stock(Question.objects.group_sizes(), QuizPage.objects.live().askings())


class StandingBank:
    @staticmethod
    def topics() -> dict[str, int]:
        """Ids by slug and by folded name; a slug wins over another topic's name."""
        topics = list(Topic.objects.all())
        return {fold(topic.name): topic.pk for topic in topics} | {topic.slug: topic.pk for topic in topics}

    @cached_property
    def stock(self) -> Stock:
        return standing_stock()

    def questions(self, codes: Iterable[str]) -> dict[str, Question]:
        """Locked until the end of the transaction."""
        return {question.slug: question for question in _under(codes).select_for_update(of=("self",))}

    def stored(self, codes: Iterable[str]) -> dict[str, Stored]:
        return {question.slug: as_stored(question) for question in _under(codes)}


def _under(codes: Iterable[str]) -> QuestionQuerySet:
    return Question.objects.filter(slug__in=[code for code in codes if code]).select_related("current")


@dataclass
class Twins:
    """Questions in use by what they ask, as far as files of the format can tell; line breaks count as spaces.

    A file without codes, such as one that this site wrote as Aiken, so brings in no question a second time.
    """

    format: Format

    def find(self, content: Content) -> Twin | None:
        found = self._codes.get(self._key(content))
        if found is None:
            return None
        standing = Question.objects.select_related("current").get(pk=found)
        return Twin(standing.slug, as_stored(standing).wording)

    @cached_property
    def _codes(self) -> dict[bytes, int]:
        questions = Question.objects.in_use().order_by("-pk")
        if self.format.carries_media:
            questions = questions.filter(current__media=[])
        rows = questions.values_list("pk", *(f"current__{name}" for name in WORDING)).iterator(chunk_size=500)
        return {self._key(dict(zip(WORDING, row, strict=True))): pk for pk, *row in rows}

    def _key(self, wording: Mapping[str, Any]) -> bytes:
        told = [wording[name] for name in WORDING if name != "feedback" or self.format.carries_feedback]
        return hashlib.sha256(
            json.dumps(each_text(told, lambda text: " ".join(text.split())), sort_keys=True).encode()
        ).digest()


def as_stored(question: Question) -> Stored:
    version = question.current
    wording = {name: getattr(version, name, "") for name in WORDING}
    return Stored(
        question.pk, question.group, question.retired_at is not None, wording, version.media if version else ()
    )
