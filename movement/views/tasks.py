"""One task of a unit's plan: what is to be done, what came of it, with papers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from interface.refusals import told_in_form
from learning.evidence.files import given_out
from membership.admission import admit, private_form, private_page, private_post
from membership.models import User
from membership.policy import Action, may
from movement import actions
from movement.forms.acts import ActForm
from movement.forms.plans import PaperForm, TaskForm
from movement.models import PlanFile, PlanTask, WorkPlan
from movement.views.pages import Trail, form_page
from movement.views.plans import plans_trail

Act = PlanTask.Act


@private_form
def add_task(request: HttpRequest, pk: int) -> HttpResponse:
    user = admit(request, Action.SEND_REPORTS)
    plan = get_object_or_404(WorkPlan.objects.visible_to(user), pk=pk)
    admit(request, Action.SEND_REPORTS, plan.unit)
    form = TaskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in_form(form, denied=""):
            actions.add_task(plan=plan, task=form.said(), by=user, at=timezone.now())
            messages.success(request, _("The task stands in the plan."))
            return redirect("movement:plan", pk=pk)
    return form_page(request, form, _("A task of your own"), _trail(plan, _("A task of your own")), label=_("Save"))


@private_form
def edit_task(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = _own(request, pk)
    form = TaskForm(request.POST or None, instance=task)
    if request.method == "POST" and "remove" in request.POST:
        actions.remove_task(task=task, by=user, at=timezone.now())
        messages.success(request, _("The task is taken out of the plan."))
        return redirect("movement:plan", pk=task.plan_id)
    if request.method == "POST" and form.is_valid():
        with told_in_form(form, denied=""):
            actions.change_task(task=task, said=form.said(), by=user, at=timezone.now())
            messages.success(request, _("The changes are saved."))
            return redirect("movement:task", pk=pk)
    context = {"form": form, "task": task, "breadcrumbs": _trail(task.plan, _("Change the task"))}
    return render(request, "movement/edit_task.html", context, status=422 if form.errors else 200)


@private_form
def task(request: HttpRequest, pk: int) -> HttpResponse:
    user = admit(request, Action.VIEW_FIGURES)
    found = get_object_or_404(PlanTask.objects.for_list(user), pk=pk)
    can_plan = may(user, Action.SEND_REPORTS, found.plan.unit)
    form = ActForm(request.POST or None, acts=[(act, Act(act).label) for act in found.acts]) if can_plan else None
    if form is not None and request.method == "POST" and form.is_valid():
        with told_in_form(form, denied=""):
            actions.act_on_task(task=found, by=user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Done: it stands below."))
            return redirect("movement:task", pk=pk)
    context = {
        "task": found,
        "form": form,
        "papers": found.files.all(),
        "breadcrumbs": _trail(found.plan, found.title),
    }
    return render(request, "movement/task.html", context, status=422 if form is not None and form.errors else 200)


@private_form
def add_paper(request: HttpRequest, pk: int) -> HttpResponse:
    found, user = _own(request, pk)
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with told_in_form(form, denied=""):
            actions.add_paper(task=found, by=user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("It is added."))
            return redirect("movement:task", pk=pk)
    return form_page(request, form, _("Add a paper"), _trail(found.plan, _("Add a paper")), found.title, _("Add"))


@private_page
def paper_file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponseBase:
    user = admit(request, Action.VIEW_FIGURES)
    found = get_object_or_404(PlanTask.objects.visible_to(user), pk=pk)
    paper = get_object_or_404(PlanFile, pk=file_pk, task=found)
    return given_out(paper.file, paper.name, paper.content_type)


@private_post
def remove_paper(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    found, user = _own(request, pk)
    paper = get_object_or_404(PlanFile.objects.select_related("task__plan__unit"), pk=file_pk, task=found)
    actions.remove_paper(paper=paper, by=user, at=timezone.now())
    messages.success(request, _("It is taken away."))
    return redirect("movement:task", pk=pk)


def _own(request: HttpRequest, pk: int) -> tuple[PlanTask, User]:
    """404 for who may not plan there."""
    user = admit(request, Action.SEND_REPORTS)
    found = get_object_or_404(PlanTask.objects.for_list(user), pk=pk)
    return found, admit(request, Action.SEND_REPORTS, found.plan.unit)


def _trail(plan: WorkPlan, last: str) -> Trail:
    return plans_trail((str(plan), reverse("movement:plan", args=[plan.pk])), (last, ""))
