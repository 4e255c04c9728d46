"""An enquiry from being asked to being answered, shown, reported and looked at. Who may is told by the querysets."""

from __future__ import annotations

import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from interface.vietnamese import nfc
from learning.feedback.models import Enquiry
from learning.tracking.models import Enrolment
from membership.models import User

Moderation = Enquiry.Moderation


@transaction.atomic
def ask(
    *,
    enrolment: Enrolment,
    page: tuple[UUID, str],
    text: str,
    can_be_shown: bool,
    by: User,
    at: datetime.datetime,
) -> Enquiry:
    """``page``: key and title of the step, or of the course. The same words that still wait there are asked once.

    Raises PermissionDenied where somebody else learns.
    """
    if by.person_id != enrolment.person_id:
        raise PermissionDenied("feedback.ask refused")
    text = nfc(text)
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)  # two presses of a button come one after the other
    waiting = Enquiry.objects.filter(enrolment=enrolment, page_key=page[0], text=text, answered_at=None).first()
    if waiting:
        return waiting
    enquiry = Enquiry.objects.create(
        enrolment=enrolment,
        page_key=page[0],
        page_title=page[1],
        text=text,
        asked_at=at,
        can_be_shown=can_be_shown,
    )
    _log(enquiry, "ask", by, at)
    return enquiry


@transaction.atomic
def withdraw(*, enquiry: Enquiry, by: User, at: datetime.datetime) -> None:
    """The asker takes it back: it goes. Raises PermissionDenied, and ValidationError once it is answered."""
    standing = _own(enquiry, by)
    if standing.answered_at:
        raise ValidationError(_("It has been answered in the meantime, so it stays. Read the answer."))
    _log(standing, "withdraw", by, at, is_gone=True)
    standing.delete()


@transaction.atomic
def let_show(*, enquiry: Enquiry, can_be_shown: bool, by: User, at: datetime.datetime) -> None:
    """The asker agrees to its being shown, or withdraws that, at any time. Raises PermissionDenied."""
    standing = _own(enquiry, by)
    if standing.can_be_shown != can_be_shown:
        standing.can_be_shown = can_be_shown
        standing.save(update_fields=["can_be_shown"])
        _log(standing, "agree" if can_be_shown else "disagree", by, at)


@transaction.atomic
def answer(
    *,
    enquiry: Enquiry,
    text: str,
    is_for_all: bool,
    seen: datetime.datetime | None,
    by: User,
    at: datetime.datetime,
) -> Enquiry:
    """Answers, or corrects the answer of the moment ``seen``; other words than those that were looked at can be
    reported again. Saving the same again changes nothing.

    Raises PermissionDenied, and ValidationError where another trainer was faster.
    """
    standing = _within(Enquiry.objects.answerable_by(by), enquiry)
    text = nfc(text)
    if (standing.answer, standing.is_for_all) == (text, is_for_all):
        return standing
    if standing.answered_at != seen:
        raise ValidationError(_("Another trainer has answered in the meantime. Look at that answer first."))
    is_first, is_other = standing.answered_at is None, standing.answer != text
    if is_other:
        standing.answer, standing.answered_at, standing.answered_by = text, at, by
        if standing.moderation == Moderation.KEPT:
            standing.moderation = Moderation.OPEN
    standing.is_for_all = is_for_all
    standing.save()
    _log(standing, "answer" if is_first else "correct", by, at, is_for_all=is_for_all)
    return standing


@transaction.atomic
def report(*, enquiry: Enquiry, by: User, at: datetime.datetime) -> bool:
    """Hides it until somebody has looked; whether it did: what was looked at already stays.

    Raises PermissionDenied for whom it is not shown to.
    """
    standing = _within(Enquiry.objects.read_by(by.person_id), enquiry)
    if standing.moderation != Moderation.OPEN:
        return False
    _moderated(standing, Moderation.REPORTED, "report", by, at)
    return True


@transaction.atomic
def moderate(*, enquiry: Enquiry, is_kept: bool, by: User, at: datetime.datetime) -> None:
    """Shows again what was reported, or hides it for good; either can be undone by the other. Raises
    PermissionDenied."""
    standing = _within(Enquiry.objects.moderated_by(by), enquiry)
    if is_kept:
        _moderated(standing, Moderation.KEPT, "keep", by, at)
    elif standing.moderation != Moderation.HIDDEN:
        _moderated(standing, Moderation.HIDDEN, "hide", by, at)


def _own(enquiry: Enquiry, by: User) -> Enquiry:
    return _within(Enquiry.objects.of(by.person_id), enquiry)


def _within(allowed: object, enquiry: Enquiry) -> Enquiry:
    """The row as it stands, held for this transaction, if the user may do that with it."""
    if not allowed.filter(pk=enquiry.pk).exists():  # type: ignore[attr-defined]
        raise PermissionDenied("feedback refused")
    return Enquiry.objects.select_for_update().get(pk=enquiry.pk)


def _moderated(enquiry: Enquiry, to: Enquiry.Moderation, name: str, by: User, at: datetime.datetime) -> None:
    enquiry.moderation = to
    enquiry.save(update_fields=["moderation"])
    _log(enquiry, name, by, at)


def _log(
    enquiry: Enquiry, name: str, by: User, at: datetime.datetime, *, is_gone: bool = False, **said: object
) -> None:
    log(
        instance=enquiry,
        action=f"feedback.{name}",
        user=by,
        title=str(enquiry.pk),
        data=said or None,
        timestamp=at,
        deleted=is_gone,
    )
