"""Who belongs where: people, the tree of units in time, roles from–until, consent."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from membership.querysets import (
    ConsentQuerySet,
    ConsentTextQuerySet,
    FileAccessQuerySet,
    MembershipQuerySet,
    PersonQuerySet,
    UnitManager,
)
from membership.sessions import SessionStore

LONGEST_NAME = 120


class TargetGroup(models.TextChoices):
    """The four groups that the national criteria sets tell apart (QĐ 324/QĐ-KHVN)."""

    RESIDENTS = "residents", _("Residents of the commune")
    WORKERS = "workers", _("Workers")
    OFFICIALS = "officials", _("Officials, employees, business people")
    STUDENTS = "students", _("Pupils and students")


class Role(models.TextChoices):
    MEMBER = "member", _("Member")
    TRAINER = "trainer", _("Trainer")
    CHAPTER_OFFICER = "chapter_officer", _("Chapter officer")
    COMMUNE_OFFICER = "commune_officer", _("Commune association officer")
    RECOGNISER = "recogniser", _("Recogniser")
    PROVINCE_OFFICER = "province_officer", _("Province officer")
    AUDITOR = "auditor", _("Auditor")


class UnitKind(models.TextChoices):
    PROVINCE = "province", _("Province")
    DISTRICT = "district", _("District (until 30/6/2025)")
    COMMUNE = "commune", _("Commune")
    ASSOCIATION = "association", _("Association")
    CHAPTER = "chapter", _("Chapter")
    AGENCY = "agency", _("Agency")
    SCHOOL = "school", _("School")


class Person(models.Model):
    """Whom records are about; may have no account. Birth year suffices; no ethnicity, religion or ID image."""

    code = models.CharField(_("code"), max_length=12, unique=True, help_text=_("Read aloud at a desk or on a form."))
    full_name = models.CharField(_("full name"), max_length=LONGEST_NAME)
    folded_name = models.CharField(max_length=LONGEST_NAME, editable=False, db_index=True)
    sort_key = models.CharField(max_length=800, editable=False)
    birth_year = models.PositiveSmallIntegerField(_("birth year"), null=True, blank=True)
    citizen_id_hash = models.CharField(max_length=64, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="merged_people"
    )
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["citizen_id_hash"],
                condition=~Q(citizen_id_hash="") & Q(merged_into=None),
                name="person_citizen_id_once",
            )
        ]

    def __str__(self) -> str:
        return self.full_name


class User(AbstractUser):
    """Signs in. All that is known of a member stands on the Person."""

    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="user", verbose_name=_("person")
    )
    # What a citizen told when signing up, until the mailbox is proven and a Person is made of it.
    sign_up = models.JSONField(null=True, blank=True, editable=False)
    # Of the person's consent, so that each session hears it at its next request, without a query of its own.
    consent_withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Today's roles, read once for each object: see policy.standing_roles.
    _standing_roles: list[Membership]

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


class TargetGroupPeriod(models.Model):
    """Which target group a person belonged to, from when until when (until is the first day no more)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="target_groups")
    group = models.CharField(_("target group"), max_length=12, choices=TargetGroup.choices)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(valid_to=None), name="target_group_one_open"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="target_group_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()} {self.valid_from}"


class Unit(MP_Node):
    """A place in the tree: province › commune › association › chapter; agencies and schools beside.

    A change of parent or name is a new unit with a succession, so figures can be read as of then or by
    today's map. ``valid_to`` is the first day on which the unit is no more.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=UnitKind.choices)
    code = models.CharField(_("code"), max_length=32)
    name = models.CharField(_("name"), max_length=200)
    folded_name = models.CharField(max_length=200, editable=False)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    node_order_by: list[str] = []
    objects = UnitManager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="unit_code_once_from"),
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="unit_period"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def paths_up(self) -> list[str]:
        """Its own path and those of all above it, the highest first: for rows that name a unit at or above this."""
        return [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]


class UnitSuccession(models.Model):
    """The old unit lives on in the new one, whole or in part."""

    class Extent(models.TextChoices):
        WHOLE = "whole", _("whole")
        PART = "part", _("part")

    old = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    new = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors")
    extent = models.CharField(max_length=5, choices=Extent.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="succession_once")]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"


class Membership(models.Model):
    """A person's role in a unit, from–until (until is the first day no more)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("unit"))
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    is_self_declared = models.BooleanField(
        _("self-declared"),
        default=False,
        help_text=_("Said by the person when signing up, confirmed by no officer yet."),
    )
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes = [  # whom a day brings in and whom it takes out
            models.Index(fields=["valid_from"], name="membership_begun"),
            models.Index(fields=["valid_to"], condition=Q(valid_to__isnull=False), name="membership_ended"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "role"], condition=Q(valid_to=None), name="membership_open_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="membership_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.unit_id}"


class ConsentText(models.Model):
    """What a person is asked to accept; a new text is a new version, the old one stays readable."""

    version = models.CharField(_("version"), max_length=20, unique=True)
    text = models.TextField(_("text"))
    published_at = models.DateTimeField(_("published"))

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["-published_at"]

    def __str__(self) -> str:
        return self.version


class Consent(models.Model):
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "text"], condition=Q(withdrawn_at=None), name="consent_standing_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.text_id}"


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
