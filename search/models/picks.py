"""What editors put first for a query that they choose."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Pick(models.Model):
    queries = models.TextField(
        _("queries"), help_text=_("One on each line; with or without tone marks and with slips they are recognised.")
    )
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    reason = models.CharField(
        _("why"), max_length=200, blank=True, help_text=_("One sentence for readers, such as “Begin here”.")
    )
    is_in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("editors' pick")
        verbose_name_plural = _("editors' picks")
        ordering = ["queries", "pk"]

    def __str__(self) -> str:
        return f"{', '.join(self.lines())} → {self.page}"

    def lines(self) -> list[str]:
        return [line.strip() for line in self.queries.splitlines() if line.strip()]
