"""Courses, and the list of them. A course does not know which kinds of step exist."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.locks import BaseLock
from wagtail.models import Page

from training_materials.lists import courses
from training_materials.locks import SubmittedLock
from training_materials.models.covers import Covered
from training_materials.models.folded import FoldedText, refuse_slug
from training_materials.models.teaching import Taught
from training_materials.models.topics import Audience, Topic
from training_materials.outlines import outline
from training_materials.panels import StepsPanel
from training_materials.querysets.pages import CourseManager
from training_materials.registries import course_panels, indicators

# First parts of the player's addresses beside the slugs of courses, which would never be reached there.
PLAYER_SLUGS = frozenset({"ban-ghi", "ghi-chu", "luot", "muc-tieu"})


class CourseIndexPage(Page):
    """All courses: /khoa-hoc/."""

    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences under the title of the list.")
    )
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["training_materials.CoursePage"]
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of courses")
        verbose_name_plural = _("lists of courses")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        found = CoursePage.objects.child_of(self)
        context["breadcrumbs"] = [(self.title, None)]
        return context | courses.listing(found, request.GET, self.get_url(request) or "")


class CoursePage(Taught, Covered, FoldedText, Page):
    summary = models.TextField(
        _("summary"), max_length=600, help_text=_("Two or three sentences: for whom, and what one can do afterwards.")
    )
    objectives = models.TextField(
        _("objectives"), blank=True, help_text=_("One on each line: “After this course, you will …”.")
    )
    topics = ParentalManyToManyField(
        Topic,
        verbose_name=_("topics"),
        blank=True,
        related_name="+",
        help_text=_("They pass into the evidence of who finishes, and criteria rules look at them."),
    )
    audience = models.CharField(
        _("audience"),
        max_length=12,
        choices=Audience.choices,
        default=Audience.EVERYONE,
        help_text=_("Whom it is written for. Everyone may enrol all the same."),
    )
    prerequisites = ParentalManyToManyField(
        "self",
        verbose_name=_("prerequisites"),
        blank=True,
        symmetrical=False,
        related_name="+",
        help_text=_("Courses that a learner must have finished before they can enrol in this one."),
    )

    planned_order = models.JSONField(
        _("order that waits until it is published"), default=dict, blank=True, editable=False
    )

    taken_out = models.JSONField(_("steps that are no part of it"), default=list, blank=True, editable=False)

    objects = CourseManager()  # type: ignore[django-manager-missing]
    exclude_fields_in_copy = ["planned_order", "taken_out"]
    search_kind = "khoa-hoc"
    composed_fields = ("title", "summary", "taught_by", "teacher_place", "welcome", "objectives")
    parent_page_types = ["training_materials.CourseIndexPage"]
    admin_default_ordering = "ord"  # steps stand in the order in which they are learnt
    content_panels = [
        *Page.content_panels,
        StepsPanel(),
        FieldPanel("summary"),
        Covered.cover_panel,
        Taught.teacher_panel,
        FieldPanel("objectives"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("audience")]),
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                FieldPanel("prerequisites", widget=forms.CheckboxSelectMultiple),
            ],
            heading=_("Whom it is for"),
        ),
    ]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def clean(self) -> None:
        super().clean()
        refuse_slug(self, PLAYER_SLUGS)

    def searched_text(self) -> str:
        return self.objectives

    def get_workflow(self) -> None:
        """No editor submits a page of a course: that is done for the whole of it, by the workflow of the list."""

    @property
    def has_workflow(self) -> bool:
        return False

    def get_lock(self) -> BaseLock | None:
        lock: BaseLock | None = super().get_lock()
        return SubmittedLock(self) if self.workflow_in_progress else lock

    def pages_to_publish(self) -> list[Any]:
        """Each page of the course as it is written last with something that learners do not see yet."""
        changed = Q(live=False) | Q(has_unpublished_changes=True)
        steps = Page.objects.child_of(self).exclude(pk__in=self.get_latest_revision_as_object().taken_out)
        pages = steps | Page.objects.filter(pk=self.pk)
        return list(pages.filter(changed).order_by("path").specific())

    def steps(self) -> list[Any]:
        """The live steps in order, each as its own kind: one query, and one for each kind of step."""
        children = self.get_children().live().order_by("path").specific()
        return [child for child in children if hasattr(child, "is_required")]

    def outline(self) -> outline.Outline:
        """The same as plain data from the cache, built once for each state of the course: see ``outline``."""
        return outline.of(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        is_preview = getattr(request, "is_preview", False)
        shown = outline.build(self, with_drafts=True) if is_preview else outline.of(self)
        panel = {} if is_preview else course_panels.collect(request, self)
        context["breadcrumbs"] = [shown.parent, (self.title, None)]
        context["outline"] = shown
        context["panel"] = panel
        context["steps"] = outline.shown_steps(shown, panel)
        context["indicators"] = indicators.of(self)
        return context
