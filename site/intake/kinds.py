"""What a kind of file says of itself. Apps above add theirs to ``KINDS`` when they are ready (decision 0007)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.plan import Line, Outcome

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from intake.models import Import, ImportLine

Row = TypeVar("Row")
Text = str | Promise


class Kind(Generic[Row]):
    """One way for files to come in; an instance is one run of a worker over one import.

    What a run keeps between chunks helps ``compare`` alone: between two chunks of ``write`` another worker may have
    written others, unless the kind ``is_whole``.
    """

    do_not_call_in_templates: ClassVar[bool] = True  # a page reads the class; a template would make an instance of it

    key: ClassVar[str]
    excerpt_label: ClassVar[Text] = _("What stands there")
    labels: ClassVar[Mapping[str, Text]] = {
        each: each.label for each in (Outcome.CREATE, Outcome.CHANGE, Outcome.SAME, Outcome.SKIP)
    }
    nothing_found: ClassVar[Text] = _("No line was found in the file.")
    too_many: ClassVar[Text] = _("The file holds more than %(count)d lines. Split it.")
    nothing_to_write: ClassVar[Text] = _("There is nothing to import: all of it stands here already, or it cannot.")
    is_writing: ClassVar[Text] = _(
        "The file is being imported. This page looks again every two seconds; you can also come back later."
    )
    is_done: ClassVar[Text] = _("The import is done. This is what became of each line of the file.")
    is_undone: ClassVar[Text] = _("The import is undone.")
    is_discarded: ClassVar[Text] = _("The dry run is discarded; nothing was changed.")

    at_once: ClassVar[bool] = False  # small files: read and written while the person waits, without a worker
    is_whole: ClassVar[bool] = False  # all lines in one transaction, or none
    can_undo: ClassVar[bool] = False
    is_kept: ClassVar[bool] = True  # once carried out; what holds people's names is better forgotten
    kept_days: ClassVar[int] = 30
    chunk: ClassVar[int] = 1000
    most_bytes: ClassVar[int] = 64 * 1024 * 1024
    most_rows: ClassVar[int] = 500_000
    most_seconds: ClassVar[int] = 30 * 60

    def __init__(self, batch: Import, by: Any, at: datetime.datetime) -> None:
        self.batch, self.by, self.at = batch, by, at

    @classmethod
    def admits(cls, user: AbstractBaseUser | AnonymousUser, scope: str) -> bool:
        """Whether the user may bring such files into what the scope names."""
        raise NotImplementedError

    @classmethod
    def apply_label(cls, count: int) -> str:
        """What the button says that carries out so many lines."""
        raise NotImplementedError

    def rows(self, content: bytes) -> Iterator[Row]:
        """One after the other, so that a long file is never held whole. Raises UnreadableError."""
        raise NotImplementedError

    def rest(self) -> Iterator[Row]:
        """Rows that follow from all others: asked for when these have been compared, such as whom a whole list leaves
        out.
        """
        return iter(())

    def compare(self, rows: Sequence[Row]) -> Iterable[Line]:
        """What would become of each row, with few queries for all of them. Writes nothing that anybody sees."""
        raise NotImplementedError

    def write(self, lines: Sequence[ImportLine]) -> None:
        """Carries out the lines, with few statements, in a transaction. What became otherwise than planned is set on
        the line itself: ``outcome``, ``reasons``, ``code``, and in ``content`` what ``undo`` will need.

        Raises RefusedError.
        """
        raise NotImplementedError

    def undo(self, lines: Sequence[ImportLine]) -> None:
        """Takes back what ``write`` did with the lines, in a transaction. Raises RefusedError."""
        raise NotImplementedError


KINDS: dict[str, type[Kind[Any]]] = {}
