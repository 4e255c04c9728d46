"""One plain question, whatever file it came from or goes to; and what a reader says instead of one."""

from dataclasses import dataclass
from decimal import Decimal

# Kinds that files hold and the bank does not: read, so that a trainer is told which line was left out and why.
NUMERIC, WRITTEN, BLANKS, DESCRIPTION, FOREIGN = "numeric", "written", "blanks", "description", "foreign"

EXACT_ACCENTS = "exact-accents"  # the tag under which formats without a place of their own keep is_tolerant=False
DIFFICULTY_TAG = "difficulty-"
WHOLE = Decimal(100)


@dataclass(frozen=True)
class Choice:
    """An option or an accepted answer; ``percent`` of the point that choosing it earns, 100 for a right one."""

    text: str
    percent: Decimal = Decimal(0)
    feedback: str = ""

    @property
    def is_right(self) -> bool:
        return self.percent > 0


@dataclass(frozen=True)
class PlainQuestion:
    """``kind`` is one of the bank's or of those above; ``line`` and ``source`` say where in the file it stands.

    ``topic`` is the slug or the name of a topic, as the file says it; ``notes`` tell what its reader left out.
    """

    kind: str
    prompt: str
    line: int = 0
    source: str = ""
    code: str = ""
    title: str = ""
    topic: str = ""
    difficulty: str = ""
    feedback: str = ""
    choices: tuple[Choice, ...] = ()
    answer: bool | None = None
    pairs: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = ()
    is_tolerant: bool = True
    criteria: tuple[tuple[str, int], ...] = ()
    guide: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """A piece of the file that is no question, in words for trainers."""

    text: str
    line: int = 0
    source: str = ""
    excerpt: str = ""


class UnreadableError(ValueError):
    """The file as a whole cannot be read; its message is for trainers."""


Parsed = PlainQuestion | Problem


def percent_of(text: str) -> Decimal:
    """A share as files write it; what is no sane number counts as nothing."""
    try:
        percent = Decimal(text.strip())
    except ArithmeticError:
        return Decimal(0)
    return percent if percent.is_finite() and abs(percent) <= WHOLE else Decimal(0)


def tags_of(question: PlainQuestion) -> list[str]:
    """Difficulty and tolerance as tags, for formats that have no other place for them."""
    tags = [f"{DIFFICULTY_TAG}{question.difficulty}"] if question.difficulty else []
    return tags if question.is_tolerant else [*tags, EXACT_ACCENTS]


def difficulty_in(tags: list[str]) -> str:
    return next((tag.removeprefix(DIFFICULTY_TAG) for tag in tags if tag.startswith(DIFFICULTY_TAG)), "")
