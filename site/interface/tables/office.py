"""Lists in the back office. Wagtail's own header searches while one types and filters; everything beneath is ours."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.active_filters import ActiveFilter, filter_adapter_class_registry
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button, HeaderButton

from interface.tables.listing import TableMixin
from interface.tables.looks import OFFICE
from interface.tables.remembering import is_part
from interface.tables.table import Table

_SEARCH = "q"


class OfficeTableMixin(TableMixin, WagtailAdminTemplateMixin):
    """For a view of the back office with templates; a filter of the name ``q`` is the search."""

    look = OFFICE
    template_name: Any = "tables/office_page.html"
    results_template_name: Any = "tables/office_results.html"

    def get_template_names(self) -> list[str]:
        if is_part(self.request):
            self.template_name = self.results_template_name
        return super().get_template_names()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def active_filters(self) -> list[ActiveFilter]:
        """What narrows the list, each with the address of the list without it."""
        asked = self.request.GET.copy()
        asked.pop(self.table.page_name, None)
        asked["_w_filter_fragment"] = "1"
        filters, form = self.table.filters.filters, self.table.filters.form
        narrowing = [name for name in form.changed_data if name != _SEARCH and name in form.cleaned_data]
        adapters = [
            filter_adapter_class_registry.get(filters[name])(
                filters[name], form[name], form.cleaned_data[name], self.request.path, asked
            )
            for name in narrowing
        ]
        return [active for adapter in adapters for active in adapter.get_active_filters()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        fields = list(self.table.filters.form) if self.table.filters else []
        search = [field for field in fields if field.name == _SEARCH]
        for field in search:
            field.field.widget.attrs |= {"placeholder": field.label, "data-w-swap-target": "input"}
        narrowing = [field for field in fields if field.name != _SEARCH]
        return super().get_context_data(**kwargs) | {
            "index_results_url": self.request.path if fields else "",
            "search_form": search,
            "filters": {"form": narrowing} if narrowing else None,
            "render_filters_fragment": bool(narrowing) and "_w_filter_fragment" in self.request.GET,
        }


class OfficeTableView(OfficeTableMixin, TemplateView):
    """A page with the list and nothing else, or what its template adds."""


class ModelTableView(PermissionCheckedMixin, OfficeTableView):
    """The list of a viewset's model: for who may do anything with it, a row leads to its form for who may change it."""

    request: HttpRequest
    any_permission_required = ("add", "change", "delete", "view")
    model: Any = None
    add_url_name = ""
    edit_url_name = ""

    @cached_property
    def table(self) -> Table:
        table = super().table
        table.caption = self.get_page_title()
        table.row_address = self.edit_url_name if self.user_has_permission("change") else ""
        return table

    def get_page_title(self) -> str:
        return str(self.page_title or capfirst(self.model._meta.verbose_name_plural))

    @property
    def header_buttons(self) -> list[Button]:
        if not self.add_url_name or not self.user_has_permission("add"):
            return []
        label = capfirst(_("Add %(model_name)s") % {"model_name": self.model._meta.verbose_name})
        return [HeaderButton(label, url=reverse(self.add_url_name), icon_name="plus")]
