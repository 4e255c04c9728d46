"""One form for each kind of question, as trainers fill it in. What they say is checked by the kind itself."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.blocks.base import BlockField

from assessments.kinds import body_from_plain
from assessments.kinds.written import LONGEST_GUIDE, MOST_POINTS
from assessments.models import Kind, Question, QuestionVersion


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Option"), required=False, max_length=500)
    is_correct = blocks.BooleanBlock(label=_("This one is right"), required=False)

    class Meta:
        label = _("Option")


class PairBlock(blocks.StructBlock):
    left = blocks.CharBlock(label=_("On the left"), required=False, max_length=500)
    right = blocks.CharBlock(label=_("Its partner on the right"), required=False, max_length=500)

    class Meta:
        label = _("Pair")


class CriterionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("What is looked at"), required=False, max_length=500)
    points = blocks.IntegerBlock(label=_("Points at most"), default=1, min_value=1, max_value=MOST_POINTS)

    class Meta:
        label = _("Criterion")


class LineBlock(blocks.CharBlock):
    class Meta:
        label = _("Line")


class PartsField(BlockField):
    """A list of parts that grows by a button. Rows left empty are dropped.

    A stream of one kind of block, because Wagtail's own script draws a stream outside a panel but not a list.
    """

    def __init__(self, child: blocks.Block, rows: int, **options: Any) -> None:
        parts = blocks.StreamBlock([("part", child)], required=False, default=[("part", child.get_default())] * rows)
        super().__init__(block=parts, initial=parts.get_default, **options)

    def to_initial(self, parts: list[Any]) -> Any:
        return self.block.to_python([{"type": "part", "value": part} for part in parts])

    def clean(self, value: Any) -> list[Any]:
        parts = [child.value for child in super().clean(value)]
        plain = [dict(part) if isinstance(part, dict) else part for part in parts]
        return [part for part in plain if _texts(part)]


def _texts(part: Any) -> list[str]:
    values = part.values() if isinstance(part, dict) else [part]
    return [value for value in values if isinstance(value, str) and value.strip()]


class QuestionForm(WagtailAdminModelForm):
    """The part that all kinds share. ``kind`` and the one field of its body are set by the subclass."""

    kind: str
    body_field: str

    prompt = forms.CharField(
        label=_("Question"),
        widget=AdminAutoHeightTextInput,
        max_length=2000,
        help_text=_("Ask one thing, in plain words. A person who has read the lessons can answer it."),
    )
    feedback = forms.CharField(
        label=_("Explanation"),
        widget=AdminAutoHeightTextInput,
        max_length=2000,
        required=False,
        help_text=_("Shown after handing in, where the quiz allows it: why the right answer is right."),
    )
    field_order = [
        *("topic", "prompt", "text", "gaps", "options", "answer", "accepted", "is_tolerant", "pairs", "items"),
        *("number", "tolerance", "unit", "is_unit_asked", "criteria", "guide", "feedback"),
    ]

    class Meta:
        model = Question
        fields = ["topic", "difficulty"]
        help_texts = {"topic": _("Quizzes draw questions by topic.")}

    def __init__(self, *args: Any, version: QuestionVersion | None = None, **kwargs: Any) -> None:
        if version is not None:
            kwargs["initial"] = self._initial_of(version) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.body_field in cleaned:
            try:
                cleaned["body"] = body_from_plain(self.kind, cleaned)
            except ValidationError as error:
                self.add_error(self.body_field, error)
        return cleaned

    def _initial_of(self, version: QuestionVersion) -> dict[str, Any]:
        values = {name: self._initial_part(name, value) for name, value in version.body.items()}
        return values | {"prompt": version.prompt, "feedback": version.feedback}

    def _initial_part(self, name: str, value: Any) -> Any:
        field = self.base_fields[name]
        return field.to_initial(value) if isinstance(field, PartsField) else value


class SingleChoiceForm(QuestionForm):
    kind, body_field = Kind.SINGLE_CHOICE, "options"
    options = PartsField(
        OptionBlock(), 4, label=_("Options"), help_text=_("Tick the one that is right. Learners see them shuffled.")
    )


class MultipleChoiceForm(QuestionForm):
    kind, body_field = Kind.MULTIPLE_CHOICE, "options"
    options = PartsField(
        OptionBlock(),
        5,
        label=_("Options"),
        help_text=_(
            "Tick every one that is right. A right pick earns its share of the point, a wrong one takes a share away."
        ),
    )


class TrueFalseForm(QuestionForm):
    kind, body_field = Kind.TRUE_FALSE, "answer"
    answer = forms.TypedChoiceField(
        label=_("The sentence is"),
        choices=[(True, pgettext_lazy("answer", "True")), (False, pgettext_lazy("answer", "False"))],
        coerce=lambda text: text == "True",
        widget=forms.RadioSelect,
    )


class ShortTextForm(QuestionForm):
    kind, body_field = Kind.SHORT_TEXT, "accepted"
    accepted = PartsField(
        LineBlock(required=False, max_length=500),
        2,
        label=_("Accepted answers"),
        help_text=_("Each wording that counts as right, one in each line. Capital letters do not matter."),
    )
    is_tolerant = forms.BooleanField(
        label=_("Accept answers without accents"),
        required=False,
        initial=True,
        help_text=_("“da nang” then counts as “Đà Nẵng”. Switch it off only where the accents are what is asked."),
    )


class MatchingForm(QuestionForm):
    kind, body_field = Kind.MATCHING, "pairs"
    pairs = PartsField(
        PairBlock(), 4, label=_("Pairs"), help_text=_("Write what belongs together. Learners see both sides shuffled.")
    )


class OrderingForm(QuestionForm):
    kind, body_field = Kind.ORDERING, "items"
    items = PartsField(
        LineBlock(required=False, max_length=500),
        4,
        label=_("Lines in their right order"),
        help_text=_("From first to last. Learners see them shuffled."),
    )


class WrittenForm(QuestionForm):
    kind, body_field = Kind.WRITTEN, "criteria"
    criteria = PartsField(
        CriterionBlock(),
        2,
        label=_("Criteria for marking"),
        help_text=_("Learners see them while they write. Points together make the whole point of the question."),
    )
    guide = forms.CharField(
        label=_("What a good answer holds"),
        widget=AdminAutoHeightTextInput,
        max_length=LONGEST_GUIDE,
        required=False,
        help_text=_("For who marks. Learners see it after marking, where the quiz shows right answers."),
    )


FORMS: dict[str, type[QuestionForm]] = {
    str(form.kind): form
    for form in (
        SingleChoiceForm,
        MultipleChoiceForm,
        TrueFalseForm,
        ShortTextForm,
        MatchingForm,
        OrderingForm,
        WrittenForm,
    )
}
