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
from learning.feedback.querysets import EnquiryQuerySet
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
    seen: str,
    by: User,
    at: datetime.datetime,
) -> Enquiry:
    """Answers, or corrects the ``edition`` that was ``seen``; other words than those that were looked at can be
    reported again. Saving the same again changes nothing.

    Raises PermissionDenied, and ValidationError where another trainer or the asker was faster.
    """
    standing = _within(Enquiry.objects.answerable_by(by), enquiry)
    text = nfc(text)
    if (standing.answer, standing.is_for_all) == (text, is_for_all):
        return standing
    if standing.edition != seen:
        raise ValidationError(
            _("Another trainer has answered or changed the answer in the meantime. Look at it first, then save yours.")
        )
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
def report(*, enquiry: Enquiry, by: User, at: datetime.datetime) -> Enquiry.Moderation:
    """Hides it until somebody has looked; how it stands then: what was looked at already stays as it is.

    Raises PermissionDenied for whom it was never shown to.
    """
    standing = _within(Enquiry.objects.reportable_by(by.person_id), enquiry)
    if standing.moderation == Moderation.OPEN:
        _moderated(standing, Moderation.REPORTED, "report", by, at)
    return Moderation(standing.moderation)


@transaction.atomic
def moderate(*, enquiry: Enquiry, is_kept: bool, by: User, at: datetime.datetime) -> None:
    """Shows again what was reported, or hides it for good; either can be undone by the other. Raises
    PermissionDenied."""
    standing = _within(Enquiry.objects.moderated_by(by), enquiry)
    to, name = (Moderation.KEPT, "keep") if is_kept else (Moderation.HIDDEN, "hide")
    if standing.moderation != to:
        _moderated(standing, to, name, by, at)


def _own(enquiry: Enquiry, by: User) -> Enquiry:
    return _within(Enquiry.objects.of(by.person_id), enquiry)


def _within(allowed: EnquiryQuerySet[Enquiry], enquiry: Enquiry) -> Enquiry:
    """The row as it stands, held for this transaction, if the user may do that with it. It may have gone meanwhile."""
    standing = Enquiry.objects.select_for_update().filter(pk=enquiry.pk).first()
    if standing is None:
        raise ValidationError(_("The question is no longer there: it was taken back."))
    if not allowed.filter(pk=enquiry.pk).exists():
        raise PermissionDenied("feedback refused")
    return standing


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
