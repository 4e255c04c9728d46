"""The dictionary that editors keep: terms, synonyms, abbreviations, and words that need not occur."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TermGroup(models.Model):
    """``search.actions`` writes every row. What was shipped carries a ``shipped_key`` and ``shipped_terms``.

    Where ``terms`` still say what ``shipped_terms`` say, nobody has changed the row, and what is shipped later takes
    its place.
    """

    terms = models.TextField(
        _("terms"),
        help_text=_(
            "One on each line, the usual one first; abbreviations in capitals. Several lines mean the same. "
            "A single line keeps its words together."
        ),
    )
    need_not_occur = models.BooleanField(
        _("small words"),
        default=False,
        help_text=_("Words such as “về” or “tài liệu”: they add to the rank, but a result may lack them."),
    )
    is_in_use = models.BooleanField(
        _("in use"), default=True, help_text=_("Untick rather than delete: what was shipped would come back.")
    )
    shipped_terms = models.TextField(blank=True, editable=False)
    shipped_key = models.CharField(max_length=120, unique=True, null=True, editable=False)

    class Meta:
        verbose_name = _("search terms")
        verbose_name_plural = _("search terms")
        ordering = ["terms"]

    def __str__(self) -> str:
        return " = ".join(self.lines())

    def lines(self) -> list[str]:
        return [line.strip() for line in self.terms.splitlines() if line.strip()]
