"""What learners do: enrolments and progress; and interactive contents as steps of a course, with what people did there.

Deleting a page or a content takes nothing away: keys and titles are copied, results hold their verdict.
"""

from typing import Any

import uuid_utils.compat as uuid7
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from learning.tracking.forms import ActivityPageForm
from learning.tracking.querysets.enrolments import (
    CourseCertificateQuerySet,
    EnrolmentQuerySet,
    PlayQuerySet,
    StepProgressQuerySet,
)
from membership.models import Person
from papers.codes import new_code
from training_materials.models import Package, PackageVersion, StepPage
from training_materials.packages.scoring import Finish, VerdictKind
from training_materials.player.tokens import address_of


class Enrolment(models.Model):
    person = models.ForeignKey("membership.Person", on_delete=models.PROTECT, related_name="enrolments")
    course = models.ForeignKey(
        "training_materials.CoursePage", on_delete=models.SET_NULL, null=True, related_name="enrolments"
    )
    course_key = models.UUIDField(help_text=_("Translation key of the course page."))
    course_title = models.CharField(max_length=255)
    enrolled_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)
    course_revision = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("The revision of the course that was completed.")
    )

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["-enrolled_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "course_key"], name="enrolment_once")]
        indexes = [models.Index(fields=["course_key"], name="enrolment_course_key")]

    def __str__(self) -> str:
        return self.course_title


class CourseCertificate(models.Model):
    """That somebody finished a course, with a code by which anyone can verify it. It is revoked when the completion is
    taken back; who earns it again gets another."""

    # Empty once the person was erased: what was revoked stays on its public list.
    enrolment = models.ForeignKey(Enrolment, on_delete=models.SET_NULL, null=True, related_name="certificates")
    code = models.CharField(max_length=14, unique=True, default=new_code, editable=False)
    course_title = models.CharField(max_length=255)
    minutes = models.PositiveIntegerField(default=0, help_text=_("How long the course takes, roughly."))
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CourseCertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate of a course")
        verbose_name_plural = _("certificates of courses")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=models.Q(revoked_at=None), name="one_standing_course_certificate"
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def finished(self) -> Enrolment:
        """What it is about: those that are read ``for_paper()`` have one."""
        assert self.enrolment is not None
        return self.enrolment

    @property
    def holder(self) -> Person:
        return self.finished.person


class StepProgress(models.Model):
    """One learner at one step. A step that was completed stays completed, on the revision it was."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="steps")
    step = models.ForeignKey("wagtailcore.Page", on_delete=models.SET_NULL, null=True, related_name="+")
    step_key = models.UUIDField(help_text=_("Translation key of the step's page."))
    step_title = models.CharField(max_length=255)
    started_at = models.DateTimeField()
    visited_at = models.DateTimeField(help_text=_("The latest visit: where to resume."))
    part = models.CharField(
        max_length=60, blank=True, help_text=_("The anchor of the heading beneath which one read last.")
    )
    completed_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(null=True, blank=True, help_text=_("The revision that was completed."))
    score = models.DecimalField(
        max_digits=5, decimal_places=4, null=True, blank=True, help_text=_("The best, from 0 to 1.")
    )
    is_doubted = models.BooleanField(
        default=False, help_text=_("A person has still to look at how the score was earned.")
    )

    objects = StepProgressQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress in a step")
        verbose_name_plural = _("progress in steps")
        constraints = [models.UniqueConstraint(fields=["enrolment", "step_key"], name="step_progress_once")]
        indexes = [models.Index(fields=["step_key"], name="step_progress_key")]

    def __str__(self) -> str:
        return self.step_title


class ActivityPage(StepPage):
    class Completion(models.TextChoices):
        PLAYED = "played", _("Playing it to the end")
        PASSED = "passed", _("A score from the pass mark on, recomputed on the server")

    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("Read before the start. Leave a line empty to begin a paragraph.")
    )
    package = models.ForeignKey(
        Package,
        verbose_name=_("interactive content"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text=_("Its newest version plays. Who began with an older one keeps what they did."),
    )
    completion = models.CharField(
        _("what finishes it"), max_length=8, choices=Completion.choices, default=Completion.PLAYED
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark (%)"),
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Only if a score finishes it, and only for contents whose score this site can recompute."),
    )

    base_form_class = ActivityPageForm
    template = "tracking/activity_page.html"
    player_template = "tracking/player/activity.html"
    parent_page_types = ["training_materials.CoursePage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        *StepPage.step_panels,
        FieldPanel("introduction"),
        FieldPanel("package"),
        MultiFieldPanel([FieldPanel("completion"), FieldPanel("pass_mark")], heading=_("When it is finished")),
    ]

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")

    @property
    def needs_pass(self) -> bool:
        return self.completion == self.Completion.PASSED

    @property
    def is_marked_by_learner(self) -> bool:
        """Whether the content that plays now never says when it was played to the end, so that the learner does."""
        version = None if self.needs_pass else self._version
        return version is not None and version.finish == Finish.MARKED

    @property
    def has_unreachable_mark(self) -> bool:
        """Whether a pass mark is demanded, and nobody can recompute the score of the content that plays now."""
        version = self._version if self.needs_pass else None
        return version is not None and version.finish != Finish.SCORE

    def player_context(self, enrolment: Enrolment, request: HttpRequest) -> dict[str, Any]:
        plays = Play.objects.for_player(enrolment, self.translation_key)
        return {"plays": plays, "is_playable": self._version is not None}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """For the preview, and for who is signed in without being a learner: it plays, and nothing is kept."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        version = self._version
        return context | {"address": address_of(version.pk) if version else ""}

    @cached_property
    def _version(self) -> PackageVersion | None:
        """The one that plays now."""
        return PackageVersion.objects.latest_of(self.package_id) if self.package_id else None


class Play(models.Model):
    """One person's play of one version of a content in one course. Its id is the registration of its statements.

    ``best`` is the best recomputed share, from 0 to 1; worse ones that follow leave it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7.uuid7, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="plays")
    activity = models.ForeignKey(ActivityPage, on_delete=models.SET_NULL, null=True, related_name="plays")
    activity_key = models.UUIDField(help_text=_("Translation key of the activity's page."))
    activity_title = models.CharField(max_length=255)
    version = models.ForeignKey(PackageVersion, on_delete=models.SET_NULL, null=True, related_name="plays")
    version_key = models.UUIDField()
    main_library = models.CharField(max_length=120)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    best = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    said = models.PositiveIntegerField(default=0, help_text=_("How many reports were taken: there is a limit to it."))
    evidence_key = models.UUIDField(null=True, blank=True, help_text=_("The evidence that it became."))

    objects = PlayQuerySet.as_manager()

    class Meta:
        verbose_name = _("play of a content")
        verbose_name_plural = _("plays of contents")
        ordering = ["-started_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["enrolment", "activity_key", "version_key"], name="play_once")]
        indexes = [models.Index(fields=["activity_key"], name="play_activity_key")]

    def __str__(self) -> str:
        return self.activity_title


class PlayState(models.Model):
    """What a content keeps for its next start: one value for each of its fields, as JSON that it wrote itself."""

    play = models.ForeignKey(Play, on_delete=models.CASCADE, related_name="states")
    sub_content = models.CharField(max_length=64, default="0")
    field = models.CharField(max_length=64)
    value = models.TextField()
    taken = models.JSONField(
        default=list, help_text=_("The latest deliveries, so that a repeated one changes nothing.")
    )
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["play", "sub_content", "field"], name="play_state_once")]

    def __str__(self) -> str:
        return f"{self.sub_content}/{self.field}"


class PlayResult(models.Model):
    """One report of the whole content, and what it is worth."""

    id = models.UUIDField(primary_key=True)
    play = models.ForeignKey(Play, on_delete=models.CASCADE, related_name="results")
    received_at = models.DateTimeField()
    verb = models.CharField(max_length=16)
    verdict = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in VerdictKind])
    reason = models.CharField(max_length=200, blank=True)
    score = models.FloatField(null=True, blank=True)
    maximum = models.FloatField(null=True, blank=True)
    responses = models.JSONField(default=list, help_text=_("The raw responses, part by part."))

    class Meta:
        verbose_name = _("result of a play")
        verbose_name_plural = _("results of plays")
        ordering = ["received_at", "pk"]

    def __str__(self) -> str:
        return f"{self.play_id} {self.verdict}"
