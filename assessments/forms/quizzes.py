"""What a trainer's form for a quiz refuses, before a learner finds out."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminPageForm

from assessments.models.bank import Question
from assessments.rules.draws import Draw, shortage


class QuizPageForm(WagtailAdminPageForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and opens >= closes:
            self.add_error("closes_at", _("It closes before it opens."))
        if cleaned.get("purpose") == "practice" and cleaned.get("is_required"):
            self.add_error("is_required", _("Practice counts for nothing, so it cannot be required."))
        self._check_draws()
        self._check_openings(cleaned.get("purpose"))
        return cleaned

    def _check_draws(self) -> None:
        draws = self.formsets.get("draws")
        complete = [form for form in draws.forms if form.is_valid()] if draws is not None else []
        told = [form for form in complete if not form.cleaned_data.get("DELETE")]
        asked = [form for form in told if form.cleaned_data.get("count")]
        wanted = [_draw(form) for form in asked]
        short = shortage(wanted, Question.objects.group_sizes())
        if short is not None:
            asked[short.place].add_error("count", _shortage(short.available))

    def _check_openings(self, purpose: str | None) -> None:
        openings = self.formsets.get("openings")
        forms = openings.forms if openings is not None else []
        kept = [form for form in forms if form.is_valid() and not form.cleaned_data.get("DELETE")]
        course = self.parent_page or (self.instance.get_parent() if self.instance.pk else None)
        for form in kept:
            step = form.cleaned_data.get("step")
            if step is None:
                continue
            if purpose != "placement":
                form.add_error("step", _("Only a placement quiz opens lessons. Change the purpose, or remove this."))
            elif course is not None and (step.get_parent().pk != course.pk or step.pk == self.instance.pk):
                form.add_error("step", _("Choose another step of the same course."))


def _draw(form: Any) -> Draw:
    chosen = form.cleaned_data
    topic = chosen.get("topic")
    return Draw(topic.pk if topic else None, chosen.get("difficulty", ""), chosen.get("audience", ""), chosen["count"])


def _shortage(available: int) -> str:
    message = ngettext(
        "The bank has %(count)d question of that kind left in use. Draw fewer, or write more questions first.",
        "The bank has %(count)d questions of that kind left in use. Draw fewer, or write more questions first.",
        available,
    )
    return message % {"count": available}
