"""What a trainer says about a file of questions, or about the questions wanted in a file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.formats import FORMATS, MOST_BYTES
from assessments.formats.recognition import guess
from assessments.models import Difficulty
from training_materials.models import Topic

_KEYS = {each.family: each.key for each in FORMATS.values()}


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("GIFT, Moodle XML, Aiken, QTI 2.2 or 3.0 (one item or a package), or .xlsx. At most 20 MB."),
    )
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=[("", _("Tell from the file")), *((key, family) for family, key in _KEYS.items())],
    )
    topic = forms.ModelChoiceField(
        label=_("Topic"),
        queryset=Topic.objects.all(),
        help_text=_("For new questions whose file names no topic of this site."),
    )
    difficulty = forms.ChoiceField(
        label=_("Difficulty"),
        choices=Difficulty.choices,
        initial=Difficulty.MEDIUM,
        help_text=_("For new questions whose file says nothing of it."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            message = _("The file is larger than %(size)d MB. Split it.")
            raise ValidationError(message, params={"size": MOST_BYTES // 1024**2})
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if file is None:
            return cleaned
        cleaned["content"] = file.read()
        cleaned["format"] = cleaned.get("format") or guess(file.name, cleaned["content"])
        if cleaned["format"] not in FORMATS:
            self.add_error("file", _("This file looks like none of the formats. Choose its format below."))
        return cleaned


class ExportForm(forms.Form):
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.all(), required=False, empty_label=_("All topics")
    )


class DownloadForm(ExportForm):
    """Which of several files."""

    part = forms.IntegerField(required=False, min_value=1)
