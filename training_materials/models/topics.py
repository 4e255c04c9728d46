"""The vocabulary by which teaching tags and judging maps, and whom a page is for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from interface.illustrations import subjects


class Audience(models.TextChoices):
    EVERYONE = "everyone", _("Everyone")
    RESIDENTS = "residents", _("Residents of the commune")
    WORKERS = "workers", _("Workers")
    OFFICIALS = "officials", _("Officials, employees, business people")
    STUDENTS = "students", _("Pupils and students")


class Topic(models.Model):
    name = models.CharField(_("name"), max_length=80, help_text=_("As learners read it: “Digital skills”."))
    slug = models.SlugField(
        _("slug"),
        max_length=60,
        unique=True,
        help_text=_("Stands in addresses and in evidence; criteria rules refer to it, so do not change it later."),
    )

    illustration = models.CharField(
        _("drawing"),
        max_length=40,
        blank=True,
        choices=subjects,
        help_text=_("Stands on the covers of courses, lessons and materials on this topic that have no picture."),
    )

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
