"""Units in Wagtail's admin: the tree as of a day, and what can be done with one of its units."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import DateFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.button import Button, HeaderButton

from interface.office import RecordViewSet, ToldInFormMixin
from interface.refusals import told_on_page
from interface.tables import Column, Empty, SearchFilter, Table
from interface.tables.office import ModelTableView
from membership.actions import add_unit, change_unit, close_unit, move_unit, remove_unit, reopen_unit
from membership.administration.permissions import units_in_reach
from membership.administration.unit_forms import NewUnitForm, UnitForm
from membership.admission import user_of
from membership.models import Unit, UnitKind
from membership.querysets import UnitQuerySet


class UnitFilters(WagtailFilterSet):
    q = SearchFilter(_("Name"))
    day = DateFilter(label=_("As of day"), method="as_of", widget=AdminDateInput)

    class Meta:
        model = Unit
        fields = ["kind"]

    def as_of(self, units: UnitQuerySet, name: str, day: Any) -> UnitQuerySet:
        return units.on(day).as_of(day)


class UnitTable(Table):
    filters_class = UnitFilters
    page_name = "p"
    per_page = 100
    empty = Empty(_("No unit found"))
    columns = [
        Column(name="name", label=_("Name"), show=lambda unit: "\u2003" * (unit.depth - 1) + unit.name_then,
               is_heading=True),
        Column(name="kind", label=_("Kind"), read=lambda unit: UnitKind(unit.kind_then).label),
        Column(name="code", label=_("Code")),
        Column(name="from", label=_("From day"), read="valid_from"),
        Column(name="to", label=_("Until day"), read="valid_to"),
    ]  # fmt: skip


class UnitListView(ModelTableView):
    table_class = UnitTable

    @property
    def header_buttons(self) -> list[Button]:
        from_file = HeaderButton(_("Units from a file"), url=reverse("unit_file:upload"), icon_name="upload")
        decree = HeaderButton(_("Units by a decree"), url=reverse("decree:upload"), icon_name="calendar-check")
        return [*super().header_buttons, from_file, decree]

    def get_rows(self) -> UnitQuerySet:
        return units_in_reach(user_of(self.request)).as_of(timezone.localdate()).order_by("path")


class UnitCreateView(ToldInFormMixin, generic.CreateView):
    def save_instance(self) -> Unit:
        values = self.form.cleaned_data
        return add_unit(
            parent=values["parent"],
            kind=UnitKind(values["kind"]),
            code=values["code"],
            name=values["name"],
            valid_from=values["valid_from"],
            by=self.request.user,
            at=timezone.now(),
        )


class UnitEditView(ToldInFormMixin, generic.EditView):
    def get_queryset(self) -> UnitQuerySet:
        return units_in_reach(self.request.user)

    def save_instance(self) -> Unit:
        # The form has put its values on the instance; the actions compare with what is on record.
        values, unit = self.form.cleaned_data, Unit.objects.get(pk=self.object.pk)
        about = {"by": self.request.user, "at": timezone.now()}
        kind = UnitKind(values.get("kind", unit.kind))
        unit = change_unit(unit=unit, name=values["name"], kind=kind, valid_from=values["changed_on"], **about)
        if values.get("parent"):
            unit = move_unit(unit=unit, parent=values["parent"], **about)
        if values["valid_to"]:
            return close_unit(unit=unit, valid_to=values["valid_to"], **about)
        return reopen_unit(unit=unit, **about)


class UnitHistoryView(HistoryView):
    def get_base_object_queryset(self) -> UnitQuerySet:
        return units_in_reach(self.request.user)


class UnitDeleteView(generic.DeleteView):
    page_title = _("Remove unit")
    success_message = _("“%(object)s” is removed.")

    def get_queryset(self) -> UnitQuerySet:
        return units_in_reach(self.request.user)

    def form_valid(self, form: Any) -> HttpResponse:
        with told_on_page(self.request):
            return super().form_valid(form)
        return redirect(self.edit_url_name, self.object.pk)

    def delete_action(self) -> None:
        remove_unit(unit=self.object, by=self.request.user, at=timezone.now())


class UnitViewSet(RecordViewSet):
    model = Unit
    name = "units"
    icon = "site"
    pages = (*RecordViewSet.pages, "delete")
    index_view_class = UnitListView
    add_view_class = UnitCreateView
    edit_view_class = UnitEditView
    delete_view_class = UnitDeleteView
    history_view_class = UnitHistoryView

    def get_form_class(self, for_update: bool = False) -> type:
        return UnitForm if for_update else NewUnitForm
