"""The facets of a list of results: their labels, their options with counts, and the addresses that choose them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.criteria.models import Indicator
from search import contract
from training_materials.lists.facets import Facet, Option, address, chosen_values, options
from training_materials.models import Audience, MaterialPage, Topic

# What several are called, and one.
_KINDS = {
    "tai-lieu": (gettext_lazy("Materials"), gettext_lazy("Material")),
    "khoa-hoc": (gettext_lazy("Courses"), gettext_lazy("Course")),
    "bai-hoc": (gettext_lazy("Lessons"), gettext_lazy("Lesson")),
    "bai-kiem-tra": (gettext_lazy("Quizzes"), gettext_lazy("Quiz")),
    "cau-hoi": (gettext_lazy("Practice questions"), gettext_lazy("Practice question")),
    "hoat-dong": (gettext_lazy("Activities"), gettext_lazy("Activity")),
    "trang": (gettext_lazy("Pages"), gettext_lazy("Page")),
}
_LENGTHS = {
    "5": gettext_lazy("up to 5 minutes"),
    "15": gettext_lazy("5 to 15 minutes"),
    "30": gettext_lazy("15 to 30 minutes"),
    "60": gettext_lazy("30 to 60 minutes"),
    "dai": gettext_lazy("over an hour"),
}
_LABELS = {
    contract.TYPE: gettext_lazy("Material type"),
    contract.TOPIC: gettext_lazy("Topic"),
    contract.AUDIENCE: gettext_lazy("Audience"),
    contract.INDICATOR: gettext_lazy("Indicator"),
    contract.YEAR: gettext_lazy("Year"),
    contract.ISSUER: gettext_lazy("Issuing body"),
    contract.LENGTH: gettext_lazy("Length"),
}
_MOST_OPTIONS = 20


@dataclass(frozen=True)
class Choice:
    """What the address chooses, and what else stands in it."""

    text: str
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def clear_url(self) -> str:
        return address({"q": self.text}, {})


def choice(text: str, params: QueryDict) -> Choice:
    return Choice(text, chosen_values(contract.FACETS, params))


def kind_name(kind: str) -> str:
    return str(_KINDS[kind][1]) if kind in _KINDS else kind


def kinds(counts: Mapping[str, Mapping[str, int]], asked: Choice) -> Facet:
    """The kinds of thing, in the order in which people look for them."""
    counted = counts.get(contract.KIND, {})
    order = list(_KINDS)
    known = sorted(counted, key=lambda kind: order.index(kind) if kind in order else len(order))
    labels = {kind: several for kind, (several, _one) in _KINDS.items()}
    shown = _options(contract.KIND, {kind: counted[kind] for kind in known}, asked, labels)
    return Facet(contract.KIND, _("Kind"), shown)


def facets_of(counts: Mapping[str, Mapping[str, int]], asked: Choice) -> list[Facet]:
    """Those that tell results apart, or that are chosen."""
    found = [
        Facet(name, str(label), _options(name, _sorted(name, counts.get(name, {})), asked, _names(name)))
        for name, label in _LABELS.items()
    ]
    return [facet for facet in found if len(facet.options) > 1 or facet.chosen]


def _options(name: str, counted: Mapping[str, int], asked: Choice, labels: Mapping[Any, Any]) -> list[Option]:
    shown = dict(list(counted.items())[:_MOST_OPTIONS])
    chosen = {value: counted[value] for value in asked.chosen.get(name, ()) if value in counted}
    return options(name, shown | chosen, labels, asked.chosen, {"q": asked.text})


def _sorted(name: str, counted: Mapping[str, int]) -> dict[str, int]:
    order: Callable[[str], Any] = _ORDERS.get(name, lambda value: (-counted[value], value))
    return {value: counted[value] for value in sorted(counted, key=order)}


def _number(value: str) -> int:
    return int(value) if value.isdigit() else 999


_ORDERS: dict[str, Callable[[str], Any]] = {
    contract.YEAR: lambda value: -_number(value),
    contract.INDICATOR: _number,
    contract.LENGTH: lambda value: list(_LENGTHS).index(value) if value in _LENGTHS else 9,
}


def _names(name: str) -> Mapping[str, Any]:
    if name == contract.TYPE:
        return {str(value): label for value, label in MaterialPage.Type.choices}
    if name == contract.AUDIENCE:
        return {str(value): label for value, label in Audience.choices}
    if name == contract.TOPIC:
        return dict(Topic.objects.values_list("slug", "name"))
    if name == contract.INDICATOR:
        return indicator_names()
    return _LENGTHS if name == contract.LENGTH else {}


def indicator_names() -> dict[str, str]:
    """ "5. Sử dụng công nghệ thông tin, kỹ năng số" for each number of the sets in force."""
    rows = Indicator.objects.filter(criteria_set__status="in_force").order_by("criteria_set__unit", "-pk")
    return {str(number): f"{number}. {name}" for number, name in rows.values_list("number", "name")}
