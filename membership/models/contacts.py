"""By what a person is reached."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from membership.models.people import Person
from membership.querysets import ContactQuerySet

LONGEST_CONTACT = 200


class ContactKind(models.TextChoices):
    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
    ADDRESS = "address", _("Postal address")


class ContactPurpose(models.TextChoices):
    NOTICES = "notices", _("News and reminders")
    SIGN_IN = "sign_in", _("Signing in")
    REPRESENTATIVE = "representative", _("Reaching a parent or guardian")


class Contact(models.Model):
    """A phone, e-mail or postal address and what it is for. Families share theirs: it tells nobody apart.

    ``value`` is in the form of ``membership.contacts.normal_form``.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(_("kind"), max_length=8, choices=ContactKind.choices)
    value = models.CharField(_("number or address"), max_length=LONGEST_CONTACT, db_index=True)
    purpose = models.CharField(
        _("purpose"), max_length=16, choices=ContactPurpose.choices, default=ContactPurpose.NOTICES
    )
    verified_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("When somebody saw that it reaches this person.")
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["kind", "value"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "value"], name="contact_of_person_once"),
        ]

    def __str__(self) -> str:
        return self.value
