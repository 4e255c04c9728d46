"""Whether a page helped. The rows are the record: no entry in the audit log."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Page

from interface.vietnamese import nfc
from learning.feedback.models import Opinion
from membership.models import Person, User


@transaction.atomic
def say(*, person: Person, page: Page, is_helpful: bool, word: str | None, by: User, at: datetime.datetime) -> Opinion:
    """One for each person and page: the latest answer takes the place of the one before, with its word. Without a word
    (None) the one that went with a No stays as long as the No does.

    Raises PermissionDenied for somebody else's.
    """
    if by.person_id != person.pk:
        raise PermissionDenied("feedback.say refused")
    said = {"is_helpful": is_helpful, "said_at": at}
    word = "" if is_helpful else word
    if word is not None:
        said["word"] = nfc(word)
    opinion, _is_new = Opinion.objects.update_or_create(person=person, page_id=page.pk, defaults=said)
    return opinion


@transaction.atomic
def erase_opinions(*, person_ids: list[int]) -> None:
    """Part of an erasure. Run twice it finds nothing left."""
    Opinion.objects.filter(person__in=person_ids).delete()
