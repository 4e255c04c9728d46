"""Which build of the database's index is searched."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexState(models.Model):
    """One row. ``revision`` is another after each change, so that what is kept in memory is known to be old."""

    build = models.PositiveIntegerField(help_text="The tables that are searched: search_rows_<build> and its like.")
    latest_build = models.PositiveIntegerField(help_text="The highest number ever given to a build.")
    revision = models.PositiveBigIntegerField(default=0, help_text="The moment of the latest change.")
    slots = models.PositiveIntegerField(default=0, help_text="Given out in this build, those taken away included.")
    built_slots = models.PositiveIntegerField(default=0, help_text="Given out when it was built.")

    class Meta:
        verbose_name = _("state of the index")
        verbose_name_plural = _("states of the index")

    def __str__(self) -> str:
        return f"{self.build} r{self.revision}"
