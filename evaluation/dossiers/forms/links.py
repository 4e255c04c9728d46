"""What a body without accounts types: the code, then its words on the frozen list."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluation.dossiers.actions import LinkAnswer, Reply
from evaluation.dossiers.forms.office import OfficeForm
from evaluation.dossiers.models import LinkLine

_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class CodeForm(OfficeForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("It came apart from the link, such as K7MN-3HPC-XA4T. Capitals and dashes do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )


class AnswerListForm(OfficeForm):
    """A word and a remark for each line; what is missing the action says."""

    name = forms.CharField(
        label=_("Name of who answers for the body"), max_length=200, widget=forms.TextInput(attrs=_PLAIN)
    )
    function = forms.CharField(
        label=_("Function"),
        max_length=200,
        help_text=_("Such as secretary of the party cell, chair of the parents' board."),
        widget=forms.TextInput(attrs=_PLAIN),
    )

    def __init__(self, data: Any, *, lines: Iterable[LinkLine]) -> None:
        super().__init__(data)
        self.lines = list(lines)
        for line in self.lines:
            self.fields[f"word-{line.pk}"] = forms.ChoiceField(
                label=_("Word of the body"), choices=LinkLine.Word.choices, widget=forms.RadioSelect
            )
            self.fields[f"remark-{line.pk}"] = forms.CharField(
                label=_("Remark: why, where you do not agree"),
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, **_PLAIN}),
            )

    def rows(self) -> list[tuple[LinkLine, Any, Any]]:
        return [(line, self[f"word-{line.pk}"], self[f"remark-{line.pk}"]) for line in self.lines]

    def reply(self) -> Reply:
        given = self.cleaned_data
        answers = {
            line.dossier_id: LinkAnswer(given[f"word-{line.pk}"], given[f"remark-{line.pk}"]) for line in self.lines
        }
        return Reply(answers, given["name"], given["function"])
