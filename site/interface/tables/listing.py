"""The view of a table: shows it, keeps its filters, does what is asked with chosen rows, hands it out as a file."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from interface.tables.choosing import Outcome, RowAction, keys_of, reason_of, report
from interface.tables.columns import Text
from interface.tables.looks import SITE, Look
from interface.tables.table import Table


class TableMixin:
    """For a view with templates, of the site or of the back office. ``get_rows`` gives what the user may see."""

    request: HttpRequest
    table_class: type[Table]
    look: Look = SITE

    def get_rows(self) -> QuerySet[Any] | Sequence[Any]:
        raise NotImplementedError

    @cached_property
    def table(self) -> Table:
        return self.table_class(self.request, self.get_rows(), self.look)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in ("GET", "HEAD") and (instead := self.table.instead()) is not None:
            return instead
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        action = next((one for one in self.table.usable if one.name == request.POST.get("do") and one.run), None)
        if action is None:
            raise Http404
        form = action.form_class(request.POST) if action.form_class else None
        if form is not None and not form.is_valid():
            for said in form.errors.values():
                messages.error(request, " ".join(str(text) for text in said))
            return HttpResponseRedirect(request.get_full_path())
        return HttpResponseRedirect(self.act(action, form) or request.get_full_path())

    def act(self, action: RowAction, form: Form | None) -> str:
        """With the rows that are chosen, within what the user may see, whatever the filters leave of it. Gives the
        address that it leads to, if any."""
        rows, others = self.chosen(action)
        if not rows and not others:
            messages.error(self.request, _("Choose at least one row."))
            return ""
        assert action.run is not None
        values = form.cleaned_data if form is not None else {}
        try:
            outcome = action.run(rows, values, self.request) if rows else Outcome(0)
        except ValidationError as refusal:
            messages.error(self.request, reason_of(refusal))
            return ""
        refused = [*outcome.refused, *((row, _("This cannot be done with it.")) for row in others)]
        report(self.request, Outcome(outcome.done, refused), self.table.name_of)
        return outcome.leads_to

    def chosen(self, action: RowAction) -> tuple[list[Any], list[Any]]:
        """Those of the chosen rows that the action may be done with, and the others. Where it takes all that the
        filters leave, nobody has chosen the others."""
        if action.takes_all:
            return [row for row in self.table.rows_of(self.table.found) if action.may_choose(row)], []
        scope = self.table.scope
        assert isinstance(scope, QuerySet)
        rows = list(scope.filter(pk__in=_keys(scope, keys_of(self.request, action.row_name))))
        able = [row for row in rows if action.may_choose(row)]
        return able, [row for row in rows if row not in able]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"table": self.table, "page_obj": self.table.page}  # type: ignore[misc]


class TableView(TableMixin, TemplateView):
    """A page of the site with a table on it; what else it has stands in a template that extends tables/page.html."""

    template_name = "tables/page.html"
    page_title: Text = ""
    lede: Text = ""

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "page_title": self.page_title,
            "lede": self.lede,
            "breadcrumbs": self.get_breadcrumbs(),
        }


def _keys(scope: QuerySet[Any], sent: list[str]) -> list[Any]:
    """What cannot be a key of these rows is passed over."""
    keys = []
    for text in sent:
        try:
            keys.append(scope.model._meta.pk.clean(text, None))
        except ValidationError:
            continue
    return keys
