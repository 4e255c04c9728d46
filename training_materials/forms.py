"""Upload forms of Wagtail's admin: a file must be what its name says and small enough for a slow link."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from membership.policy import AnyUser
from training_materials.blocks.content import VIDEO_EXTENSIONS
from training_materials.files import problem_of, problem_of_drawing, problem_of_picture
from training_materials.models import Package


class CheckedDocumentForm(BaseDocumentForm):
    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            extension = _extension_of(file)
            limit = settings.VIDEO_MAX_BYTES if extension in VIDEO_EXTENSIONS else settings.UPLOAD_MAX_BYTES
            _refuse_if_too_large(file, limit)
            if problem := problem_of(file, extension):
                raise ValidationError(problem, code="content")
        return file

    def _post_clean(self) -> None:
        """The model's own check of the extension finds no file after a refusal: one reason is enough."""
        refused = self._errors["file"].copy() if "file" in self._errors else None
        super()._post_clean()
        if refused:
            self._errors["file"] = refused


class CheckedImageField(WagtailImageField):
    """Wagtail measures a damaged picture, and faults."""

    def to_python(self, data: Any) -> Any:
        is_of_pixels = isinstance(data, UploadedFile) and _extension_of(data) != "svg"
        if is_of_pixels and (problem := problem_of_picture(data, self.max_image_pixels)):
            raise ValidationError(problem, code="content")
        return super().to_python(data)


class CheckedImageForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.fields["file"]
        self.fields["file"] = CheckedImageField(label=given.label, widget=given.widget, required=given.required)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            _refuse_if_too_large(file, settings.UPLOAD_MAX_BYTES)
            if _extension_of(file) == "svg" and (problem := problem_of_drawing(file)):
                raise ValidationError(problem, code="content")
        return file


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


class CopyForm(forms.Form):
    step = forms.IntegerField(min_value=1, required=False)


class PlaceForm(CopyForm):
    """Where a step of a course goes, counted from 0; a new one has no key yet."""

    place = forms.IntegerField(min_value=0)


class TakeOutForm(forms.Form):
    step = forms.IntegerField(min_value=1)
    is_out = forms.BooleanField(required=False)


class DecisionForm(forms.Form):
    """What a moderator says of the submission that they read."""

    task = forms.IntegerField(min_value=1)
    decision = forms.ChoiceField(choices=[("approve", "approve"), ("return", "return")])
    comment = forms.CharField(required=False, max_length=4000)


def _extension_of(file: UploadedFile) -> str:
    return (file.name or "").rpartition(".")[2].lower()


def _refuse_if_too_large(file: UploadedFile, limit: int) -> None:
    size = file.size or 0
    if size > limit:
        sizes = {"size": filesizeformat(size), "limit": filesizeformat(limit)}
        message = gettext("The file has %(size)s; at most %(limit)s are possible. Make it smaller or split it.") % sizes
        raise ValidationError(message, code="size")
