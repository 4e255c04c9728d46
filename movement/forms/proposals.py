"""What is proposed, and what an office says to it."""

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interface.fields import LinesField
from membership.choosing import UnitChoiceField
from membership.models import Unit
from movement.actions import Said
from movement.forms.acts import ActForm
from movement.models import Proposal

Act = Proposal.Act


class ProposalForm(forms.Form):
    use_required_attribute = False

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    kind = forms.ChoiceField(
        label=pgettext_lazy("proposal", "What is it?"), choices=Proposal.Kind.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("In a few words"), max_length=150)
    text = LinesField(
        label=_("What do you propose, or what is difficult?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Leave out names and private matters of other people."),
    )


class UnitProposalForm(ProposalForm):
    unit = UnitChoiceField(label=_("In whose name"))
    field_order = ["token", "unit", "kind", "title", "text"]

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]


class ProposalActForm(ActForm):
    number = forms.CharField(label=_("Number of the letter, if there is one"), max_length=60, required=False)
    dated = forms.DateField(label=_("Its day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    to = forms.ModelChoiceField(label=_("The like one"), queryset=Proposal.objects.none(), required=False)

    def __init__(self, *args: Any, proposal: Proposal, acts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, acts=[(act, Act(act).label) for act in acts], **kwargs)
        self.fields["words"].help_text = _(
            "The answer, or with what you send it on. To publish: as everybody may read it, without names."
        )
        alike = Proposal.objects.to_join(proposal)
        self.fields["to"].queryset = alike  # type: ignore[attr-defined]
        if Act.JOIN not in acts:
            del self.fields["to"]
        if not {Act.ANSWER, Act.SEND_ON} & set(acts):
            del self.fields["number"], self.fields["dated"]
        if not {Act.ANSWER, Act.SEND_ON, Act.PUBLISH} & set(acts):
            del self.fields["words"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("act") == Act.JOIN and not given.get("to"):
            self.add_error("to", _("Choose the like one."))
        return given

    def said(self) -> Said:
        given = self.cleaned_data
        return Said(given.get("words", ""), given.get("number", ""), given.get("dated"))
