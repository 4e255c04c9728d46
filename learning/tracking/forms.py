"""What a trainer's form for an activity refuses, before a learner finds out."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class ActivityPageForm(WagtailAdminPageForm):
    def clean(self) -> dict[str, Any]:
        """A pass mark that nobody could reach is no matter of a draft, where the content may still be another."""
        cleaned: dict[str, Any] = super().clean()
        typed = type(self.instance)(package=cleaned.get("package"), completion=cleaned.get("completion"))
        if typed.has_unreachable_mark and not self.is_deferred_validation:
            self.add_error("completion", no_pass_mark())
        return cleaned


def no_pass_mark() -> str:
    return _(
        "This site cannot recompute the score of this content, so nobody could reach a pass mark. "
        "Let playing it to the end finish the step, or choose another content."
    )
