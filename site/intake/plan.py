"""What a file would do, line by line. Pure."""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class UnreadableError(ValueError):
    """Why the whole file cannot be read, in words for whoever brought it."""


class RefusedError(ValueError):
    """Why a plan cannot be carried out just now, in words for whoever ordered it."""


class Outcome(TextChoices):
    CREATE = "create", pgettext_lazy("line", "New")
    CHANGE = "change", pgettext_lazy("line", "Changed")
    MOVE = "move", pgettext_lazy("line", "Moved")
    END = "end", pgettext_lazy("line", "Gone")
    SAME = "same", pgettext_lazy("line", "As it is already")
    DOUBT = "doubt", pgettext_lazy("line", "Doubtful")
    SKIP = "skip", pgettext_lazy("line", "Left out")


WRITTEN = frozenset({Outcome.CREATE, Outcome.CHANGE, Outcome.MOVE, Outcome.END})


@dataclass(frozen=True)
class Line:
    """What would become of one row. ``line``: where it stands in the file, 0 if that has no lines; ``source``: which
    part of the file, in words. ``reasons`` say why it is left out, or what could not be kept.

    ``content`` is what will be written, in values that JSON knows; None if there is nothing to write.
    """

    line: int
    source: str = ""
    excerpt: str = ""
    outcome: str = Outcome.SKIP
    code: str = ""
    reasons: tuple[str, ...] = ()
    content: Any = None
