"""Who signs in, and who opened whose file."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from membership.models.people import Person
from membership.models.roles import Membership
from membership.models.units import Unit
from membership.querysets import FileAccessQuerySet
from membership.sessions import SessionStore


class User(AbstractUser):
    """Signs in. All that is known of a member stands on the Person."""

    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="user", verbose_name=_("person")
    )
    # What a citizen told when signing up, until the mailbox is proven and a Person is made of it.
    sign_up = models.JSONField(null=True, blank=True, editable=False)

    # How surely an outside sign-on knew who speaks in this session: its own word (see membership.sign_on).
    identity_level: str = ""

    # Today's roles, read once for each object: see policy.standing_roles.
    _standing_roles: list[Membership]
    # Today's map of units, likewise: see succession.map_for.
    _map: Any

    class Meta(AbstractUser.Meta):
        swappable = "AUTH_USER_MODEL"

    def get_full_name(self) -> str:
        """As Wagtail's admin greets them; for an account without a person its own name fields."""
        return self.person.full_name if self.person else super().get_full_name()


class Session(AbstractBaseSession):
    """Tells whose it is, so that nobody needs to read everybody's to end one account's."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        return SessionStore


class FileAccess(models.Model):
    """Who opened whose file, and when. Ids only: names are looked up by those who may."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="file_accesses")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="+", help_text=_("In whose name the file was opened.")
    )
    what = models.CharField(max_length=40)
    at = models.DateTimeField(db_index=True)

    # ``what`` is one of these, or one of these with the key of the thing: "file:<key>".
    SUBJECTS = {
        "dossier": _("Your dossier"),
        "file": _("A file of your evidence"),
        "evidence": _("Your evidence"),
        "learning": _("Your learning results"),
        "export": _("All that is kept about you, for your request"),
    }

    objects = FileAccessQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.person_id}: {self.what}"

    @property
    def subject(self) -> str:
        """What was opened, for the person to read."""
        return str(self.SUBJECTS.get(self.what.partition(":")[0], _("Your record")))
