"""What learners say back: an enquiry to the trainers of a course, and whether a page helped.

Deleting a lesson or a course takes no enquiry away: keys and titles are copied. An opinion is about its page alone and
goes with it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.feedback.querysets import EnquiryQuerySet


class Enquiry(models.Model):
    """It is shown to everybody in the course when both agree, the asker and a trainer, and nobody has hidden it."""

    class Moderation(models.TextChoices):
        OPEN = "open", _("nobody has reported it")
        REPORTED = "reported", _("reported: hidden until somebody looks at it")
        KEPT = "kept", _("reported, looked at and shown again")
        HIDDEN = "hidden", _("hidden for good")

    enrolment = models.ForeignKey("tracking.Enrolment", on_delete=models.CASCADE, related_name="enquiries")
    page_key = models.UUIDField(help_text=_("Translation key of the step, or of the course, at which it was asked."))
    page_title = models.CharField(max_length=255)
    text = models.TextField(_("question"))
    asked_at = models.DateTimeField()
    can_be_shown = models.BooleanField(default=False, help_text=_("Whether the asker agrees to its being shown."))
    answer = models.TextField(_("answer of a trainer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, help_text=_("When the answer got the words it has."))
    answered_by = models.ForeignKey("membership.User", on_delete=models.SET_NULL, null=True, related_name="+")
    is_for_all = models.BooleanField(default=False, help_text=_("Whether a trainer wants it to be shown."))
    moderation = models.CharField(max_length=8, choices=Moderation.choices, default=Moderation.OPEN)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to the teacher")
        verbose_name_plural = _("questions to the teacher")
        indexes = [models.Index(fields=["page_key", "asked_at"], name="enquiry_page")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def edition(self) -> str:
        """Tells this answer, and whether it is for all, from any before; empty without one."""
        return f"{self.answered_at.timestamp():f} {self.is_for_all:d}" if self.answered_at else ""

    @property
    def is_shown(self) -> bool:
        """The same as ``EnquiryQuerySet.at`` asks of rows."""
        agreed = self.answered_at is not None and self.can_be_shown and self.is_for_all
        return agreed and self.moderation in (self.Moderation.OPEN, self.Moderation.KEPT)


class Opinion(models.Model):
    """Whether a page helped one person; the latest answer counts."""

    person = models.ForeignKey("membership.Person", on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="opinions")
    is_helpful = models.BooleanField()
    word = models.CharField(max_length=300, blank=True, help_text=_("What was missing; asked only after a No."))
    said_at = models.DateTimeField()

    class Meta:
        verbose_name = _("opinion of a page")
        verbose_name_plural = _("opinions of pages")
        constraints = [models.UniqueConstraint(fields=["person", "page"], name="opinion_once")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.is_helpful}"
