"""What two records agree in and what not, in words."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_REASONS: dict[str, str | Promise] = {
    "same_citizen_id": _("the same citizen ID"),
    "same_name": _("the same name"),
    "name_sounds_alike": _("names that sound alike"),
    "name_words_swapped": _("the words of the name in another order"),
    "name_lacks_middle": _("one name lacks a middle name"),
    "name_one_letter": _("names one letter apart"),
    "name_other_middle": _("another middle name"),
    "other_name": _("another name"),
    "same_day": _("born on the same day"),
    "near_day": _("days of birth that are easily mistaken"),
    "other_day": _("another day of birth"),
    "same_year": _("born in the same year"),
    "near_year": _("years of birth that are easily mistaken"),
    "other_year": _("another year of birth"),
    "same_place": _("the same commune"),
    "other_place": _("another commune"),
    "same_contact": _("a phone in common"),
    "other_contact": _("other phones"),
    "same_email": _("an e-mail address in common"),
    "other_email": _("other e-mail addresses"),
    "same_house": _("the same address"),
    "other_house": _("another address"),
}


def reasons_told(reasons: Iterable[str]) -> str:
    """As ``weighing`` named them."""
    return ", ".join(str(_REASONS[reason]) for reason in reasons)
