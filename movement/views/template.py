"""The province's template: what it asks of each unit of a level, each year."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ChoiceFilter, FilterSet

from interface.refusals import told_in_form
from interface.tables import Column, Empty, RowAction, Table, TableView, each
from membership.admission import AdmittedMixin, admit, private_form, user_of
from membership.policy import Action
from movement import actions
from movement.forms.plans import TemplateTaskForm
from movement.models import Level, TemplateTask
from movement.views.pages import Trail, form_page
from movement.views.plans import plans_trail


class LevelFilters(FilterSet):
    cap = ChoiceFilter(
        label=gettext_lazy("For whom"), field_name="level", choices=Level.choices, empty_label=gettext_lazy("All")
    )


def _remove(row: Any, _said: dict[str, Any], request: HttpRequest) -> None:
    actions.remove_template_task(task=row, by=user_of(request), at=timezone.now())


class TemplateTable(Table):
    caption = gettext_lazy("Tasks of the template")
    filename = "mau-ke-hoach"
    per_page = 100
    filters_class = LevelFilters
    row_address = "movement:template_task"
    empty = Empty(gettext_lazy("No tasks yet"), illustration="notebook")
    actions = [RowAction(name="remove", label=gettext_lazy("Take out of the template"), icon="x", run=each(_remove))]
    columns = [
        Column(name="title", label=gettext_lazy("What is to be done"), is_heading=True,
               note=lambda row: _("Clause %(clause)s") % {"clause": row.clause} if row.clause else ""),
        Column(name="level", label=gettext_lazy("For whom"), read="get_level_display"),
        Column(name="by", label=gettext_lazy("By when"), read=lambda row: f"{row.day:02d}/{row.month:02d}"),
        Column(name="leads", label=gettext_lazy("Who leads"), note="helps"),
        Column(name="clause", label=gettext_lazy("Clause"), is_shown=False),
        Column(name="helps", label=gettext_lazy("Who helps"), is_shown=False),
    ]  # fmt: skip


class TemplateView(AdmittedMixin, TableView):
    needs = Action.MANAGE_CRITERIA
    table_class = TemplateTable
    template_name = "movement/template.html"
    page_title = gettext_lazy("Template of work plans")
    lede = gettext_lazy(
        "What units find in a plan that they open with the template. Plans that are open stay as they are."
    )

    def get_rows(self) -> Any:
        return TemplateTask.objects.all()

    def get_breadcrumbs(self) -> Trail:
        return plans_trail((_("Template"), ""))


@private_form
def template_task(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new one without a key."""
    user = admit(request, Action.MANAGE_CRITERIA)
    task = get_object_or_404(TemplateTask, pk=pk) if pk else None
    form = TemplateTaskForm(request.POST or None, instance=task)
    if request.method == "POST" and form.is_valid():
        with told_in_form(form, denied=""):
            actions.keep_template_task(task=form.save(commit=False), by=user, at=timezone.now())
            messages.success(request, _("The template is saved."))
            return redirect("movement:template")
    title = task.title if task else _("A new task of the template")
    return form_page(request, form, title, plans_trail((_("Template"), reverse("movement:template")), (title, "")),
                     label=_("Save"))  # fmt: skip
