"""A table of the test tree's own: the people whom an officer may see, with an action that refuses some."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import include, path
from django.utils import timezone
from django_filters import CharFilter, FilterSet, NumberFilter

from interface.tables import Column, Empty, RowAction, Table, TableView, each
from membership.admission import AdmittedMixin
from membership.models import Person
from membership.policy import Action, reach

touched: list[tuple[str, str]] = []


class NoteForm(forms.Form):
    note = forms.CharField(max_length=20)


def touch(person, values, request):
    if person.birth_year == 1900:
        raise ValidationError("Quá lâu rồi.")
    touched.append((person.code, values.get("note", "")))


class PeopleFilters(FilterSet):
    q = CharFilter(method="matching")
    born = NumberFilter(field_name="birth_year")

    def matching(self, people, _name, text):
        return people.matching(text)


class PeopleTable(Table):
    caption = "Người"
    filters_class = PeopleFilters
    per_page = 3
    filename = "nguoi"
    names_people = True
    empty = Empty("Không có ai")
    actions = [
        RowAction(name="touch", label="Ghi", run=each(touch), may_choose=lambda person: person.birth_year != 1999),
        RowAction(name="note", label="Ghi chú", run=each(touch), form_class=NoteForm),
        RowAction(name="hidden", label="Không", run=each(touch), may_use=lambda user: False),
    ]
    columns = [
        Column(name="name", label="Tên", read="full_name", note="code", order=["sort_key"], is_heading=True),
        Column(name="code", label="Mã", is_shown=False),
        Column(name="born", label="Sinh", read="birth_year", order=["birth_year"], is_number=True),
        Column(name="made", label="Ghi lúc", read="created_at", is_exported=False),
    ]

    def name_of(self, row):
        return row.full_name


class PeopleView(AdmittedMixin, TableView):
    needs = Action.VIEW_PEOPLE
    table_class = PeopleTable
    page_title = "Danh sách người"

    def get_rows(self):
        seen = Person.objects.within(reach(self.user, Action.VIEW_PEOPLE, "unit__"), timezone.localdate())
        return seen.order_by("pk")


urlpatterns = [path("nguoi/", PeopleView.as_view()), path("", include("config.urls"))]
