"""A quiz is a step of a course: its rules, and which questions each attempt asks."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page, PageManager

from assessments.forms.quizzes import DrawsPanel, OverlapPanel, PicksPanel, QuizPageForm
from assessments.models.bank import Difficulty, Pool, Question
from assessments.querysets.attempts import ExtraTimeQuerySet
from assessments.querysets.bank import QuizDrawQuerySet, QuizPageQuerySet
from assessments.rules.draws import Asking, Draw
from assessments.rules.quiz import QuizRules, standing_of
from learning.tracking.models import Enrolment
from training_materials.models import Audience, StepPage, Topic


class QuizPage(StepPage):  # type: ignore[django-manager-missing]
    class Purpose(models.TextChoices):
        GRADED = "graded", _("Graded: passing it becomes evidence")
        PRACTICE = "practice", _("Practice: counts for nothing")
        PLACEMENT = "placement", _("Placement: a good result opens lessons at once")

    class Feedback(models.TextChoices):
        FULL = "full", _("Result, right answers and explanations")
        RESULT = "result", _("Which answers were right")
        NONE = "none", _("The score only")

    class FeedbackWhen(models.TextChoices):
        AT_ONCE = "at_once", _("straight after handing in")
        DONE = "done", _("once passed, or when no attempts are left")
        CLOSED = "closed", _("when the quiz has closed")

    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("Read before the start. Leave a line empty to begin a paragraph.")
    )
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices, default=Purpose.GRADED)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark (%)"),
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("The share of all points from which the quiz is passed."),
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"), default=0, help_text=_("How often one person may take the quiz. 0: no limit.")
    )
    wait_minutes = models.PositiveIntegerField(
        _("wait between attempts, in minutes"),
        default=0,
        help_text=_("0: none. A day has 1440. Time to read the lessons again."),
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True, help_text=_("Leave empty if it is always open."))
    closes_at = models.DateTimeField(
        _("closes"), null=True, blank=True, help_text=_("Attempts that are open then end then.")
    )
    time_limit_minutes = models.PositiveSmallIntegerField(
        _("time limit in minutes"),
        default=0,
        help_text=_("0: none. Many learners read slowly; set a limit only where it is really needed."),
    )
    shuffles_questions = models.BooleanField(
        _("shuffle questions"), default=False, help_text=_("Otherwise in the order of the draws.")
    )
    shuffles_options = models.BooleanField(
        _("shuffle options"), default=True, help_text=_("Lines to be matched or ordered are always shuffled.")
    )
    feedback = models.CharField(
        _("what learners see afterwards"), max_length=8, choices=Feedback.choices, default=Feedback.FULL
    )
    feedback_when = models.CharField(
        _("when they see it"), max_length=8, choices=FeedbackWhen.choices, default=FeedbackWhen.AT_ONCE
    )

    objects = PageManager.from_queryset(QuizPageQuerySet)()  # type: ignore[misc, django-manager-missing]
    template = "assessments/quiz_page.html"
    search_kind = "bai-kiem-tra"
    player_template = "assessments/player/quiz.html"
    is_server_marked = True
    parent_page_types = ["training_materials.CoursePage"]
    subpage_types: list[str] = []
    base_form_class = QuizPageForm
    content_panels = [
        *Page.content_panels,
        *StepPage.step_panels,
        FieldPanel("introduction"),
        PicksPanel(
            "picks",
            chooser_field_name="question",
            label=_("Chosen question"),
            heading=_("Questions that everybody is asked"),
            help_text=_("Exactly these, in this order, before those that are drawn."),
            panels=[FieldPanel("question")],
        ),
        DrawsPanel(
            "draws",
            label=_("Draw"),
            heading=_("Questions drawn at random"),
            help_text=_(
                "Each attempt draws anew, at random, so many questions of each kind: from a pool of this course, or "
                "from the bank that all courses share. What else is left empty may be anything."
            ),
            panels=[
                FieldPanel("pool"),
                *(
                    FieldRowPanel([FieldPanel(name) for name in names])
                    for names in (("topic", "count"), ("difficulty", "audience"))
                ),
            ],
        ),
        OverlapPanel(heading=_("Shared with other quizzes")),
        MultiFieldPanel(
            [
                FieldPanel("purpose"),
                FieldPanel("pass_mark"),
                FieldRowPanel([FieldPanel("attempts_allowed"), FieldPanel("wait_minutes")]),
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                FieldPanel("time_limit_minutes"),
                FieldRowPanel([FieldPanel("shuffles_questions"), FieldPanel("shuffles_options")]),
                FieldRowPanel([FieldPanel("feedback"), FieldPanel("feedback_when")]),
            ],
            heading=_("Quiz rules"),
        ),
        InlinePanel(
            "openings",
            label=pgettext_lazy("placement", "Lesson"),
            heading=_("Lessons that a placement opens"),
            help_text=_(
                "Only for a placement quiz. These steps stay closed until all before them are finished; "
                "a result from the mark on opens them at once."
            ),
            panels=[FieldPanel("step"), FieldPanel("mark")],
        ),
    ]

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    @property
    def question_count(self) -> int:
        return len(self.picks.all()) + sum(draw.count for draw in self.draws.all())

    @property
    def is_drawn(self) -> bool:
        return bool(self.draws.all())

    @property
    def asking(self) -> Asking:
        """What it asks as it stands here; of a draft, what the draft asks."""
        picks = {pick.question_id: pick.question.group for pick in self.picks.select_related("question")}
        return Asking([draw.plain for draw in self.draws.all()], picks)

    @property
    def rules(self) -> QuizRules:
        return QuizRules(
            self.attempts_allowed, self.wait_minutes, self.time_limit_minutes, self.opens_at, self.closes_at
        )

    def lacks(self) -> str:
        asking = self.asking
        if not asking.draws and not asking.picks:
            return gettext("The quiz has no question yet: choose some, or add a draw.")
        pools = [draw.pool for draw in asking.draws] + [group.pool for group in asking.picks.values()]
        if Pool.objects.filter(pk__in=[pool for pool in pools if pool]).exclude(course=self.course).exists():
            return gettext("It asks from a pool of another course. Choose other questions.")
        return ""

    def player_context(self, enrolment: Enrolment, request: HttpRequest) -> dict[str, Any]:
        attempts = enrolment.attempts.at_quiz(self.translation_key)
        extra = ExtraTime.objects.percent_for(enrolment.person_id) if self.time_limit_minutes else 0
        return {
            "standing": standing_of(attempts, self.rules, timezone.now()),
            "own_minutes": self.time_limit_minutes * (100 + extra) // 100 if extra else 0,
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """For the preview, and for who is signed in without being a learner: rules, and nothing to start."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"standing": standing_of([], self.rules, timezone.now())}


class QuizPick(Orderable):
    """One question that every attempt asks."""

    quiz = ParentalKey(QuizPage, on_delete=models.CASCADE, related_name="picks")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+", verbose_name=_("question"))

    class Meta(Orderable.Meta):
        verbose_name = _("chosen question")
        verbose_name_plural = _("chosen questions")

    def __str__(self) -> str:
        return f"{self.question_id}"


class QuizDraw(Orderable):
    """So many questions of that pool, or of the bank, and of that topic, difficulty and target group, drawn at random;
    what is empty is all the same.
    """

    quiz = ParentalKey(QuizPage, on_delete=models.CASCADE, related_name="draws")
    pool = models.ForeignKey(
        Pool,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="draws",
        verbose_name=pgettext_lazy("draw", "from"),
        help_text=_("Pools are made at the course: “Questions of this course”."),
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("topic")
    )
    difficulty = models.CharField(_("difficulty"), max_length=8, choices=Difficulty.choices, blank=True)
    audience = models.CharField(_("target group"), max_length=12, choices=Audience.choices, blank=True)
    count = models.PositiveSmallIntegerField(
        _("number of questions"), default=5, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )

    objects = QuizDrawQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("draw")
        verbose_name_plural = _("draws")

    def __str__(self) -> str:
        return f"{self.count} × {self.pool_id} {self.topic_id} {self.difficulty} {self.audience}"

    @property
    def plain(self) -> Draw:
        return Draw(self.topic_id, self.difficulty, self.audience, self.count, self.pool_id)


class QuizOpening(Orderable):
    """A step that a good result in a placement opens before its turn."""

    quiz = ParentalKey(QuizPage, on_delete=models.CASCADE, related_name="openings")
    step = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("step"))
    mark = models.PositiveSmallIntegerField(
        _("from this result on (%)"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    class Meta(Orderable.Meta):
        verbose_name = _("opened lesson")
        verbose_name_plural = _("opened lessons")

    def __str__(self) -> str:
        return f"{self.step_id} ≥ {self.mark} %"


class ExtraTime(models.Model):
    """More time for one person at every quiz with a limit: who reads slowly, sees badly, uses a screen reader."""

    person = models.OneToOneField("membership.Person", on_delete=models.CASCADE, related_name="extra_time")
    percent = models.PositiveSmallIntegerField(
        _("extra time (%)"), validators=[MinValueValidator(1), MaxValueValidator(300)]
    )
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey("membership.User", on_delete=models.PROTECT, related_name="+")

    objects = ExtraTimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("extra time")
        verbose_name_plural = _("extra time")

    def __str__(self) -> str:
        return f"{self.percent} %"
