"""A paper to be handed in, as a field of a form: looked at and scanned before anything is kept of it."""

from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from learning.evidence.files import InfectedError, NotTakenError, ScannerDownError, TooLargeError, Upload, inspect, scan

_TAKEN = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"


class PaperField(forms.FileField):
    """Its value is an ``Upload``, None without a file."""

    widget = forms.FileInput(attrs={"accept": _TAKEN})

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            upload = inspect(file, limit=settings.UPLOAD_MAX_BYTES)
            return replace(upload, is_scanned=_is_scanned(upload))
        except TooLargeError as refused:
            limit = filesizeformat(settings.UPLOAD_MAX_BYTES)
            text = _("The file is empty or larger than %(limit)s. Take a smaller photo, or a scan of lower quality.")
            raise forms.ValidationError(text % {"limit": limit}) from refused
        except NotTakenError as refused:
            text = _("Only PDF, JPG and PNG files are taken. Save or photograph the paper as one of these.")
            raise forms.ValidationError(text) from refused


def _is_scanned(upload: Upload) -> bool:
    """Whether a scanner found nothing in it. Raises ValidationError for what it found, or when it does not answer."""
    try:
        return scan(upload.content.chunks())
    except InfectedError as found:
        text = _("The virus scanner found something harmful in this file, so it is not taken. Scan the paper anew.")
        raise forms.ValidationError(text) from found
    except ScannerDownError as down:
        text = _("Files cannot be checked for viruses right now. Save without the file, or try again in a while.")
        raise forms.ValidationError(text) from down
    finally:
        upload.content.seek(0)
