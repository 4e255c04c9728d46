"""Files of questions as a kind of import: read into a dry run, and written in one go when the trainer says so."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.actions.figures import keep_file, put_into_library
from assessments.bank.media import cleaned, in_order
from assessments.bank.stock import StandingBank, Twins, as_stored
from assessments.formats import FORMATS, MOST_BYTES, MOST_QUESTIONS, Format
from assessments.formats.plan import Planner, judge, worded
from assessments.formats.question import Parsed, Problem
from assessments.models import Pool, Question, QuestionVersion
from assessments.signals import questions_written
from intake.kinds import Kind
from intake.models import Import, ImportLine
from intake.plan import Line, Outcome, RefusedError
from interface.vietnamese import fold
from membership.models import User
from membership.policy import Action, AnyUser, may
from training_materials.models import Audience, Topic


@dataclass
class BulkWriter:
    """``topic`` and ``difficulty`` are for new questions whose file names none, ``pool`` for all that are new."""

    topic: Topic
    difficulty: str
    pool: Pool | None
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
            pool=self.pool,
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


class QuestionFile(Kind[Parsed]):
    """``details``: the format, and for new questions whose file is silent on them a topic, a difficulty and a pool."""

    key = "questions"
    is_whole = True
    chunk = 500
    most_bytes = MOST_BYTES
    most_rows = MOST_QUESTIONS
    excerpt_label = gettext_lazy("Question")
    nothing_found = gettext_lazy("No question was found in the file.")
    too_many = gettext_lazy("The file holds more than %(count)d questions. Split it.")
    nothing_to_write = gettext_lazy(
        "There is nothing to import: the bank holds all of it already, or it cannot hold it."
    )
    is_writing = gettext_lazy(
        "The questions are being imported, all or none. This page looks again every two seconds; you can also come "
        "back later."
    )
    is_done = gettext_lazy("The import is done. This is what became of each question of the file.")
    is_discarded = gettext_lazy("The dry run is discarded; no question was changed.")

    def __init__(self, batch: Import, by: Any, at: datetime.datetime) -> None:
        super().__init__(batch, by, at)
        self.bank = StandingBank()

    @classmethod
    def admits(cls, user: Any, scope: str) -> bool:
        return may(cast(AnyUser, user), Action.MANAGE_QUESTIONS)

    @classmethod
    def apply_label(cls, count: int) -> str:
        text = ngettext("Import %(number)s question", "Import %(number)s questions", count)
        return text % {"number": intcomma(count)}

    @property
    def format(self) -> Format:
        return FORMATS[self.batch.details["format"]]

    @cached_property
    def planner(self) -> Planner:
        twins = Twins(self.format)
        return Planner(self.bank.topics(), self.format.carries_media, self.format.carries_feedback, twin=twins.find)

    def rows(self, content: bytes) -> Iterator[Parsed]:
        return self.format.read(content)

    def compare(self, rows: Sequence[Parsed]) -> Iterable[Line]:
        lines = [self._with_copies(self.planner.line(parsed), parsed) for parsed in rows]
        stored = self.bank.stored([line.code for line in lines])
        return [judge(line, stored.get(line.code), self.bank.stock) for line in lines]

    def write(self, lines: Sequence[ImportLine]) -> None:
        self._writer.write(lines)

    @cached_property
    def _writer(self) -> BulkWriter:
        topic = Topic.objects.filter(pk=self.batch.details["topic"]).first()
        if topic is None:
            raise RefusedError(_("The topic chosen for new questions is gone. Read the file again with another."))
        pool = self.batch.details.get("pool")
        into = Pool.objects.filter(pk=pool).first() if pool else None
        if pool and into is None:
            raise RefusedError(_("The pool chosen for new questions is gone. Read the file again with another."))
        return BulkWriter(topic, self.batch.details["difficulty"], into, self.by, self.at, self.bank)

    def _with_copies(self, line: Line, parsed: Parsed) -> Line:
        """Pictures and sounds through the gate, copied: a dry run not carried out leaves them to the sweep."""
        if line.content is None or isinstance(parsed, Problem) or not line.content["media"]:
            return line
        try:
            copies = [keep_file(name=each.name, content=each.content, by=self.by, at=self.at) for each in parsed.media]
            media = [each | {"name": copy.name} for each, copy in zip(line.content["media"], copies, strict=True)]
            return replace(line, content=line.content | {"media": in_order(cleaned(media))})
        except ValidationError as refused:
            return replace(line, outcome=Outcome.SKIP, reasons=(*line.reasons, *refused.messages), content=None)


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
