"""Who teaches a course, as learners meet them: a name, where they work, a picture or a drawn figure, a welcome."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from interface import illustrations


class Taught(models.Model):
    """For pages that somebody teaches. Put it before ``Page`` among the bases."""

    taught_by = models.CharField(
        _("taught by"),
        max_length=200,
        blank=True,
        help_text=_("As learners read it, and ask for it. Empty: whoever made this page."),
    )
    teacher_place = models.CharField(
        _("office or unit"),
        max_length=200,
        blank=True,
        help_text=_("Where the teacher works or where one finds them. Everybody reads it: no telephone, no home."),
    )
    portrait = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture of the teacher"),
        help_text=_(
            "Only with the teacher's consent; its focal point stays in view. Without one, a figure stands there."
        ),
    )
    teacher_figure = models.CharField(
        _("figure"),
        max_length=40,
        blank=True,
        choices=illustrations.teachers,
        help_text=_("Drawn, in the place of a picture."),
    )
    welcome = models.TextField(
        _("word of welcome"),
        max_length=600,
        blank=True,
        help_text=_("Two to four sentences from the teacher: why this course, how to go about it, how to ask."),
    )
    teacher_panel = MultiFieldPanel(
        [
            FieldPanel("taught_by"),
            FieldPanel("teacher_place"),
            FieldPanel("welcome"),
            FieldPanel("portrait"),
            FieldPanel("teacher_figure"),
        ],
        heading=_("The teacher"),
    )

    class Meta:
        abstract = True

    @property
    def teacher(self) -> str:
        owner: Any = getattr(self, "owner", None)
        return self.taught_by or (owner.get_full_name() if owner else "")

    @property
    def figure(self) -> str:
        """The drawing that stands where no picture is."""
        return illustrations.teacher(self.teacher_figure)
