"""What officers and visitors write."""

import datetime
import hashlib
from collections.abc import Collection
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges import keys
from badges.credentials import status_for
from badges.findings import Finding, find, read_badge
from badges.proofs import NotGenuineError
from badges.shape import Document
from evaluation.recognition.models import Grouping
from evaluation.recognition.readiness import LIST_DIFFERS
from interface.fields import LinesField
from learning.evidence.paper_field import PaperField

BADGE_MAX_BYTES = 100_000


class IssueForm(forms.Form):
    number = forms.CharField(
        label=_("Decision number"), help_text=_("As it shall stand on the paper: 125/QĐ-UBND."), max_length=40
    )
    signed_on = forms.DateField(
        label=_("Day of the decision"),
        help_text=_("As it shall stand on the paper; today at the latest."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    signer_name = forms.CharField(
        label=_("Signed by"), help_text=_("Full name, as it shall stand on the certificates."), max_length=120
    )
    signer_title = forms.CharField(
        label=_("Position of the signer"), help_text=_("Such as Chủ tịch or Phó Chủ tịch."), max_length=120
    )
    bases = LinesField(
        label=_("Legal bases"),
        help_text=_("One on each line, each with its date. They stand on the decision as you write them here."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        *args: Any,
        listed: Collection[int] = (),
        against: Collection[int] = (),
        suspected: Collection[int] = (),
        **kwargs: Any,
    ) -> None:
        """``listed`` are the dossiers of the whole list; ``against``, those of them that cannot be issued now: whoever
        issues says that they are left; ``suspected``, those whose person may be on record twice: whoever issues says
        why. A signed paper names its people, so what was seen comes back with the form."""
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].widget.attrs["max"] = timezone.localdate().isoformat()
        self.fields["signer_name"].widget.attrs["autocomplete"] = "off"
        self.listed, self.against, self.suspected = listed, against, suspected
        if listed:
            self.fields["seen"] = forms.CharField(required=False, initial=self._digest(), widget=forms.HiddenInput)
        if against:
            self.fields["leaves"] = forms.BooleanField(
                label=_("Issue it for the others; those named above stay on the next list."),
                error_messages={"required": _("Tick this, or take those named above off the list first.")},
            )

        if suspected:
            self.fields["despite_doubles"] = LinesField(
                label=_("Why those who may be on record twice get the title all the same"),
                help_text=_("It stays beside their names. Or have them merged or told apart first."),
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given.pop("leaves", None)
        seen, now = given.pop("seen", ""), self._digest()
        if self.listed and seen != now:
            self.data = {**self.data.dict(), "seen": now}  # type: ignore[attr-defined]
            raise forms.ValidationError(LIST_DIFFERS)
        return given | {"listed": list(self.listed), "without": list(self.against)}

    def _digest(self) -> str:
        seen = f"{sorted(self.listed)} {sorted(self.against)} {sorted(self.suspected)}"
        return hashlib.sha256(seen.encode()).hexdigest()


class HandInForm(forms.Form):
    copy = PaperField(
        label=_("Scan of the signed decision"),
        help_text=_("All pages in one PDF; of a decision on one page also a picture."),
    )


class HandInSignedForm(forms.Form):
    signed = PaperField(
        label=_("Digitally signed decision"),
        help_text=_(
            "The PDF downloaded here, as the signing tool saved it: it takes effect at once. Another signed PDF with "
            "the same text waits for a second officer."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )


class RefuseCopyForm(forms.Form):
    refusal = LinesField(
        label=_("What the copy does not show"),
        help_text=_("The one who handed it in reads this: another number, another day, a name that is missing …"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WithdrawForm(forms.Form):
    withdrawal = LinesField(
        label=_("Why the decision is withdrawn"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class RevokeForm(forms.Form):
    reason = LinesField(
        label=_("Why the title is revoked"),
        help_text=_("Everyone who verifies the title reads this: write no personal matters."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Verification code"),
        help_text=_("It stands on the certificate, such as K7MN-3HPC-XA4T. Capitals and dashes do not matter."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class BadgeForm(forms.Form):
    badge = forms.FileField(
        label=_("Badge file"),
        help_text=_("The .json or .jwt file that the holder downloaded. It is checked and not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.jwt,.txt"}),
    )

    def clean_badge(self) -> Document:
        """The credential in the file, if this site signed it."""
        uploaded: UploadedFile = self.cleaned_data["badge"]
        if (uploaded.size or 0) > BADGE_MAX_BYTES:
            raise forms.ValidationError(_("The file is too large to be a badge."))
        try:
            return read_badge(uploaded.read().decode(), keys.public_keys(), timezone.now())
        except (NotGenuineError, UnicodeDecodeError) as error:
            raise forms.ValidationError(
                _("This badge is not genuine: this site did not sign what the file says. Ask for the certificate.")
            ) from error

    def finding(self, at: datetime.datetime) -> Finding | None:
        """What the badge says, with its state as of now."""
        credential = self.cleaned_data["badge"]
        try:
            return find(credential, keys.public_keys(), at, status_for(credential, at))
        except NotGenuineError:
            self.add_error("badge", _("This is not the badge of a title or a course."))
            return None


class GroupingForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of group"), choices=Grouping.Kind.choices)
    name = forms.CharField(
        label=_("Name"), help_text=_("Such as: Tộc Trần, Thôn 3, Trường THCS Kim Đồng."), max_length=160
    )


class MembersForm(forms.Form):
    codes = LinesField(
        label=_("Codes of people"),
        help_text=_("One on each line, as on the list of people of your unit."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5, "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_codes(self) -> list[str]:
        return str(self.cleaned_data["codes"]).replace(",", " ").split()


class RuleForm(forms.Form):
    percent = forms.DecimalField(
        label=_("Least share of members with the title, in percent"), min_value=1, max_value=100, decimal_places=2
    )
    source = forms.CharField(
        label=_("Where it is written"), help_text=_("Such as: Thông tư 24/2023/TT-BGDĐT."), max_length=200
    )
