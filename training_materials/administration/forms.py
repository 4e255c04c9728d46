"""The form by which a package is uploaded."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from membership.policy import AnyUser
from training_materials.models import Package


class PackageUploadForm(forms.Form):
    file = forms.FileField(
        label=_("H5P file"),
        help_text=_("As your authoring tool exports it: Lumi, Moodle, WordPress, h5p.com. The name ends in .h5p."),
        widget=forms.FileInput(attrs={"accept": ".h5p"}),
    )
    package = forms.ModelChoiceField(
        Package.objects.none(),
        label=_("Renews"),
        required=False,
        empty_label=_("nothing, it is new"),
        help_text=_("Learners who begin from then on get the new version; who is in the middle keeps theirs."),
    )

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        renewable = Package.objects.renewable_by(user).order_by("title")
        self.fields["package"].queryset = renewable  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if not (file.name or "").lower().endswith((".h5p", ".zip")):
            raise forms.ValidationError(_("Choose the .h5p file that your authoring tool exported."))
        return file
