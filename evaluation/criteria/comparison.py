"""Two sets side by side: what is the same, what changed, what only one of them has."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evaluation.criteria.explanation import rule_sentence
from evaluation.criteria.ladder import points_text
from evaluation.criteria.models import CriteriaSet, Indicator


@dataclass(frozen=True)
class Line:
    """One thing said by both sets; empty text where one of them lacks it."""

    label: str
    left: list[str]
    right: list[str]

    @property
    def is_written(self) -> bool:
        """By whoever made the set, in the language of the contents; the site itself says what rules give."""
        return self.label not in (_("Rules"), _("Caps by kind"))

    @property
    def is_changed(self) -> bool:
        return self.left != self.right

    @property
    def only_left(self) -> list[str]:
        return [text for text in self.left if text not in self.right]

    @property
    def only_right(self) -> list[str]:
        return [text for text in self.right if text not in self.left]


@dataclass(frozen=True)
class Section:
    title: str
    lines: list[Line]

    @property
    def changed(self) -> list[Line]:
        return [line for line in self.lines if line.is_changed]


def compare(left: CriteriaSet, right: CriteriaSet) -> list[Section]:
    """The pass rule, then each indicator by its number. Both sets come from ``for_comparison``."""
    sections = [Section(_("Pass rule"), _lines(_rule_facts(left), _rule_facts(right)))]
    ours = {indicator.number: indicator for indicator in left.indicators.all()}
    theirs = {indicator.number: indicator for indicator in right.indicators.all()}
    for number in sorted(ours | theirs):
        title = _("Indicator %(number)s") % {"number": number}
        sections.append(Section(title, _lines(_facts(ours.get(number)), _facts(theirs.get(number)))))
    return sections


def changes(sections: Iterable[Section]) -> int:
    return sum(len(section.changed) for section in sections)


Facts = dict[str, list[str]]


def _lines(left: Facts, right: Facts) -> list[Line]:
    return [Line(label, left.get(label, []), right.get(label, [])) for label in left | right]


def _rule_facts(criteria_set: CriteriaSet) -> Facts:
    return {
        _("Threshold"): [points_text(criteria_set.threshold)],
        _("Floor of each indicator"): [points_text(criteria_set.floor)],
        _("Step"): [points_text(criteria_set.step)],
    }


def _facts(indicator: Indicator | None) -> Facts:
    if indicator is None:
        return {}
    cap = indicator.maximum if indicator.evidence_cap is None else indicator.evidence_cap
    texts: dict[str, Callable[[Indicator], list[str]]] = {
        _("Name"): lambda one: [one.name],
        _("Competency"): lambda one: [one.competency.name],
        _("In plain words"): lambda one: [one.explanation],
        _("Examples"): lambda one: one.example_lines,
        _("What scores look like"): lambda one: [f"{points_text(anchor.points)}: {anchor.text}"
                                                 for anchor in one.anchors.all()],
        _("Topics that teach it"): lambda one: one.topic_slugs,
        _("Maximum points"): lambda one: [points_text(one.maximum)],
        _("Most that evidence suggests"): lambda _one: [points_text(cap)],
        _("Caps by kind"): lambda one: [f"{kind.get_kind_display()}: {points_text(kind.cap)}"
                                        for kind in one.kind_caps.all()],
        _("Rules"): lambda one: sorted(rule_sentence(rule) for rule in one.rules.all()),
    }  # fmt: skip
    return {label: text(indicator) for label, text in texts.items()}
