"""One of the acts that are open to who sees a row, and what is said with it: for every register alike."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from interface.fields import LinesField


class ActForm(forms.Form):
    use_required_attribute = False

    act = forms.ChoiceField(label=_("What shall happen"), widget=forms.RadioSelect)
    words = LinesField(
        label=_("What is said"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, acts: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = list(acts)  # type: ignore[attr-defined]
        self.initial.setdefault("act", acts[0][0])
