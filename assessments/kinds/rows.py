"""Matching and ordering: one row for each part, and a select box in each row.

An answer is a list with one entry for each shown row: the chosen place, or None where nothing is chosen yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Self

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from assessments.kinds.base import Answer, Body, Marked, Order, mark_share
from assessments.kinds.checks import demand_different, moved, parts_of, place_from_form, place_in, refuse, text_of
from assessments.kinds.parts import LineBlock, PartsField


class Rows(Body):
    template = "assessments/questions/rows.html"
    control = "rows"
    has_own_words = False

    @staticmethod
    def row_count(order: Order) -> int:
        return len(order)

    @staticmethod
    def choice_count(order: Order) -> int:
        return len(order)

    def reason_of_part(self, marked: Marked, answer: Answer, order: Order) -> str:
        values = {"right": round((marked.points or 0) * len(answer)), "all": len(answer)}
        return _("Lines in the right place: %(right)d of %(all)d. Each earns its share.") % values

    @classmethod
    def clean(cls, raw: object, order: Order) -> Answer:
        if raw is None:
            return None
        if not isinstance(raw, list) or len(raw) != cls.row_count(order):
            raise refuse()
        places = [None if place is None else place_in(place, cls.choice_count(order)) for place in raw]
        return None if all(place is None for place in places) else places

    @classmethod
    def read(cls, form: QueryDict, name: str, order: Order) -> object:
        return [place_from_form(form.get(f"{name}-{row}", "")) for row in range(cls.row_count(order))]


def _shown_rows(texts: list[str], choices: list[str], answer: Answer) -> list[dict[str, Any]]:
    chosen = answer or [None] * len(texts)
    return [
        {
            "number": str(row),
            "text": text,
            "choices": [
                {"value": str(place), "text": choice, "is_chosen": place == chosen[row]}
                for place, choice in enumerate(choices)
            ],
        }
        for row, text in enumerate(texts)
    ]


def _placed(answer: Answer) -> list[tuple[int, int]]:
    """The rows in which something is chosen, and what."""
    return [(row, place) for row, place in enumerate(answer or []) if place is not None]


class PairBlock(blocks.StructBlock):
    left = blocks.CharBlock(label=gettext_lazy("On the left"), required=False, max_length=500)
    right = blocks.CharBlock(label=gettext_lazy("Its partner on the right"), required=False, max_length=500)

    class Meta:
        label = gettext_lazy("Pair")


@dataclass(frozen=True)
class Matching(Rows):
    """Lefts and rights are shuffled apart; a right side that two pairs share is offered once."""

    pairs: tuple[tuple[str, str], ...]

    key, label = "matching", gettext_lazy("Matching")
    rule = gettext_lazy("Choose the fitting partner in each line. Each right pair earns its share of the point.")
    form_fields = {
        "pairs": PartsField(
            PairBlock(),
            4,
            label=gettext_lazy("Pairs"),
            help_text=gettext_lazy("Write what belongs together. Learners see both sides shuffled."),
        )
    }
    main_field = "pairs"

    @classmethod
    def parse(cls, body: Mapping[str, Any]) -> Self:
        parts = [part if isinstance(part, Mapping) else {} for part in parts_of(body, "pairs", 2)]
        pairs = tuple((text_of(part.get("left")), text_of(part.get("right"))) for part in parts)
        demand_different([left for left, _right in pairs])
        return cls(pairs)

    @property
    def rights(self) -> list[str]:
        return list(dict.fromkeys(right for _left, right in self.pairs))

    def as_json(self) -> dict[str, Any]:
        return {"pairs": [{"left": left, "right": right} for left, right in self.pairs]}

    def shuffle(self, rng: Random) -> Order:
        lefts, rights = len(self.pairs), len(self.rights)
        return {"lefts": rng.sample(range(lefts), lefts), "rights": rng.sample(range(rights), rights)}

    @staticmethod
    def row_count(order: Order) -> int:
        return len(order["lefts"])

    @staticmethod
    def choice_count(order: Order) -> int:
        return len(order["rights"])

    def shown(self, order: Order, answer: Answer) -> dict[str, Any]:
        rights = self.rights
        texts = [self.pairs[index][0] for index in order["lefts"]]
        return {"rows": _shown_rows(texts, [rights[index] for index in order["rights"]], answer)}

    def mark_given(self, answer: Answer, order: Order) -> Marked:
        chosen = self._chosen(answer, order)
        return mark_share(sum(right == self.pairs[index][1] for index, right in chosen), len(self.pairs))

    def offered(self) -> list[str]:
        return sorted({*(left for left, _right in self.pairs), *self.rights})

    def carried(self, asked: Self, order: Order) -> Order | None:
        """Partners to which the corrected key leaves no line are wrong wherever they were chosen."""
        lefts = moved(order["lefts"], [left for left, _right in asked.pairs], [left for left, _right in self.pairs])
        if lefts is None or not set(self.rights) <= set(asked.rights):
            return None
        places = {right: place for place, right in enumerate(self.rights)}
        return {"lefts": lefts, "rights": [places.get(asked.rights[index]) for index in order["rights"]]}

    def right_answer(self) -> list[str]:
        return [f"{left} – {right}" for left, right in self.pairs]

    def describe(self, answer: Answer, order: Order) -> list[str]:
        return [f"{self.pairs[index][0]} – {right}" for index, right in self._chosen(answer, order)]

    def _chosen(self, answer: Answer, order: Order) -> list[tuple[int, str]]:
        rights = self.rights
        chosen = ((order["lefts"][row], order["rights"][place]) for row, place in _placed(answer))
        return [(left, rights[right]) for left, right in chosen if right is not None]


@dataclass(frozen=True)
class Ordering(Rows):
    """Never shown in the right order, so that a list left as it came earns nothing by chance of the draw."""

    items: tuple[str, ...]

    key, label = "ordering", gettext_lazy("Ordering")
    rule = gettext_lazy(
        "Put the lines in order. Each line that stands at its right place earns its share of the point."
    )
    form_fields = {
        "items": PartsField(
            LineBlock(required=False, max_length=500),
            4,
            label=gettext_lazy("Lines in their right order"),
            help_text=gettext_lazy("From first to last. Learners see them shuffled."),
        )
    }
    main_field = "items"

    @classmethod
    def parse(cls, body: Mapping[str, Any]) -> Self:
        items = tuple(text_of(part) for part in parts_of(body, "items", 2))
        demand_different(items)
        return cls(items)

    def shuffle(self, rng: Random) -> Order:
        in_order = list(range(len(self.items)))
        shuffled = in_order
        while shuffled == in_order:
            shuffled = rng.sample(in_order, len(in_order))
        return shuffled

    def shown(self, order: Order, answer: Answer) -> dict[str, Any]:
        places = [str(place + 1) for place in range(len(order))]
        return {"rows": _shown_rows([self.items[index] for index in order], places, answer), "is_ordering": True}

    def mark_given(self, answer: Answer, order: Order) -> Marked:
        right = sum(place == index for place, index in zip(answer, order, strict=True))
        return mark_share(right, len(self.items))

    def offered(self) -> list[str]:
        return sorted(self.items)

    def carried(self, asked: Self, order: Order) -> Order | None:
        return moved(order, asked.items, self.items)

    def right_answer(self) -> list[str]:
        return [f"{place}. {item}" for place, item in enumerate(self.items, start=1)]

    def describe(self, answer: Answer, order: Order) -> list[str]:
        placed = sorted((place, self.items[order[row]]) for row, place in _placed(answer))
        return [f"{place + 1}. {item}" for place, item in placed]
