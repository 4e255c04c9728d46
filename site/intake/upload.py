"""What is sent with a file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    """A kind adds its own label, and fields for what is chosen beside the file."""

    file = forms.FileField(label=_("File"))

    def __init__(self, *args: Any, most_bytes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most_bytes = most_bytes

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > self.most_bytes:
            message = _("The file is larger than %(size)d MB. Split it.")
            raise ValidationError(message, params={"size": self.most_bytes // 1024**2})
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("file") is not None:
            cleaned["content"] = cleaned["file"].read()
        return cleaned

    def details(self) -> dict[str, Any]:
        """What the import keeps beside the file, in values that JSON knows."""
        return {}
