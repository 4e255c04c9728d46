"""Writing many questions with few statements. Part of applying an import, whose transaction it runs in."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import OuterRef, Subquery

from assessments.actions.figures import put_into_library
from assessments.bank.media import in_order
from assessments.bank.stock import StandingBank, as_stored
from assessments.formats.plan import judge, worded
from assessments.models import Question, QuestionVersion
from assessments.signals import questions_written
from intake.models import ImportLine
from intake.plan import Line, Outcome
from interface.vietnamese import fold
from membership.models import User
from training_materials.models import Audience, Topic


@dataclass
class BulkWriter:
    """``topic`` and ``difficulty`` are for new questions whose file names none."""

    topic: Topic
    difficulty: str
    by: User
    at: datetime.datetime
    bank: StandingBank

    def write(self, rows: Sequence[ImportLine]) -> None:
        """Judges the lines anew against the bank and carries them out; the rows keep what became of them."""
        standing = self.bank.questions(row.code for row in rows)
        judged = [(row, self._judged(row, standing.get(row.code))) for row in rows]
        made = [self._question(row) for row, line in judged if line.outcome == Outcome.CREATE]
        Question.objects.bulk_create(made)
        changed = [self._changed(row, standing[row.code]) for row, line in judged if line.outcome == Outcome.CHANGE]
        Question.objects.bulk_update(changed, ["topic", "difficulty", "audience", "folded_text"])
        self._add_versions({question.slug: question for question in made + changed}, rows)
        questions_written.send(Question, question_ids=[question.pk for question in made + changed])
        for row, line in judged:
            if row.outcome != line.outcome:
                row.outcome, row.reasons = line.outcome, list(line.reasons)

    def _judged(self, row: ImportLine, question: Question | None) -> Line:
        line = Line(row.line, row.source, row.excerpt, Outcome.CREATE, row.code, tuple(row.reasons), row.content)
        judged = judge(line, as_stored(question) if question else None, self.bank.stock)
        return replace(judged, reasons=tuple(dict.fromkeys(judged.reasons)))

    def _question(self, row: ImportLine) -> Question:
        topic, difficulty = _content(row)["topic"] or self.topic.pk, _content(row)["difficulty"]
        return Question(
            slug=row.code,
            topic_id=topic,
            difficulty=difficulty or self.difficulty,
            audience=_content(row)["audience"] or Audience.EVERYONE,
            folded_text=fold(f"{_content(row)['prompt']} {row.code}"),
        )

    def _changed(self, row: ImportLine, question: Question) -> Question:
        question.topic_id = _content(row)["topic"] or question.topic_id
        question.difficulty = _content(row)["difficulty"] or question.difficulty
        question.audience = _content(row)["audience"] or question.audience
        question.folded_text = fold(f"{_content(row)['prompt']} {row.code}")
        return question

    def _add_versions(self, written: dict[str, Question], rows: Sequence[ImportLine]) -> None:
        versions = []
        for row in rows:
            question = written.get(row.code)
            if question is None:
                continue
            standing = as_stored(question).wording
            wording = worded(_content(row), standing)
            media = _media(question, _content(row))
            if question.current and standing == wording and question.current.media == media:
                continue
            number = question.current.number + 1 if question.current else 1
            about = {"number": number, "created_at": self.at, "created_by": self.by}
            versions.append(QuestionVersion(question=question, media=media, **about, **wording))
        QuestionVersion.objects.bulk_create(versions)
        if titles := {each["name"]: each["alt"] for version in versions for each in version.media}:
            put_into_library(titles=titles, by=self.by, at=self.at)
        newest = QuestionVersion.objects.filter(question=OuterRef("pk")).order_by("-number").values("pk")[:1]
        Question.objects.filter(pk__in=[version.question_id for version in versions]).update(current=Subquery(newest))


def _media(question: Question, content: dict[str, Any]) -> list[dict[str, Any]]:
    """Those of the file; where its format holds none, those of the question stay, those of options if these do."""
    current, told = question.current, content.get("media")
    standing = current.media if current else []
    if told is not None:
        return standing if in_order(told) == in_order(standing) else told
    has_same_options = current is not None and current.body.get("options") == content["body"].get("options")
    return [each for each in standing if each["place"] is None or has_same_options]


def _content(row: ImportLine) -> dict[str, Any]:
    assert row.content is not None
    return row.content
