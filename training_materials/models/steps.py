"""The steps of a course. Each kind subclasses ``StepPage``; lessons are the kind that lives here."""

from __future__ import annotations

from typing import Any, cast

from django.core.validators import MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.locks import BaseLock
from wagtail.models import Page

from interface.places import address
from training_materials.blocks.content import ContentBlock
from training_materials.locks import SubmittedLock
from training_materials.models.courses import CoursePage
from training_materials.models.covers import Covered
from training_materials.models.folded import FoldedText, PlainAddress, compose, refuse_slug
from training_materials.outlines import outline

# The same within a course, beside the slugs of its steps.
PLAYER_SLUGS_OF_COURSES = frozenset({"ghi-danh"})


class StepPage(PlainAddress, Page):  # type: ignore[django-manager-missing]
    """One step of a course. Each kind of step subclasses this and names CoursePage as its parent."""

    summary = models.TextField(
        _("summary"), max_length=300, blank=True, help_text=_("One sentence: what one learns here.")
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=5,
        validators=[MinValueValidator(1)],
        help_text=_("How long this step takes, roughly; five to fifteen is best."),
    )
    is_required = models.BooleanField(
        _("required"), default=True, help_text=_("The course is finished when all required steps are.")
    )

    search_kind = "hoat-dong"
    # How the player shows a step of this kind: a template, and what it needs beside ``step``.
    player_template = "training_materials/lesson_body.html"
    # Whether it is a text to be read, in parts, in which one keeps one's place, and one's notes.
    is_read = False
    # Whether the learner says "finished" by a button; kinds that find out by themselves do not ask.
    is_finished_by_button = False
    # Whether this site marks it on its server, so that having finished proves more than a press of a button.
    is_server_marked = False

    step_panels = [
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("minutes"), FieldPanel("is_required")])], heading=_("In the course")
        ),
    ]

    class Meta:
        abstract = True

    @cached_property
    def course(self) -> CoursePage:
        return cast(CoursePage, self.get_parent().specific)

    @property
    def is_readable_by_all(self) -> bool:
        """Whether who has no account may read it."""
        return False

    def get_workflow(self) -> None:
        """A step is moderated with its course."""

    @property
    def has_workflow(self) -> bool:
        return False

    def get_lock(self) -> BaseLock | None:
        lock: BaseLock | None = super().get_lock()
        return lock or (SubmittedLock(self) if self.depth and self.course.workflow_in_progress else None)

    def lacks(self) -> str:
        """What stands against its publication beside what its fields say, in words; a kind of step may know more."""
        return ""

    def player_context(self, enrolment: Any, request: HttpRequest) -> dict[str, Any]:
        """What ``player_template`` needs beside ``step``; a kind with rows of its own overrides this."""
        return {}

    def clean(self) -> None:
        super().clean()
        refuse_slug(self, PLAYER_SLUGS_OF_COURSES)
        compose(self, "title", "summary")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Members go to the player; others read what is open, and are told how to read what is not."""
        if not self.course.live:
            raise Http404
        if getattr(request.user, "person_id", None):
            return redirect(address("step", self.course.slug, self.slug))
        if self.is_readable_by_all or request.user.is_authenticated:
            return cast(HttpResponseBase, super().serve(request, *args, **kwargs))
        return render(request, "training_materials/step_closed.html", self.get_context(request))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        shown = outline.of(self.course)
        context |= {"course": self.course, "step": self, "outline": shown}
        context["breadcrumbs"] = [shown.parent, (shown.title, shown.url), (self.title, None)]
        context["drawings"] = [shown.illustration(self.pk)]
        return context | outline.neighbours(shown, self.pk)


class LessonPage(Covered, FoldedText, StepPage):
    is_open = models.BooleanField(
        _("readable without an account"),
        default=False,
        help_text=_("Open at least the first lesson, so that people see what the course is like."),
    )
    body = StreamField(
        ContentBlock(),
        verbose_name=_("body"),
        help_text=_("Build it from blocks: headings, text, images with a description, videos with captions."),
    )

    is_read = True
    is_finished_by_button = True
    search_kind = "bai-hoc"
    parent_page_types = ["training_materials.CoursePage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        *StepPage.step_panels,
        FieldPanel("is_open"),
        Covered.cover_panel,
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    @property
    def is_readable_by_all(self) -> bool:
        return self.is_open

    def searched_text(self) -> str:
        """A closed lesson is found by title and summary alone: what it says is for who enrolled."""
        return super().searched_text() if self.is_open else ""
