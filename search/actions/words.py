"""The dictionary of the search, editors' picks, and counting what was not found.

No audit entry for what was not found: the count is the record, and says nothing of anybody.
"""

import datetime
import re

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from interface.vietnamese import fold, nfc
from membership.models import User
from membership.policy import TRAINERS, Action, require
from search.dictionary import forget_terms
from search.language import shipped_groups, shipped_optional, tokens
from search.models import MissedSearch, Pick, TermGroup
from search.models.words import LEAST, MOST_LETTERS

KEPT_DAYS = 365
# What fewer people asked for than LEAST may point to one of them: it is never shown and soon forgotten.
FORGOTTEN_AFTER_DAYS = 30
_TELLING = re.compile(r"@|\d{5,}|(?:\d[\s.-]*){7,}")


@transaction.atomic
def save_terms(*, group: TermGroup, by: User, at: datetime.datetime) -> TermGroup:
    """Keeps a new or changed row of the dictionary. Raises PermissionDenied, ValidationError."""
    require(by, Action.PUBLISH_MATERIALS)
    group.terms = "\n".join(dict.fromkeys(nfc(line) for line in group.lines()))
    if not any(tokens(line) for line in group.lines()):
        raise ValidationError(_("Write at least one word."))
    group.full_clean()
    group.save()
    log(instance=group, action="search.save_terms", user=by, timestamp=at)
    return group


@transaction.atomic
def load_terms(*, by: User | None, at: datetime.datetime) -> int:
    """The shipped dictionary, and trainers' leave to change it and the picks. Tells how many rows changed.

    Rows that editors changed stay as they made them; others follow what is shipped, and go where it is no longer.
    """
    if by is not None:
        require(by, Action.PUBLISH_MATERIALS)
    rows = [(group, False) for group in shipped_groups()] + [([word], True) for word in shipped_optional()]
    wanted = {_key(group, small): ("\n".join(group), small) for group, small in rows}
    standing = {row.shipped_key or "": row for row in TermGroup.objects.filter(shipped_key__isnull=False)}
    untouched = {key: row for key, row in standing.items() if row.terms == row.shipped_terms}
    new = [
        TermGroup(terms=terms, shipped_terms=terms, need_not_occur=small, shipped_key=key)
        for key, (terms, small) in wanted.items()
        if key not in standing
    ]
    changed = []
    for key, row in untouched.items():
        if key in wanted and row.terms != wanted[key][0]:
            row.terms = row.shipped_terms = wanted[key][0]
            changed.append(row)
    TermGroup.objects.bulk_create(new)
    TermGroup.objects.bulk_update(changed, ["terms", "shipped_terms"])
    gone = [row.pk for key, row in untouched.items() if key not in wanted and row.is_in_use]
    TermGroup.objects.filter(pk__in=gone).delete()
    forget_terms()  # rows written together send no signals
    _permit_trainers()
    return len(new) + len(changed) + len(gone)


@transaction.atomic
def save_pick(*, pick: Pick, by: User, at: datetime.datetime) -> Pick:
    """Keeps a new or changed pick. Raises PermissionDenied, ValidationError."""
    require(by, Action.PUBLISH_MATERIALS)
    pick.queries = "\n".join(dict.fromkeys(nfc(line) for line in pick.lines()))
    pick.reason = nfc(pick.reason)
    if not all(tokens(line) for line in pick.lines()) or not pick.lines():
        raise ValidationError(_("Write at least one word on each line."))
    pick.full_clean()
    pick.save()
    log(instance=pick, action="search.save_pick", user=by, timestamp=at)
    return pick


@transaction.atomic
def count_missed(*, words: str, at: datetime.datetime) -> bool:
    """One more for these words on this day. What may tell whose they are (long texts, long figures) is dropped."""
    if not words or len(words) > MOST_LETTERS or _TELLING.search(words):
        return False
    row, is_new = MissedSearch.objects.get_or_create(words=words, day=timezone.localdate(at), defaults={"count": 1})
    if not is_new:
        MissedSearch.objects.filter(pk=row.pk).update(count=F("count") + 1)
    return True


@transaction.atomic
def forget_missed(*, at: datetime.datetime) -> int:
    """What is old, and after a month what hardly anybody asked for. Tells how many rows went."""
    today = timezone.localdate(at)
    old = MissedSearch.objects.filter(day__lt=today - datetime.timedelta(days=KEPT_DAYS))
    rare = (
        MissedSearch.objects.values("words")
        .annotate(times=Sum("count"))
        .filter(times__lt=LEAST)
        .values_list("words", flat=True)
    )
    settled = MissedSearch.objects.filter(day__lt=today - datetime.timedelta(days=FORGOTTEN_AFTER_DAYS))
    gone = old.delete()[0]
    return gone + settled.filter(words__in=list(rare)).delete()[0]


def _permit_trainers() -> None:
    group, _is_new = Group.objects.get_or_create(name=TRAINERS)
    codenames = [f"{verb}_{model}" for verb in ("add", "change") for model in ("termgroup", "pick")]
    permitted = Permission.objects.filter(content_type__app_label="search", codename__in=[*codenames, "delete_pick"])
    group.permissions.add(*permitted)


def _key(group: list[str], small: bool) -> str:
    return f"{'small' if small else 'terms'}:{fold(' = '.join(group[:2]))}"[:120]
