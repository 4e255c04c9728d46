"""Screens for trainers: which written answers wait, and one of them with its rubric."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from assessments import actions
from assessments.administration.lists import WaitingTable
from assessments.bank.media import shown_at
from assessments.kinds.base import Criterion
from assessments.models import Response, WrittenMark
from interface.tables.office import OfficeTableView
from membership.admission import OfficePage
from membership.policy import Action


class WaitingView(OfficePage, OfficeTableView):
    """What waits for a trainer, the longest first."""

    needs = Action.MANAGE_QUESTIONS
    table_class = WaitingTable
    page_title = gettext_lazy("Written answers to mark")
    header_icon = "edit"
    template_name = "assessments/admin/waiting.html"

    def get_rows(self) -> Any:
        return Response.objects.waiting_for(self.request.user).for_waiting()


class MarkView(OfficePage, TemplateView):
    """One written answer beside its rubric. After saving comes the next that waits."""

    needs = Action.MANAGE_QUESTIONS
    page_title = gettext_lazy("Mark a written answer")
    header_icon = "edit"
    template_name = "assessments/admin/mark.html"
    parents = (("written_marking:waiting", WaitingView.page_title),)
    error = ""

    @cached_property
    def response(self) -> Response:
        mine = Response.objects.markable_by(self.request.user).for_waiting()
        return get_object_or_404(mine, pk=self.kwargs["pk"])

    @cached_property
    def latest(self) -> WrittenMark | None:
        return WrittenMark.objects.latest_of([self.response]).get(self.response.pk)

    @property
    def rubric(self) -> Sequence[Criterion]:
        return self.response.version.parsed.rubric()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        sent = [request.POST.get(f"points-{place}", "") for place in range(len(self.rubric))]
        seen = request.POST.get("seen", "")
        try:
            actions.mark_written(
                response=self.response,
                points=[int(text) if text.isdecimal() and len(text) < 3 else -1 for text in sent],
                comment=request.POST.get("comment", ""),
                seen=int(seen) if seen.isdecimal() and len(seen) < 6 else 0,
                by=request.user,  # type: ignore[arg-type]
                at=timezone.now(),
            )
        except ValidationError as error:
            self.error = error.messages[0]
            return self.render_to_response(self.get_context_data(), status=400)
        messages.success(request, _("The marks are saved; the learner sees them with the result."))
        following = Response.objects.waiting_for(request.user).for_waiting().exclude(pk=pk).first()
        return redirect("written_marking:mark", following.pk) if following else redirect("written_marking:waiting")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = self.latest.points if self.latest else []
        if self.error:
            given = [self.request.POST.get(f"points-{place}", "") for place, _each in enumerate(self.rubric)]
        rows = [
            {"name": f"points-{place}", "criterion": criterion, "given": str(given[place]) if given else ""}
            for place, criterion in enumerate(self.rubric)
        ]
        body = self.response.version.parsed
        comment = self.request.POST.get("comment", self.latest.comment if self.latest else "")
        return super().get_context_data(**kwargs) | {
            "response": self.response,
            "latest": self.latest,
            "seen": str(self.latest.number if self.latest else 0),
            "rows": rows,
            "answer": "\n".join(body.describe(self.response.answer, self.response.order)),
            "guide": "\n".join(body.right_answer()),
            "media": shown_at(self.response.version.media, None),
            "comment": comment,
            "error": self.error,
        }
