"""What a trainer's form for an activity refuses, before a learner finds out; and what learners write for themselves."""

from collections.abc import Sequence
from typing import Any

import uuid_utils.compat as uuid7
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.forms import WagtailAdminPageForm

from interface.fields import LinesField
from learning.tracking.models.own import DAYS_OF_A_WEEK, LENGTH_OF_NOTES, LENGTH_OF_PASSAGES, Note
from training_materials.blocks.bodies import Part


class ActivityPageForm(WagtailAdminPageForm):
    def clean(self) -> dict[str, Any]:
        """A pass mark that nobody could reach is no matter of a draft, where the content may still be another."""
        cleaned: dict[str, Any] = super().clean()
        typed = type(self.instance)(package=cleaned.get("package"), completion=cleaned.get("completion"))
        if typed.has_unreachable_mark and not self.is_deferred_validation:
            self.add_error("completion", no_pass_mark())
        return cleaned


def no_pass_mark() -> str:
    return _(
        "This site cannot recompute the score of this content, so nobody could reach a pass mark. "
        "Let playing it to the end finish the step, or choose another content."
    )


class WordsForm(forms.Form):
    """The words of a note that is there."""

    text = LinesField(
        label=gettext_lazy("My note"),
        max_length=LENGTH_OF_NOTES,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("A note that marks nothing needs words. Write some, or delete it.")},
    )

    def __init__(self, note: Note, sent: Any = None) -> None:
        self.note = note
        super().__init__(sent, initial={"text": note.text}, auto_id=f"words-{note.pk}-%s")
        self.fields["text"].required = not (note.part or note.passage)


class NoteForm(forms.Form):
    """A new note: of the whole lesson or of a part, of a passage that is marked, with words or without."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7.uuid7)
    part = forms.ChoiceField(label=gettext_lazy("Where it belongs"), required=False)
    passage = forms.CharField(required=False, max_length=LENGTH_OF_PASSAGES, widget=forms.HiddenInput)
    text = LinesField(
        label=gettext_lazy("My note"),
        required=False,
        max_length=LENGTH_OF_NOTES,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Only you see it. Leave it empty to mark the chosen part and no more."),
    )

    def __init__(self, parts: Sequence[Part], *args: Any, **options: Any) -> None:
        super().__init__(*args, **({"auto_id": "note_%s"} | options))
        self.parts = {part.anchor: part for part in parts}
        field = self.fields["part"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("The whole lesson")), *((name, part.title) for name, part in self.parts.items())]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned[name] for name in ("part", "passage", "text")):
            self.add_error("text", _("Write something, or choose the part that you want to mark."))
        return cleaned

    @property
    def chosen_part(self) -> Part | None:
        return self.parts.get(self.cleaned_data["part"])


class GoalForm(forms.Form):
    days = forms.TypedChoiceField(label=gettext_lazy("My goal"), coerce=int, initial=2)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        numbers = range(1, DAYS_OF_A_WEEK + 1)
        goals = [(n, ngettext("%(days)d day a week", "%(days)d days a week", n) % {"days": n}) for n in numbers]
        field = self.fields["days"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(0, _("No goal, only the calendar")), *goals]
