"""A criteria set in a file, workbook or CASE package, as a kind of import: each line is a part of the set."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from evaluation.criteria.actions import check_set, import_set
from evaluation.criteria.exchange import (
    ImportRefusedError,
    Part,
    Problem,
    SetContent,
    build,
    parts_of_case,
    parts_of_workbook,
)
from intake.kinds import Kind
from intake.models import ImportLine
from intake.plan import Line, Outcome, RefusedError
from intake.strict_json import NotJsonError, parse_json
from membership.policy import Action, may

_MOST_PARTS = 50_000


class CriteriaFile(Kind[Part | Problem]):
    """A draft, whole, or each place that is wrong. ``details``: the version that it shall have, if another."""

    key = "criteria"
    at_once = is_whole = True
    is_kept = False
    kept_days = 1
    chunk = most_rows = _MOST_PARTS
    most_bytes = 5 * 1024 * 1024

    @classmethod
    def admits(cls, user: Any, scope: str) -> bool:
        return may(user, Action.MANAGE_CRITERIA)

    @classmethod
    def apply_label(cls, count: int) -> str:
        return _("Bring in the file")

    def rows(self, content: bytes) -> Iterator[Part | Problem]:
        try:
            yield from parts_of_workbook(content) if content[:2] == b"PK" else parts_of_case(_json(content))
        except ImportRefusedError as refused:
            yield from refused.problems

    def compare(self, rows: Sequence[Part | Problem]) -> Iterable[Line]:
        parts = [row for row in rows if isinstance(row, Part)]
        problems = [row for row in rows if isinstance(row, Problem)]
        try:
            if not problems:
                check_set(content=self._content(parts), by=self.by, at=self.at)
        except ImportRefusedError as refused:
            problems = refused.problems
        if problems:
            return [Line(0, problem.place, reasons=(problem.text,)) for problem in problems]
        return [
            Line(0, part.place, part.cells.get("name", ""), Outcome.CREATE, content=[part.name, part.cells])
            for part in parts
        ]

    def write(self, lines: Sequence[ImportLine]) -> None:
        parts = [Part(line.content[0], line.source, line.content[1]) for line in lines if line.content]
        try:
            draft = import_set(content=self._content(parts), by=self.by, at=self.at)
        except ImportRefusedError as refused:
            raise RefusedError(str(refused)) from refused
        self.batch.details["draft"] = draft.pk

    def _content(self, parts: Sequence[Part]) -> SetContent:
        content = build(parts)
        return replace(content, version=self.batch.details.get("version") or content.version)


def _json(content: bytes) -> Any:
    try:
        return parse_json(content)
    except NotJsonError as wrong:
        text = _("This is neither a workbook nor a CASE package: %(detail)s.") % {"detail": wrong}
        raise ImportRefusedError([Problem(_("File"), text)]) from None
