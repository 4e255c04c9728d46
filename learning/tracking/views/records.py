"""What activities reported about oneself, and about people whose learning one may view."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from interface.tables import Column, Empty, Table, TableView
from learning.tracking.models import Statement
from learning.tracking.play.records import Record, Records, lines_of, records_of, statements_of
from learning.tracking.xapi.formats import RefusedError
from membership.actions import log_file_access
from membership.admission import person_of, user_of
from membership.models import Person


def _done(record: Record) -> SafeString:
    return format_html("<span><strong>{}</strong>: {}</span>", record.about, record.verb)


class RecordTable(Table):
    """The latest first, a stretch after the other: nobody counts what a person's exercises ever told."""

    caption = gettext_lazy("What activities reported")
    filename = "hoat-dong"
    page_name = "truoc"
    previous_label = gettext_lazy("To the latest")
    next_label = gettext_lazy("Earlier ones")
    place = ""
    empty = Empty(
        gettext_lazy("Nothing has been reported yet"),
        gettext_lazy("When you play an exercise of a course, what came of it stands here a moment later."),
        illustration="abacus",
        label=gettext_lazy("My learning"),
        address="tracking:today",
    )
    columns = [
        Column(name="when", label=gettext_lazy("When"), read="stored"),
        Column(
            name="done", label=gettext_lazy("What was done"), read=lambda row: f"{row.about}: {row.verb}", show=_done
        ),
        Column(name="result", label=gettext_lazy("Result")),
        Column(name="told_by", label=gettext_lazy("Told by")),
    ]

    def __init__(self, request: HttpRequest, person: Person) -> None:
        super().__init__(request, statements_of(person, request.user))
        self.person = person

    @cached_property
    def records(self) -> Records:
        try:
            return records_of(self.person, self.request.user, self.request.GET.get("truoc", ""))
        except RefusedError as nowhere:
            raise Http404 from nowhere

    @cached_property
    def page(self) -> Page[Any]:
        return Paginator(self.records.lines, max(len(self.records.lines), 1)).page(1)

    @property
    def previous_url(self) -> str:
        return self.address(truoc=None) if "truoc" in self.request.GET else ""

    @property
    def next_url(self) -> str:
        return self.address(truoc=self.records.before) if self.records.before else ""

    def rows_of(self, page: Iterable[Any]) -> Iterable[Any]:
        return lines_of(list(page))


@method_decorator(never_cache, name="dispatch")
class OwnRecordsView(LoginRequiredMixin, TableView):
    http_method_names = ["get", "head"]
    template_name = "tracking/records.html"
    page_title = gettext_lazy("What activities reported")

    @cached_property
    def person(self) -> Person:
        return person_of(self.request)

    @cached_property
    def table(self) -> RecordTable:
        return RecordTable(self.request, self.person)

    @property
    def is_own(self) -> bool:
        return self.person.pk == user_of(self.request).person_id

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        steps = [(_("My learning"), reverse("tracking:today"))] if self.is_own else []
        return [*steps, (_("What activities reported"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"person": self.person, "is_own": self.is_own}


class RecordsView(OwnRecordsView):
    """Another person's: there is nothing for who may see none of them."""

    @cached_property
    def person(self) -> Person:
        person = get_object_or_404(Person, pk=self.kwargs["person_id"])
        if not Statement.objects.visible_to(self.request.user).about(person).exists():
            raise Http404
        log_file_access(user=user_of(self.request), person=person, what="learning", at=timezone.now())
        return person
