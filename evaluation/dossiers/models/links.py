"""A frozen list sent to a body without accounts by a link and a code. It advises: it is no signature."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluation.dossiers.models.chains import ReviewStep
from evaluation.dossiers.models.dossier import Dossier
from evaluation.dossiers.querysets.links import BodyLinkQuerySet


class BodyLink(models.Model):
    """One list, one link, one code, one answer. Of link and code only the keyed hashes are kept."""

    class State(models.TextChoices):
        OUT = "out", pgettext_lazy("link", "Sent, not opened yet")
        OPENED = "opened", pgettext_lazy("link", "Opened with its code")
        ANSWERED = "answered", pgettext_lazy("link", "Answered: take it over")
        TAKEN = "taken", pgettext_lazy("link", "Taken over")
        TRIED = "tried", pgettext_lazy("link", "Tried too often")
        REVOKED = "revoked", pgettext_lazy("link", "Revoked")
        EXPIRED = "expired", pgettext_lazy("link", "Expired")

    step = models.ForeignKey(
        ReviewStep, on_delete=models.PROTECT, related_name="+", verbose_name=pgettext_lazy("review", "body")
    )
    unit = models.ForeignKey("membership.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    year = models.PositiveSmallIntegerField(_("year"))
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, help_text=_("SHA-256 of the list as it was frozen."))
    frozen_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    # Of the number in the session of the one browser in which the code was entered.
    browser_hash = models.CharField(max_length=64, blank=True)
    is_tried_out = models.BooleanField(default=False)
    revoked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(_("name"), max_length=200, blank=True)
    answered_as = models.CharField(_("function"), max_length=200, blank=True)
    taken_at = models.DateTimeField(null=True)

    objects = BodyLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("list by link")
        verbose_name_plural = _("lists by link")
        ordering = ["-frozen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "unit", "year"],
                condition=Q(answered_at=None, revoked_at=None, is_tried_out=False),
                name="body_link_open_once",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(answered_by="") & ~Q(answered_as=""),
                name="body_link_answered_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(taken_at=None) | Q(answered_at__isnull=False), name="body_link_taken_once_answered"
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"

    def state_at(self, at: datetime.datetime) -> State:
        said = self.State
        if self.answered_at:
            return said.TAKEN if self.taken_at else said.ANSWERED
        if self.revoked_at:
            return said.REVOKED
        if self.is_tried_out:
            return said.TRIED
        if self.expires_at <= at:
            return said.EXPIRED
        return said.OPENED if self.browser_hash else said.OUT


class LinkLine(models.Model):
    """A dossier as the list has it, and the body's word on it."""

    class Word(models.TextChoices):
        AGREE = "agree", _("Agree")
        DISAGREE = "disagree", _("Do not agree")

    link = models.ForeignKey(BodyLink, on_delete=models.CASCADE, related_name="lines")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="link_lines")
    frozen = models.JSONField()
    word = models.CharField(_("word"), max_length=8, choices=Word.choices, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["dossier__person__sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["link", "dossier"], name="link_line_once")]

    def __str__(self) -> str:
        return f"{self.link_id}: {self.dossier_id}"


class LinkAct(models.Model):
    """What was done with a link, or refused; what was typed is kept nowhere. ``by`` is empty for who has no account."""

    class Kind(models.TextChoices):
        FROZEN = "frozen", _("Frozen")
        OPENED = "opened", _("Opened with its code")
        CODE = "code", _("Refused: wrong code")
        TRIED = "tried", _("Refused: tried too often")
        BROWSER = "browser", _("Refused: another browser")
        EXPIRED = "expired", _("Refused: expired")
        REVOKED = "revoked", _("Refused: revoked")
        ANSWERED = "used", _("Refused: answered already")
        ANSWER = "answer", _("Answered")
        REVOKE = "revoke", pgettext_lazy("link", "Revoked")
        TAKE = "take", pgettext_lazy("link", "Taken over")

    link = models.ForeignKey(BodyLink, on_delete=models.CASCADE, related_name="acts")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    by = models.ForeignKey("membership.User", on_delete=models.PROTECT, null=True, related_name="+")
    # What the act is about: the list's digest, or that of the answer; of taking over, which dossiers.
    digest = models.CharField(max_length=64, blank=True)
    dossiers = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("act on a list by link")
        verbose_name_plural = _("acts on lists by link")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.link_id}: {self.kind}"
