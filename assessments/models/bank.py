"""The question bank. A question changes by getting a new version; attempts keep the version they asked."""

from functools import cached_property

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments import kinds
from assessments.querysets.bank import PoolQuerySet, QuestionQuerySet, QuestionVersionQuerySet
from assessments.rules.draws import Group
from training_materials.models import Audience, CoursePage, LessonPage, Topic

FOLDER = "questions"


class Difficulty(models.TextChoices):
    EASY = "easy", _("Easy")
    MEDIUM = "medium", _("Medium")
    HARD = "hard", _("Hard")


class Pool(models.Model):  # type: ignore[django-manager-missing]
    """Questions that one course keeps to itself: no draw takes them that does not name the pool."""

    course = models.ForeignKey(
        CoursePage, on_delete=models.SET_NULL, null=True, related_name="pools", verbose_name=_("course")
    )
    name = models.CharField(pgettext_lazy("pool", "name"), max_length=80)

    objects = PoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("question pool")
        verbose_name_plural = _("question pools")
        ordering = ["course", "name"]
        constraints = [models.UniqueConstraint(fields=["course", "name"], name="pool_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def name_with_course(self) -> str:
        """Many courses have one "for practice". Whoever reads it joins the course."""
        return f"{self.course.title if self.course else _('Course that is gone')}: {self.name}"


class Question(models.Model):
    """A question of the bank, or of a course's pool. What is asked stands in its versions.

    ``draft`` is what a trainer has written and not yet put into use: kind, prompt, body and feedback, checked only
    when it becomes a version.
    """

    slug = models.SlugField(_("code"), max_length=80, unique=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="questions", verbose_name=_("topic"))
    pool = models.ForeignKey(
        Pool, on_delete=models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("question pool")
    )
    difficulty = models.CharField(_("difficulty"), max_length=8, choices=Difficulty.choices, default=Difficulty.MEDIUM)
    audience = models.CharField(_("target group"), max_length=12, choices=Audience.choices, default=Audience.EVERYONE)
    lesson = models.ForeignKey(
        LessonPage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lesson to look at again"),
        help_text=_("Learners of its course who miss the question find the way there beside their result."),
    )
    heading = models.CharField(
        _("part of that lesson"),
        max_length=200,
        blank=True,
        help_text=_("Its heading, as it stands in the lesson. Empty: the whole lesson."),
    )
    draft = models.JSONField(null=True, editable=False)
    current = models.ForeignKey(
        "QuestionVersion", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    retired_at = models.DateTimeField(_("out of use since"), null=True, blank=True, editable=False)
    folded_text = models.TextField(editable=False, default="", help_text=_("Prompt and code as searches compare them."))

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("question bank")

    def __str__(self) -> str:
        return self.slug

    @property
    def group(self) -> Group:
        """By what draws take it."""
        return Group(self.topic_id, self.difficulty, self.audience, self.pool_id)

    @property
    def is_in_use(self) -> bool:
        return self.retired_at is None and self.current_id is not None

    @property
    def draft_version(self) -> "QuestionVersion | None":
        """The draft in the form of a version that is stored nowhere."""
        if self.draft is None:
            return None
        held = {name: self.draft[name] for name in ("kind", "prompt", "body", "feedback")}
        return QuestionVersion(**held, media=[])


class QuestionVersion(models.Model):
    """Immutable: editing makes a new one. ``body`` holds what the kind needs, key included (assessments.kinds)."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=16, choices=kinds.choices)
    prompt = models.TextField(_("question"))
    body = models.JSONField()
    feedback = models.TextField(_("explanation"), blank=True)
    media = models.JSONField(default=list, help_text=_("Pictures and sounds, see assessments.media."))
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, null=True, related_name="+")

    objects = QuestionVersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="question_version_once")]

    def __str__(self) -> str:
        return self.prompt

    @cached_property
    def parsed(self) -> kinds.Body:
        return kinds.parse(self.kind, self.body)


class Figure(models.Model):
    """One file in the private storage, named by what it holds. Versions of questions name it; it is never changed."""

    name = models.CharField(max_length=48, unique=True)
    image = models.ForeignKey("wagtailimages.Image", on_delete=models.SET_NULL, null=True, related_name="+")
    document = models.ForeignKey(
        getattr(settings, "WAGTAILDOCS_DOCUMENT_MODEL", "wagtaildocs.Document"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    drawn_from = models.CharField(
        max_length=40, blank=True, db_index=True, help_text=_("What identifies the file of which it is a copy.")
    )
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name = _("picture or sound of questions")
        verbose_name_plural = _("pictures and sounds of questions")

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """In the private storage."""
        return f"{FOLDER}/{self.name}"
