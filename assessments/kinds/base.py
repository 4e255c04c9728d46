"""What every kind of question shares: marks, outcomes, and how bodies, orders and answers are checked.

All of it is pure. What the browser sees of an option is only its place in the shuffled order that the response
stores (0, 1, 2…), so nothing that is sent says where the option stood when it was written, or whether it is right.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any, ClassVar, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assessments.kinds.numbers import canonical

LONGEST_TEXT = 500
LONGEST_WRITTEN = 5000

Order = Any  # JSON: how the parts were shuffled
Answer = Any  # JSON: None means not answered


class Outcome(TextChoices):
    RIGHT = "right", pgettext_lazy("answer", "Right")
    PARTLY = "partly", pgettext_lazy("answer", "Partly right")
    WRONG = "wrong", pgettext_lazy("answer", "Not right")
    EMPTY = "empty", pgettext_lazy("answer", "Not answered")
    WAITING = "waiting", pgettext_lazy("answer", "Waiting for marking")


@dataclass(frozen=True)
class Marked:
    """``points`` run from 0 to 1 in hundredths; None while a trainer has still to mark the answer."""

    points: Decimal | None
    outcome: Outcome


def mark_share(right: int, of: int) -> Marked:
    """So many right of so many; less than nothing counts as nothing."""
    points = (Decimal(max(right, 0)) / Decimal(of)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    if right >= of:
        return Marked(points, Outcome.RIGHT)
    return Marked(points, Outcome.PARTLY if right > 0 else Outcome.WRONG)


NOT_ANSWERED = Marked(Decimal("0.00"), Outcome.EMPTY)
WAITING = Marked(None, Outcome.WAITING)


@dataclass(frozen=True)
class Criterion:
    """One thing that a trainer looks at, and the points that it can earn."""

    text: str
    points: int


class Body(ABC):
    """What one kind of question holds, key included, and all that is said of the kind as a whole.

    ``key`` is stored, in at most 16 signs; ``rule`` tells learners and trainers how points are counted. ``control`` is
    the way in which ``answers.js`` reads what ``template`` shows: place, places, truth, text, rows or gaps.
    ``form_fields`` are what trainers fill in, by the names of the body; what does not fit is said at ``main_field``.
    """

    key: ClassVar[str]
    label: ClassVar[str | Promise]
    rule: ClassVar[str | Promise]
    template: ClassVar[str]
    control: ClassVar[str]
    form_fields: ClassVar[Mapping[str, forms.Field]]
    main_field: ClassVar[str]
    has_own_words: ClassVar[bool] = True  # an answer may hold what a person wrote: no process keeps it in memory
    is_marked_by_trainer: ClassVar[bool] = False
    is_counted_by_line: ClassVar[bool] = False  # trainers read how often each line of an answer was given
    is_counted_as_usual: ClassVar[bool] = False  # a right answer earns the whole point: that goes without saying
    can_keep_order: ClassVar[bool] = False  # a quiz may show the parts in the order in which they were written

    @classmethod
    @abstractmethod
    def parse(cls, body: Mapping[str, Any]) -> Self:
        """Reads a stored body or a trainer's input; raises ValidationError in words for trainers."""

    def as_json(self) -> dict[str, Any]:
        """The body as it is stored: each part under its name."""
        return _stored(self)

    @abstractmethod
    def shuffle(self, rng: Random) -> Order:
        """An order in which to show the parts, kept with the response; empty where there are none to hide behind it."""

    @abstractmethod
    def shown(self, order: Order, answer: Answer) -> dict[str, Any]:
        """What the learner's page shows. Holds no key."""

    def offered(self) -> list[str]:
        """The texts that stand beside the prompt, for the search: in an order that says nothing of the key."""
        return []

    @abstractmethod
    def mark_given(self, answer: Answer, order: Order) -> Marked:
        """Marks an answer that is not empty."""

    @abstractmethod
    def right_answer(self) -> list[str]:
        """The right answer in words, one line each. Only for those who may see the key."""

    @abstractmethod
    def describe(self, answer: Answer, order: Order) -> list[str]:
        """The learner's answer in words, one line each."""

    @classmethod
    @abstractmethod
    def clean(cls, raw: object, order: Order) -> Answer:
        """The answer in its one stored form, None if empty; raises ValidationError. Needs no key."""

    @classmethod
    @abstractmethod
    def read(cls, form: QueryDict, name: str, order: Order) -> object:
        """What a plain HTML form sent for the question, to be cleaned."""

    @property
    def own_rule(self) -> str | Promise:
        """The rule as it holds for this question."""
        return self.rule

    @property
    def unusual_rule(self) -> str | Promise:
        """The same where there is more to know than that a right answer earns the whole point; else empty."""
        return "" if self.is_counted_as_usual else self.own_rule

    def carried(self, asked: Self, order: Order) -> Order | None:
        """The order under which this key marks answers to ``asked``; None if their page showed something else."""
        try:
            return order if self.shown(order, None) == asked.shown(order, None) else None
        except (IndexError, KeyError):
            return None

    def rubric(self) -> Sequence[Criterion]:
        """By what trainers mark, of kinds that they mark."""
        return ()

    def mark(self, answer: Answer, order: Order, marks: Sequence[int] | None = None) -> Marked:
        """``marks``: what a trainer gave by criterion; only kinds that trainers mark look at them."""
        if answer is None:
            return NOT_ANSWERED
        return self.mark_by_trainer(marks) if self.is_marked_by_trainer else self.mark_given(answer, order)

    def reason(self, marked: Marked, answer: Answer, order: Order) -> str:
        """Why an answer got its points, in one sentence for who gave it. Says nothing of the key."""
        if marked.outcome == Outcome.EMPTY:
            return _("No answer was given, so no points.")
        if marked.points is None:
            return _("A trainer has still to mark this answer.")
        if marked.outcome == Outcome.RIGHT:
            return _("All of it is right, so the whole point.")
        return self.reason_of_part(marked, answer, order)

    def reason_of_part(self, marked: Marked, answer: Answer, order: Order) -> str:
        """The same of an answer that is not wholly right."""
        if marked.outcome == Outcome.PARTLY:
            return _("Part of it is right, so part of the point.")
        return _("The answer is not right, so no points.")

    def mark_by_trainer(self, marks: Sequence[int] | None) -> Marked:
        """Waits without marks. Raises ValidationError if they do not fit the criteria."""
        if marks is None:
            return WAITING
        if len(marks) != len(self.rubric()):
            raise ValidationError(_("Give points for each criterion."))
        for given, criterion in zip(marks, self.rubric(), strict=True):
            if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= criterion.points:
                message = _("“%(text)s” earns between 0 and %(most)d points.")
                raise ValidationError(message % {"text": criterion.text, "most": criterion.points})
        return mark_share(sum(marks), sum(criterion.points for criterion in self.rubric()))

    def marks_in_words(self, marks: Sequence[int]) -> list[str]:
        """What a trainer gave, one line for each criterion; nothing of a kind that has none."""
        rows = zip(rubric, marks, strict=True) if (rubric := self.rubric()) else ()
        return [f"{criterion.text}: {given}/{criterion.points}" for criterion, given in rows]


def _stored(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _stored(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_stored(part) for part in value]
    return canonical(value) if isinstance(value, Decimal) else value
