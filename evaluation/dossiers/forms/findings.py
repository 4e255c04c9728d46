"""What an inspector asks of a unit, and what is said to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluation.dossiers.forms.office import OfficeForm
from evaluation.dossiers.models import FollowUp
from interface.fields import LinesField
from learning.evidence.paper_field import PaperField


class AskForm(OfficeForm):
    words = LinesField(label=_("What the unit has to do"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    due_on = forms.DateField(label=_("To be answered by"), widget=forms.DateInput(attrs={"type": "date"}))


class SayForm(OfficeForm):
    """One of the acts that are open to who sees it; papers belong to an answer."""

    act = forms.ChoiceField(label=_("What shall happen"), widget=forms.RadioSelect)
    words = LinesField(label=_("What was found and done"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    first = PaperField(label=_("A paper"), required=False, help_text=_("A PDF, JPG or PNG of at most 10 MB."))
    second = PaperField(label=_("Another paper"), required=False)

    def __init__(self, *args: Any, acts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(act, FollowUp.Act(act).label) for act in acts]
        self.fields["act"].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("act", acts[0])
        if FollowUp.Act.ANSWER not in acts:
            del self.fields["first"], self.fields["second"]
        if len(acts) == 1:
            self.fields["act"].widget = forms.HiddenInput()

    def papers(self) -> list[Any]:
        return [file for name in ("first", "second") if (file := self.cleaned_data.get(name))]
