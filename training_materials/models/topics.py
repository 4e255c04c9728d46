"""The vocabulary by which teaching tags and judging maps, and whom a page is for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
