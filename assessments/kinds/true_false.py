"""True or false."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from assessments.kinds.base import Answer, Body, Marked, Order, mark_share
from assessments.kinds.checks import refuse

_FROM_FORM = {"": None, "true": True, "false": False}


@dataclass(frozen=True)
class TrueFalse(Body):
    answer: bool

    key, label, control = "true_false", gettext_lazy("True or false"), "truth"
    rule = gettext_lazy("Say whether the sentence is true. The right answer earns the whole point.")
    template = "assessments/questions/choice.html"
    form_fields = {
        "answer": forms.TypedChoiceField(
            label=gettext_lazy("The sentence is"),
            choices=[(True, pgettext_lazy("answer", "True")), (False, pgettext_lazy("answer", "False"))],
            coerce=lambda text: text == "True",
            widget=forms.RadioSelect,
        )
    }
    main_field = "answer"
    has_own_words = False
    is_counted_as_usual = True
    is_counted_by_line = True

    def shuffle(self, rng: Random) -> Order:
        return []

    @classmethod
    def parse(cls, body: Mapping[str, Any]) -> Self:
        answer = body.get("answer")
        if not isinstance(answer, bool):
            raise ValidationError(_("Say whether the sentence is true or false."))
        return cls(answer)

    def shown(self, order: Order, answer: Answer) -> dict[str, Any]:
        options = [
            {"value": "true", "text": _word(True), "is_chosen": answer is True},
            {"value": "false", "text": _word(False), "is_chosen": answer is False},
        ]
        return {"input_type": "radio", "options": options}

    def mark_given(self, answer: Answer, order: Order) -> Marked:
        return mark_share(int(answer is self.answer), 1)

    def right_answer(self) -> list[str]:
        return [_word(self.answer)]

    def describe(self, answer: Answer, order: Order) -> list[str]:
        return [] if answer is None else [_word(answer)]

    @classmethod
    def clean(cls, raw: object, order: Order) -> Answer:
        if raw is not None and not isinstance(raw, bool):
            raise refuse()
        return raw

    @classmethod
    def read(cls, form: QueryDict, name: str, order: Order) -> object:
        text = form.get(name, "")
        if text not in _FROM_FORM:
            raise refuse()
        return _FROM_FORM[text]


def _word(answer: bool) -> str:
    return pgettext("answer", "True") if answer else pgettext("answer", "False")
