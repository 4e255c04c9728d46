"""What people are told, by which way they wish to hear it, and what became of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from membership.models import Person, Unit, User
from notices.querysets import (
    CircularQuerySet,
    DeliveryQuerySet,
    DeviceQuerySet,
    NoticeQuerySet,
    PreferenceQuerySet,
    RefusalQuerySet,
)
from notices.quiet import FROM, UNTIL
from notices.registries.dated import Dated
from notices.registries.kinds import Kind, kinds
from work import web_push


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", "SMS"
    ZALO = "zalo", "Zalo"
    PUSH = "push", _("Devices")
    MOUTH = "mouth", _("Word of mouth")


class Circular(models.Model):
    """A letter that an office wrote to a group of its people. ``token`` is made with the form: sent twice it is one."""

    LONGEST_SUBJECT, LONGEST_TEXT = 120, 2000

    token = models.UUIDField(unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="circulars")
    group_name = models.CharField(_("who gets it"), max_length=200)
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT)
    text = models.TextField(_("what it says"), max_length=LONGEST_TEXT)
    count = models.PositiveIntegerField(_("how many people"))
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent"))

    objects = CircularQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter to a group")
        verbose_name_plural = _("letters to groups")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.subject


class Notice(models.Model):
    """One thing told to one person; ``key`` keeps one event from being told twice. ``values`` fill the words of the
    kind, ``subject`` is the key of the row that it is about, ``address`` where it leads, if anywhere; ``circular`` is
    the letter whose text belongs to it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(max_length=120)
    subject = models.BigIntegerField(null=True)
    values = models.JSONField(default=dict)
    address = models.CharField(max_length=200, blank=True)
    circular = models.ForeignKey(Circular, null=True, on_delete=models.PROTECT, related_name="notices")
    at = models.DateTimeField(_("when"))
    passed_on_at = models.DateTimeField(null=True, help_text=_("When it was settled by which channels it goes."))
    seen_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True, help_text=_("Since when there is nothing more to tell."))

    dated: Dated | None = None  # what has a day in it, once ``calendars.with_dated`` has read it

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["person", "-at"], name="notice_inbox"),
            models.Index(fields=["person"], condition=Q(seen_at=None, done_at=None), name="notice_unread"),
            models.Index(
                fields=["kind", "person"],
                condition=Q(passed_on_at=None, seen_at=None, done_at=None),
                name="notice_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"

    @property
    def of_kind(self) -> Kind:
        return kinds[self.kind]

    @property
    def words(self) -> str:
        """In the language of the page or the letter."""
        return str(self.of_kind.words % self.values)

    @property
    def is_open(self) -> bool:
        return self.seen_at is None and self.done_at is None


class Preference(models.Model):
    """Where somebody chose otherwise than a kind has it. ``kind`` may also be ``DIGEST``: the weekly letter itself."""

    DIGEST = "digest"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notice_preferences")
    kind = models.CharField(_("kind"), max_length=40)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    is_wanted = models.BooleanField(_("wanted"))

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "channel"], name="notice_preference_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"


class Habits(models.Model):
    """When somebody wants to hear nothing, and whether a letter's subject may say what it is about. The same hour
    twice: at any time."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="notice_habits")
    quiet_from = models.TimeField(_("quiet from"), default=FROM)
    quiet_until = models.TimeField(_("quiet until"), default=UNTIL)
    is_subject_open = models.BooleanField(_("the subject says what it is about"), default=False)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.quiet_from:%H:%M}–{self.quiet_until:%H:%M}"


class CalendarFeed(models.Model):
    """That somebody has a calendar address; ``number`` stands in it, signed (``notices.calendars``)."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="calendar_feed")
    number = models.PositiveIntegerField(default=0, help_text=_("Which address it is: older ones have ended."))
    is_open = models.BooleanField(_("open"), default=True)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.number}"


class Device(models.Model):
    """A browser on which somebody wants to be told: where its push service takes messages, and what they are sealed
    with. ``made_for`` is the site's key of then, ``password_mark`` follows from the password: with another of either it
    hears nothing more. ``ended_at``: since when its service knows it no more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notice_devices")
    name = models.CharField(_("name"), max_length=60)
    endpoint = models.CharField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    made_for = models.CharField(max_length=100)
    password_mark = models.CharField(max_length=32)
    added_at = models.DateTimeField(_("switched on"))
    ended_at = models.DateTimeField(null=True)

    objects = DeviceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.person_id}: {self.name}"

    @staticmethod
    def site_key() -> str:
        """What browsers are told, so that they take messages of this site alone; empty while the channel is off."""
        return web_push.public_half(settings.PUSH_KEY) if settings.PUSH_KEY else ""

    @staticmethod
    def mark_of(user: User) -> str:
        return user.get_session_auth_hash()[:32]

    @property
    def is_on(self) -> bool:
        """Of a device with its person's account."""
        user: User | None = getattr(self.person, "user", None)
        is_theirs = user is not None and user.is_active and self.password_mark == self.mark_of(user)
        return self.ended_at is None and is_theirs and self.made_for == self.site_key()

    @property
    def subscription(self) -> dict[str, str]:
        return {"endpoint": self.endpoint, "p256dh": self.p256dh, "auth": self.auth}


class Delivery(models.Model):
    """One letter to one person, with the notices that it told. ``week``: the Monday of a digest."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting to be sent")
        SENT = "sent", _("handed over")
        UNCERTAIN = "uncertain", _("perhaps sent: the work was interrupted")
        FAILED = "failed", _("not delivered")
        SEEN = "seen", _("read on the site")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notice_deliveries")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    week = models.DateField(null=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    at = models.DateTimeField(_("since"))
    notices = models.ManyToManyField(Notice, related_name="deliveries")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["person", "week"], name="notice_digest_once_a_week")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.state}"


class Refusal(models.Model):
    """An address from which letters came back. ``is_off``: nothing goes there until its owner confirms it anew."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notice_refusals")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    address = models.CharField(_("address"), max_length=254)
    is_off = models.BooleanField(_("switched off"), default=False)
    count = models.PositiveIntegerField(_("letters that came back"), default=0)
    letter = models.CharField(max_length=40, help_text=_("The last of them: it may come back twice."))
    at = models.DateTimeField(_("since"))

    objects = RefusalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "channel", "address"], name="notice_refusal_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.channel}"
