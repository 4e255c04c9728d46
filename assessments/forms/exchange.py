"""What a trainer says about a file of questions, or about the questions wanted in a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.formats import FORMATS, guess
from assessments.forms.pools import PoolField
from assessments.models import Difficulty
from intake.upload import UploadForm
from training_materials.models import Topic

_KEYS = {each.family: each.key for each in FORMATS.values()}


class ImportForm(UploadForm):
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
    pool = PoolField(help_text=_("For new questions. Those that stand in the bank already stay where they are."))
    difficulty = forms.ChoiceField(
        label=_("Difficulty"),
        choices=Difficulty.choices,
        initial=Difficulty.MEDIUM,
        help_text=_("For new questions whose file says nothing of it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "content" not in cleaned:
            return cleaned
        cleaned["format"] = cleaned.get("format") or guess(cleaned["file"].name, cleaned["content"])
        if cleaned["format"] not in FORMATS:
            self.add_error("file", _("This file looks like none of the formats. Choose its format below."))
        return cleaned

    def details(self) -> dict[str, Any]:
        chosen = self.cleaned_data
        pool = chosen["pool"]
        return {
            "format": chosen["format"],
            "topic": chosen["topic"].pk,
            "difficulty": chosen["difficulty"],
            "pool": pool and pool.pk,
        }


class ExportForm(forms.Form):
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.all(), required=False, empty_label=_("All topics")
    )


class DownloadForm(ExportForm):
    """Which of several files."""

    part = forms.IntegerField(required=False, min_value=1)
