"""What people are asked to accept, and what they accepted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from interface.owner import owner
from interface.tables.columns import Text
from membership.models.people import LONGEST_NAME, Person
from membership.querysets import ConsentQuerySet, ConsentTextQuerySet
from membership.registries.purposes import Purpose, purposes

# In the language of the texts, until the site says who answers for it.
_UNNAMED = "Hội Khuyến học quản trị trang này"
_UNREACHED = "chi hội của bạn"


def purpose_choices() -> list[tuple[str, Text]]:
    return [(purpose.key, purpose.title) for purpose in purposes.values()]


class ConsentText(models.Model):
    """What a person is asked to accept for one purpose; a new text is a new version, the old one stays readable."""

    purpose = models.CharField(_("purpose"), max_length=20, choices=purpose_choices, default="service")
    version = models.CharField(_("version"), max_length=20)
    text = models.TextField(_("text"))
    published_at = models.DateTimeField(_("published"))

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["-published_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_once")]

    def __str__(self) -> str:
        return self.version

    @property
    def about(self) -> Purpose:
        return purposes[self.purpose]

    @property
    def told(self) -> str:
        """With the name of who answers for the site, and how they are reached. It stands in no version: who is called
        otherwise from today on is still the one to whom people agreed.
        """
        answering = owner()
        named = self.text.replace("{controller}", answering.name or _UNNAMED)
        return named.replace("{contact}", answering.contact or _UNREACHED)


class Consent(models.Model):
    """Given on the site by the person, or on paper: then ``recorded_by`` saw it, signed on the day ``signed_on``.

    ``representative``: who agreed with a child, or for one of less than seven years.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    representative = models.CharField(max_length=LONGEST_NAME, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "text"], condition=Q(withdrawn_at=None), name="consent_standing_once"
            ),
            models.CheckConstraint(
                condition=Q(signed_on=None, recorded_by=None) | Q(signed_on__isnull=False, recorded_by__isnull=False),
                name="consent_on_paper_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.text_id}"
