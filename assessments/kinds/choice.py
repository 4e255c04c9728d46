"""Single and multiple choice. An answer names options by their place in the shown order."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.kinds.base import (
    Answer,
    Body,
    Marked,
    Order,
    demand_different,
    mark_share,
    moved,
    parts_of,
    place_from_form,
    place_in,
    refuse,
    text_of,
)


@dataclass(frozen=True)
class Option:
    text: str
    is_correct: bool


@dataclass(frozen=True)
class Choice(Body):
    options: tuple[Option, ...]

    template = "assessments/questions/choice.html"
    input_type: ClassVar[str]

    @classmethod
    def parse(cls, body: Mapping[str, Any]) -> Self:
        parts = [part if isinstance(part, Mapping) else {} for part in parts_of(body, "options", 2)]
        options = tuple(Option(text_of(part.get("text")), part.get("is_correct") is True) for part in parts)
        demand_different([option.text for option in options])
        cls.check_right_count(sum(option.is_correct for option in options))
        return cls(options)

    @staticmethod
    @abstractmethod
    def check_right_count(count: int) -> None:
        """Raises ValidationError if a question of the kind cannot have so many right options."""

    def as_json(self) -> dict[str, Any]:
        return {"options": [{"text": option.text, "is_correct": option.is_correct} for option in self.options]}

    def shuffle(self, rng: Random) -> Order:
        return rng.sample(range(len(self.options)), len(self.options))

    def shown(self, order: Order, answer: Answer) -> dict[str, Any]:
        chosen = set(self._places(answer))
        options = [
            {"value": str(place), "text": self.options[index].text, "is_chosen": place in chosen}
            for place, index in enumerate(order)
        ]
        return {"input_type": self.input_type, "options": options}

    def offered(self) -> list[str]:
        return sorted(option.text for option in self.options)

    def carried(self, asked: Self, order: Order) -> Order | None:
        return moved(order, [option.text for option in asked.options], [option.text for option in self.options])

    def right_answer(self) -> list[str]:
        return [option.text for option in self.options if option.is_correct]

    def describe(self, answer: Answer, order: Order) -> list[str]:
        return [self.options[order[place]].text for place in self._places(answer)]

    def _places(self, answer: Answer) -> list[int]:
        if answer is None:
            return []
        return answer if isinstance(answer, list) else [answer]


class SingleChoice(Choice):
    rule = gettext_lazy("Choose one answer. The right one earns the whole point.")
    input_type = "radio"

    @staticmethod
    def check_right_count(count: int) -> None:
        if count != 1:
            raise ValidationError(_("Mark exactly one option as right."))

    def mark_given(self, answer: Answer, order: Order) -> Marked:
        return mark_share(int(self.options[order[answer]].is_correct), 1)

    @classmethod
    def clean(cls, raw: object, order: Order) -> Answer:
        return None if raw is None else place_in(raw, len(order))

    @classmethod
    def read(cls, form: QueryDict, name: str, order: Order) -> object:
        return place_from_form(form.get(name, ""))


class MultipleChoice(Choice):
    rule = gettext_lazy(
        "Choose every right answer. Each right choice earns its share of the point, each wrong choice takes one "
        "share away; the result is never below zero."
    )
    input_type = "checkbox"

    @staticmethod
    def check_right_count(count: int) -> None:
        if count < 1:
            raise ValidationError(_("Mark at least one option as right."))

    def mark_given(self, answer: Answer, order: Order) -> Marked:
        chosen = [self.options[order[place]].is_correct for place in answer]
        right = chosen.count(True)
        return mark_share(right - (len(chosen) - right), sum(option.is_correct for option in self.options))

    @classmethod
    def clean(cls, raw: object, order: Order) -> Answer:
        if raw is None:
            return None
        if not isinstance(raw, list):
            raise refuse()
        return sorted({place_in(place, len(order)) for place in raw}) or None

    @classmethod
    def read(cls, form: QueryDict, name: str, order: Order) -> object:
        return [place_from_form(text) for text in form.getlist(name)]
