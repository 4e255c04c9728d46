"""What learners and trainers type here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from interface.fields import LinesField
from learning.feedback.models import Enquiry, Opinion

MOST_OF_QUESTION = 1000
MOST_OF_ANSWER = 3000


class AskForm(forms.Form):
    text = LinesField(
        label=_("Your question"),
        max_length=MOST_OF_QUESTION,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "At most 1,000 characters. The course's trainers read it; those who look after your unit see who asks."
        ),
        error_messages={"required": _("Write what you would like to know.")},
    )
    can_be_shown = forms.BooleanField(
        label=_("Others in the course may read my question and the answer too, without my name"),
        required=False,
    )


class AnswerForm(forms.Form):
    text = LinesField(
        label=_("Your answer"),
        max_length=MOST_OF_ANSWER,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("At most 3,000 characters. You can correct it later."),
        error_messages={"required": _("Write the answer.")},
    )
    is_for_all = forms.BooleanField(
        label=_("Show question and answer to everybody in the course, without the asker's name"),
        required=False,
        help_text=_("First see that the question itself names nobody."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, enquiry: Enquiry, sent: Any = None) -> None:
        standing = {"text": enquiry.answer, "is_for_all": enquiry.is_for_all, "seen": enquiry.edition}
        super().__init__(sent, initial=standing)

    def look_at(self, enquiry: Enquiry) -> None:
        """The standing answer is shown beside what was typed, which may then take its place."""
        self.data = {name: self.data[name] for name in self.data} | {"seen": enquiry.edition}


class WordForm(forms.Form):
    word = LinesField(
        label=_("What was missing, or hard to understand?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("At most 300 characters. Trainers read it without your name."),
    )

    @classmethod
    def of(cls, opinion: Opinion) -> "WordForm":
        return cls(initial={"word": opinion.word}, auto_id="opinion_%s")
