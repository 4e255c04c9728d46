"""Files of questions as a kind of import: read into a dry run, and written in one go when the trainer says so."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, cast

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.actions.bulk import BulkWriter
from assessments.actions.figures import keep_file
from assessments.bank.media import cleaned, in_order
from assessments.bank.stock import StandingBank, Twins
from assessments.formats import FORMATS, MOST_BYTES, MOST_QUESTIONS, Format
from assessments.formats.plan import Planner, judge
from assessments.formats.question import Parsed, Problem
from intake.kinds import Kind
from intake.models import Import, ImportLine
from intake.plan import Line, Outcome, RefusedError
from membership.policy import Action, AnyUser, may
from training_materials.models import Topic


class QuestionFile(Kind[Parsed]):
    """``details``: the format, and for new questions whose file is silent on them a topic and a difficulty."""

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
        return BulkWriter(topic, self.batch.details["difficulty"], self.by, self.at, self.bank)

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
