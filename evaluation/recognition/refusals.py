"""Why a signed file is refused, and what to do about it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    NOT_PDF = "not_pdf", _("This file is not a PDF. Choose the PDF that the signing tool saved.")
    TOO_LARGE = (
        "too_large",
        _(
            "The signatures make the file larger than this site accepts. Sign again with a smaller picture of the "
            "seal, or without one."
        ),
    )
    OTHER_PAPER = (
        "other_paper",
        _(
            "This file does not begin with the decision that was issued here: it is another paper, or a program saved "
            "it anew. Download the decision from this page, sign that file as it is, and choose the result."
        ),
    )
    CUT_OFF = "cut_off", _("The file breaks off before its end. Take it again from where it was signed.")
    UNREADABLE = (
        "unreadable",
        _("What the signing tool added cannot be read. Download the decision from this page and sign it again."),
    )
    ENCRYPTED = (
        "encrypted",
        _("The file is locked with a password. Sign the decision again without protecting it by a password."),
    )
    REPLACED = (
        "replaced",
        _(
            "What was added puts other content in the place of the decision. Download the decision from this page and "
            "sign that file as it is."
        ),
    )
    CHANGED = (
        "changed",
        _(
            "More was changed than signatures: a page, a note or a form field. Download the decision from this page "
            "and add nothing to it but signatures."
        ),
    )
    UNSIGNED = "unsigned", _("The file holds no digital signature. Sign it with your signing tool, then choose it.")
    EMPTY_FIELD = (
        "empty_field",
        _("A place for a signature is still empty. Have it signed, or sign a copy without that place."),
    )
    TOO_MANY = "too_many", _("The file holds more signatures or changes than a decision needs. Sign a fresh copy.")
    PARTIAL = (
        "partial",
        _(
            "A signature does not cover all of the file up to itself. Sign again with a tool that covers the "
            "whole file."
        ),
    )
    TAIL = (
        "tail",
        _(
            "After the last signature something was added that nobody signed. Choose the file as it was right after "
            "the last signature."
        ),
    )
    TAMPERED = (
        "tampered",
        _("The file was changed after %(name)s signed it. Choose the file as it was signed, or have it signed again."),
    )
    FORGED = (
        "forged",
        _("The signature of %(name)s was not made with the key of their certificate. Have the decision signed again."),
    )
    NO_CERTIFICATE = (
        "no_certificate",
        _(
            "A signature does not say by whose certificate it was made. Sign again with a tool that includes the "
            "certificate."
        ),
    )
    UNTRUSTED = (
        "untrusted",
        _(
            "The certificate of %(name)s comes from no authority that this site trusts. Sign with a certificate of a "
            "trusted authority, or ask who runs the site to add this one."
        ),
    )
    EXPIRED = "expired", _("The certificate of %(name)s has expired. Renew it, then sign again.")
    NOT_YET_VALID = (
        "not_yet_valid",
        _(
            "The certificate of %(name)s is not valid yet. Sign again once it is, and see that the computer's clock is "
            "right."
        ),
    )
    REVOKED = "revoked", _("The certificate of %(name)s was revoked. Sign with one that is valid.")
    WRONG_USE = "wrong_use", _("The certificate of %(name)s is not meant for signing documents. Sign with one that is.")
    WEAK = (
        "weak",
        _(
            "The signature of %(name)s, or a certificate that it rests on, uses a method that is no longer safe "
            "(such as MD5 or SHA-1). Sign again with SHA-256 or better."
        ),
    )
    CERTIFICATE = (
        "certificate",
        _(
            "The certificate of %(name)s does not hold: whom it names did not issue it, may not, or has expired. Ask "
            "the authority that issued it."
        ),
    )
    TIMESTAMP = "timestamp", _("The timestamp beside the signature of %(name)s does not belong to it. Sign again.")


class SignatureRefusedError(Exception):
    """``reason`` is for machines, the text for whoever chose the file."""

    def __init__(self, reason: Reason, name: str = "") -> None:
        self.reason = reason
        super().__init__(str(reason.label) % {"name": name})
