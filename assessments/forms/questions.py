"""One form for each kind of question, as trainers fill it in. What they say is checked by the kind itself."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.documents import get_document_model
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser

from assessments.bank.media import LONGEST_ALT
from assessments.forms.fields import (
    CriterionBlock,
    GapBlock,
    GapsField,
    LineBlock,
    NumberField,
    OptionBlock,
    OptionsField,
    PairBlock,
    PartsField,
    SpellingsField,
)
from assessments.forms.media import initial_of, sources_in
from assessments.kinds import body_from_plain
from assessments.kinds.blanks import LONGEST_PASSAGE
from assessments.kinds.written import LONGEST_GUIDE
from assessments.models import Kind, Question, QuestionVersion

_MEDIA = ("picture", "picture_alt", "sound", "sound_alt")


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
    picture = forms.ModelChoiceField(
        label=_("Picture"), queryset=get_image_model().objects.all(), widget=AdminImageChooser, required=False
    )
    picture_alt = forms.CharField(
        label=_("What the picture shows, in words"),
        max_length=LONGEST_ALT,
        required=False,
        help_text=_("Required with a picture: for who does not see it. Do not give the answer away."),
    )
    sound = forms.ModelChoiceField(
        label=_("Sound"), queryset=get_document_model().objects.all(), widget=AdminDocumentChooser, required=False
    )
    sound_alt = forms.CharField(
        label=_("What is heard, in words"),
        max_length=LONGEST_ALT,
        required=False,
        help_text=_("Required with a sound (mp3, ogg, m4a or wav): for who does not hear it."),
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
        *("number", "tolerance", "units", "is_unit_asked", "criteria", "guide", "feedback", *_MEDIA),
    ]

    class Meta:
        model = Question
        fields = ["topic", "difficulty", "audience"]
        help_texts = {"topic": _("Quizzes draw questions by topic.")}

    def __init__(
        self, *args: Any, version: QuestionVersion | None = None, is_draft: bool = False, **kwargs: Any
    ) -> None:
        self.is_draft = is_draft
        if version is not None:
            kwargs["initial"] = self._initial_of(version) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.data = self._with_counts(self.data)  # type: ignore[has-type]
        if is_draft:
            for name in self.body_names:
                self.fields[name].required = False

    def _with_counts(self, data: Any) -> Any:
        """A preview may be asked for before the page's script has drawn the lists."""
        lists = [name for name, field in self.fields.items() if isinstance(field, PartsField)]
        missing = {f"{name}-count": ["0"] for name in lists if f"{name}-count" not in data}
        return MultiValueDict({**missing, **dict(data.lists())}) if missing else data

    @property
    def body_names(self) -> list[str]:
        """What belongs to the kind alone."""
        shared = ("prompt", "feedback", *_MEDIA, *self._meta.fields)
        return [name for name in self.fields if name not in shared]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.is_draft:
            cleaned["body"] = {name: _plain(cleaned.get(name)) for name in (*self.body_names, *_MEDIA)}
        elif self.body_field in cleaned:
            try:
                cleaned["body"] = body_from_plain(self.kind, cleaned)
            except ValidationError as error:
                self.add_error(self.body_field, error)
        return self._with_sources(cleaned)

    def _with_sources(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        try:
            cleaned["sources"] = [] if self.is_draft else sources_in(cleaned)
        except ValidationError as error:
            self.add_error(None, error)
        return cleaned

    def _initial_of(self, version: QuestionVersion) -> dict[str, Any]:
        body = (
            version.body | initial_of(version.media, version.body.get("options", [])) if version.media else version.body
        )
        held = {name: value for name, value in body.items() if name in self.base_fields}
        values = {name: self._initial_part(name, value) for name, value in held.items()}
        return values | {"prompt": version.prompt, "feedback": version.feedback}

    def _initial_part(self, name: str, value: Any) -> Any:
        field = self.base_fields[name]
        to_initial = getattr(field, "to_initial", None)
        return to_initial(value) if to_initial else value


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


class SingleChoiceForm(QuestionForm):
    kind, body_field = Kind.SINGLE_CHOICE, "options"
    options = OptionsField(
        OptionBlock(),
        4,
        label=_("Options"),
        help_text=_(
            "Tick the one that is right. Learners see them shuffled. "
            "The cog beside an option adds a picture or a sound to it."
        ),
    )


class MultipleChoiceForm(QuestionForm):
    kind, body_field = Kind.MULTIPLE_CHOICE, "options"
    options = OptionsField(
        OptionBlock(),
        5,
        label=_("Options"),
        help_text=_(
            "Tick every one that is right. A right pick earns its share of the point, a wrong one takes a share away. "
            "The cog beside an option adds a picture or a sound to it."
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


class NumericForm(QuestionForm):
    kind, body_field = Kind.NUMERIC, "number"
    number = NumberField(label=_("The right number"), max_length=30, help_text=_("In digits, such as 12,5."))
    tolerance = NumberField(
        label=_("Tolerance"),
        max_length=30,
        required=False,
        help_text=_("By how much an answer may differ and still be right. Empty: not at all."),
    )
    units = SpellingsField(
        label=_("Unit"),
        max_length=200,
        required=False,
        help_text=_("Such as kg. Other spellings of the same unit follow after a semicolon: kg; ki-lô-gam."),
    )
    is_unit_asked = forms.BooleanField(
        label=_("Learners write the unit too"),
        required=False,
        help_text=_("Otherwise it stands behind the field. A right number with a wrong unit earns half the point."),
    )


class BlanksForm(QuestionForm):
    kind, body_field = Kind.BLANKS, "gaps"
    text = forms.CharField(
        label=_("Text with blanks"),
        widget=AdminAutoHeightTextInput,
        max_length=LONGEST_PASSAGE,
        help_text=_("Write [1] where the first blank is, [2] where the second is, and so on."),
    )
    gaps = GapsField(GapBlock(), 2, label=_("Blanks"), help_text=_("In this order they are [1], [2] and so on."))
    is_tolerant = forms.BooleanField(
        label=_("Accept answers without accents"),
        required=False,
        initial=True,
        help_text=_("“da nang” then counts as “Đà Nẵng”. Switch it off only where the accents are what is asked."),
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
        NumericForm,
        BlanksForm,
        WrittenForm,
    )
}
