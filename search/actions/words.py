"""The dictionary of the search."""

import datetime

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from membership.groups import TRAINERS
from membership.models import User
from membership.policy import Action, require
from membership.vietnamese import fold, nfc
from search.language import shipped_groups, shipped_optional, tokens
from search.models import TermGroup


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
    """The shipped dictionary, and trainers' leave to change it and the picks. Tells how many rows were new.

    Rows that were loaded once are left as editors made them.
    """
    if by is not None:
        require(by, Action.PUBLISH_MATERIALS)
    rows = [(group, False) for group in shipped_groups()] + [([word], True) for word in shipped_optional()]
    wanted = {_key(group, small): (group, small) for group, small in rows}
    standing = set(TermGroup.objects.filter(shipped_key__isnull=False).values_list("shipped_key", flat=True))
    new = [
        TermGroup(terms="\n".join(group), need_not_occur=small, shipped_key=key)
        for key, (group, small) in wanted.items()
        if key not in standing
    ]
    TermGroup.objects.bulk_create(new)
    _permit_trainers()
    return len(new)


def _permit_trainers() -> None:
    group, _is_new = Group.objects.get_or_create(name=TRAINERS)
    codenames = [f"{verb}_{model}" for verb in ("add", "change") for model in ("termgroup", "pick")]
    permitted = Permission.objects.filter(content_type__app_label="search", codename__in=[*codenames, "delete_pick"])
    group.permissions.add(*permitted)


def _key(group: list[str], small: bool) -> str:
    return f"{'small' if small else 'terms'}:{fold(' = '.join(group[:2]))}"[:120]
