"""A written answer, marked by a trainer against a rubric: criteria, each with the points it can earn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.admin.widgets import AdminAutoHeightTextInput

from assessments.kinds.base import LONGEST_WRITTEN, WAITING, Answer, Criterion, Marked, Order
from assessments.kinds.checks import demand_different, parts_of, text_of
from assessments.kinds.parts import PartsField
from assessments.kinds.short_text import Typed
from interface.vietnamese import nfc

MOST_POINTS = 20  # of one criterion
LONGEST_GUIDE = 2000


class CriterionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=gettext_lazy("What is looked at"), required=False, max_length=500)
    points = blocks.IntegerBlock(label=gettext_lazy("Points at most"), default=1, min_value=1, max_value=MOST_POINTS)

    class Meta:
        label = gettext_lazy("Criterion")


@dataclass(frozen=True)
class Written(Typed):
    """``guide``: what a good answer holds, for markers; learners see it where they may see right answers."""

    criteria: tuple[Criterion, ...]
    guide: str = ""

    key, label, longest = "written", gettext_lazy("Written answer"), LONGEST_WRITTEN
    template = "assessments/questions/written.html"
    rule = gettext_lazy(
        "Write in your own words. A trainer marks the answer by the criteria named here; all their points together "
        "make the whole point of the question. Until then it waits, and nothing is lost."
    )
    is_marked_by_trainer = True
    form_fields = {
        "criteria": PartsField(
            CriterionBlock(),
            2,
            label=gettext_lazy("Criteria for marking"),
            help_text=gettext_lazy(
                "Learners see them while they write. Points together make the whole point of the question."
            ),
        ),
        "guide": forms.CharField(
            label=gettext_lazy("What a good answer holds"),
            widget=AdminAutoHeightTextInput,
            max_length=LONGEST_GUIDE,
            required=False,
            help_text=gettext_lazy("For who marks. Learners see it after marking, where the quiz shows right answers."),
        ),
    }
    main_field = "criteria"

    @classmethod
    def parse(cls, body: Mapping[str, Any]) -> Self:
        parts = [part if isinstance(part, Mapping) else {} for part in parts_of(body, "criteria", 1)]
        criteria = tuple(Criterion(text_of(part.get("text")), _points(part.get("points"))) for part in parts)
        demand_different([criterion.text for criterion in criteria])
        guide = nfc(str(body.get("guide") or ""))
        if len(guide) > LONGEST_GUIDE:
            raise ValidationError(_("Write at most %(count)d characters.") % {"count": LONGEST_GUIDE})
        return cls(criteria, guide)

    def shown(self, order: Order, answer: Answer) -> dict[str, Any]:
        return super().shown(order, answer) | {"criteria": self.criteria}

    def rubric(self) -> Sequence[Criterion]:
        return self.criteria

    def mark_given(self, answer: Answer, order: Order) -> Marked:
        return WAITING

    def right_answer(self) -> list[str]:
        return self.guide.splitlines()

    def describe(self, answer: Answer, order: Order) -> list[str]:
        return [] if answer is None else answer.splitlines()

    @classmethod
    def clean(cls, raw: object, order: Order) -> Answer:
        return super().clean(raw.replace("\r\n", "\n") if isinstance(raw, str) else raw, order)


def _points(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 1 <= raw <= MOST_POINTS:
        raise ValidationError(_("A criterion earns between 1 and %(most)d points.") % {"most": MOST_POINTS})
    return raw
