"""The cover at the head of a page and on its card: the trainer's picture, or one composed from a drawing."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from interface.illustrations import subjects


class Covered(models.Model):
    """For pages with a cover. Put it before ``Page`` among the bases."""

    cover = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover picture"),
        help_text=_("Wider than high; its focal point stays in view. Without one, a drawing stands there."),
    )
    illustration = models.CharField(
        _("drawing"),
        max_length=40,
        blank=True,
        choices=subjects,
        help_text=_("Shown where no picture is chosen. Empty: that of the topic."),
    )
    cover_panel = MultiFieldPanel([FieldPanel("cover"), FieldPanel("illustration")], heading=_("Cover"))

    class Meta:
        abstract = True
