"""The inventory of processing, for the province, and the annex that prints from it."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interface.tables import Column, Table, TableView
from interface.vietnamese import fold
from membership.admission import AdmittedMixin, admit
from membership.policy import Action
from papers.files import paper_response
from privacy.inventory import Line, lines
from privacy.papers import annex_of_processing
from privacy.views.requests import trail
from work.processing import Basis


class InventoryForm(forms.Form):
    basis = forms.ChoiceField(label=_("Legal basis"), choices=[("", _("Every basis")), *Basis.choices], required=False)
    q = forms.CharField(label=_("Words in it"), max_length=120, required=False)


class InventoryFilters:
    """A filter set of the table's over lines that stand in no table of the database."""

    def __init__(self, asked: QueryDict, queryset: list[Line], request: HttpRequest) -> None:
        self.form, self.lines = InventoryForm(asked), queryset

    def is_valid(self) -> bool:
        """There is always an answer: of what cannot be read, that nothing is like it."""
        return True

    @property
    def qs(self) -> list[Line]:
        if not self.form.is_valid():
            return []
        words, basis = fold(self.form.cleaned_data["q"]), self.form.cleaned_data["basis"]
        return [line for line in self.lines if basis in ("", line.processing.basis) and words in fold(line.told)]


class InventoryTable(Table):
    caption = _("What is kept about people, why and how long")
    filters_class = InventoryFilters
    filename = "danh-muc-xu-ly-du-lieu-ca-nhan"
    per_page = 50
    columns = [
        Column(name="name", label=_("Processing"), read="processing.name", note="processing.data", is_heading=True),
        Column(name="data", label=_("Data"), read="processing.data", is_shown=False),
        Column(name="purpose", label=_("Purpose"), read="processing.purpose"),
        Column(name="basis", label=_("Legal basis")),
        Column(name="retention", label=_("Kept until")),
        Column(name="ends", label=_("Ended by, or not by a clock, because")),
        Column(name="withheld", label=_("Not taken along, because")),
        Column(name="kept", label=_("Stays after an erasure, because")),
        Column(name="withheld_of_each", label=_("Fields not taken along, and why"), is_shown=False),
        Column(name="kept_of_each", label=_("Fields that stay after an erasure, and why"), is_shown=False),
        Column(name="fields", label=_("Fields of the database"), is_shown=False),
    ]


class InventoryView(AdmittedMixin, TableView):
    needs = Action.PROTECT_DATA
    table_class = InventoryTable
    template_name = "privacy/inventory.html"
    page_title = _("Inventory of processing")
    lede = _(
        "Drawn from the site's own tables: what is kept about people and not declared here does not pass its checks."
    )

    def get_rows(self) -> list[Line]:
        return lines()

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return trail(str(self.page_title))


@login_required
def annex(request: HttpRequest, kind: str) -> HttpResponse:
    admit(request, Action.PROTECT_DATA)
    paper = annex_of_processing(timezone.localdate())
    return paper_response(paper, "phu-luc-xu-ly-du-lieu-ca-nhan", kind)
