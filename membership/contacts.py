"""Phones, e-mail and postal addresses in the one form in which they are kept and compared. Pure."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from interface.vietnamese import nfc
from membership.models.contacts import LONGEST_CONTACT, ContactKind

_NO_DIGITS = re.compile(r"[\s.()\-]+")
# A spreadsheet takes the first 0 of a number away; these are the figures that mobile numbers begin with after it.
_MOBILE_WITHOUT_ZERO = re.compile(r"[35789]\d{8}")
_AT_HOME = re.compile(r"\+84(?:[35789]\d{8}|2\d{9})")
_ABROAD = re.compile(r"\+(?!84)[1-9]\d{7,14}")


def normal_form(kind: str, text: str) -> str:
    """Raises ValidationError in words for who typed it."""
    value = " ".join(nfc(text).split())
    if len(value) > LONGEST_CONTACT:
        raise ValidationError(_("At most %(count)d letters fit here."), params={"count": LONGEST_CONTACT})
    if kind == ContactKind.PHONE:
        return _phone(value)
    if kind == ContactKind.EMAIL:
        validate_email(value)
        return value.lower()
    if not value:
        raise ValidationError(_("Enter an address."))
    return value


def _phone(text: str) -> str:
    """As it is dialled from anywhere, +84 first."""
    digits = _NO_DIGITS.sub("", text)
    if _MOBILE_WITHOUT_ZERO.fullmatch(digits):
        digits = f"+84{digits}"
    elif digits.startswith("0"):
        digits = f"+84{digits[1:]}"
    elif digits.startswith("84"):
        digits = f"+{digits}"
    if _AT_HOME.fullmatch(digits) or _ABROAD.fullmatch(digits):
        return digits
    raise ValidationError(_("“%(text)s” is no phone number. Write it as you dial it, for example 0905 123 456."),
                          params={"text": text})  # fmt: skip
