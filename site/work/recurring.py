"""What recurs, as each app declares it in its ``periodic.py``: see docs/how-to/what-recurs.md."""

import datetime
import io
from collections.abc import Callable
from dataclasses import dataclass

from django.core.management import call_command
from django.utils.functional import Promise

from work.rhythms import Rhythm

Act = Callable[[datetime.datetime], object]


@dataclass(frozen=True)
class Recurring:
    """``act`` takes the moment, gives what it has to say, and may run twice for one slot without harm."""

    name: str
    title: str | Promise
    rhythm: Rhythm
    act: Act


declared: dict[str, Recurring] = {}


def recurs(rhythm: Rhythm, title: str | Promise) -> Callable[[Act], Act]:
    """Declares the function under its own name, by which ``manage.py tick --only`` knows it."""

    def declare(act: Act) -> Act:
        if act.__name__ in declared:
            raise ValueError(f"{act.__name__} recurs twice")
        declared[act.__name__] = Recurring(act.__name__, title, rhythm, act)
        return act

    return declare


def told_by(command: str, **options: object) -> str:
    """Runs a management command that people use too; gives the last line of what it says."""
    said = io.StringIO()
    call_command(command, stdout=said, no_color=True, **options)
    return said.getvalue().strip().rpartition("\n")[2]
