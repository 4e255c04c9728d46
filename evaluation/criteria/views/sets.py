"""Sets of criteria: the list, one set, two side by side, new versions, who would change if a draft were in force, and
putting it in force."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.criteria import actions
from evaluation.criteria.bulk import program_of
from evaluation.criteria.comparison import changes, compare
from evaluation.criteria.explanation import rule_sentence
from evaluation.criteria.forms import HoldsForm, NewVersionForm, PassRuleForm
from evaluation.criteria.models import CriteriaSet, Indicator, Preview, PreviewLine
from evaluation.criteria.tasks import try_out
from evaluation.criteria.views.reached import officer, trail, whole_set
from interface.refusals import told_in_form, told_on_page
from membership.models import TargetGroup

PEOPLE_ON_A_PAGE = 50


@login_required
def sets(request: HttpRequest) -> HttpResponse:
    """All of them; and, asked for a group in a unit on a day, the one that holds there."""
    user = officer(request)
    found = list(CriteriaSet.objects.within_reach(user).for_listing())
    groups = [("", _("Frame for all groups")), *TargetGroup.choices]
    asking = HoldsForm(request.GET if "group" in request.GET else None, user=user, initial={"day": timezone.localdate})
    context = {
        "groups": [(label, [one for one in found if one.group == group]) for group, label in groups],
        "asking": asking,
        "is_asked": asking.is_bound and asking.is_valid(),
        "holding": CriteriaSet.objects.for_person(**asking.cleaned_data) if asking.is_valid() else None,
        "breadcrumbs": trail(),
    }
    return render(request, "criteria/sets.html", context)


@login_required
def one_set(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows; POST changes a draft's pass rule."""
    criteria_set = whole_set(request, pk)
    form = PassRuleForm(request.POST or None, instance=criteria_set) if criteria_set.is_draft else None
    if request.method == "POST" and form is not None and form.is_valid():
        actions.save_part(part=form.save(commit=False), by=officer(request), at=timezone.now())
        messages.success(request, _("The draft has been saved."))
        return redirect("criteria:set", pk=pk)
    context = {
        "criteria_set": criteria_set,
        "indicators": _with_sentences(criteria_set),
        "form": form,
        "breadcrumbs": trail(whole_set(request, pk)) if form else trail(criteria_set),
    }
    return render(request, "criteria/set.html", context, status=422 if form and form.errors else 200)


@login_required
def compared(request: HttpRequest, pk: int) -> HttpResponse:
    """With the set it descends from, or another of the officer's choice."""
    criteria_set = whole_set(request, pk)
    others = CriteriaSet.objects.within_reach(officer(request)).exclude(pk=pk).order_by("group", "-valid_from", "-pk")
    chosen = request.GET.get("voi", "")
    other_key = int(chosen) if chosen.isdecimal() else criteria_set.parent_id
    other = whole_set(request, other_key) if other_key else None
    sections = compare(other, criteria_set) if other else []
    context = {
        "criteria_set": criteria_set,
        "other": other,
        "others": others,
        "sections": sections,
        "changes": changes(sections),
        "is_whole": "tat-ca" in request.GET,
        "breadcrumbs": trail(criteria_set, (_("Side by side"), "")),
    }
    return render(request, "criteria/compared.html", context)


@login_required
def new_version(request: HttpRequest, pk: int) -> HttpResponse:
    criteria_set = whole_set(request, pk)
    form = NewVersionForm(request.POST or None, user=officer(request))
    if request.method == "POST" and form.is_valid():
        with told_in_form(form):
            draft = actions.draft_from(
                criteria_set=criteria_set, by=officer(request), at=timezone.now(), **form.cleaned_data
            )
            return redirect("criteria:set", pk=draft.pk)
    context = {"criteria_set": criteria_set, "form": form, "breadcrumbs": trail(criteria_set, (_("New version"), ""))}
    return render(request, "criteria/new_version.html", context, status=422 if form.errors else 200)


@login_required
def put_in_force(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once more, with what the preview found."""
    criteria_set = whole_set(request, pk)
    if request.method == "POST":
        with told_on_page(request):
            actions.put_in_force(criteria_set=criteria_set, by=officer(request), at=timezone.now())
            messages.success(request, _("The criteria set is in force from its first day."))
        return redirect("criteria:set", pk=pk)
    context = {
        "criteria_set": criteria_set,
        "superseded": CriteriaSet.objects.superseded_by(criteria_set, timezone.localdate()),
        "preview": Preview.objects.filter(criteria_set=criteria_set).first(),
        "breadcrumbs": trail(criteria_set, (_("Put in force"), "")),
    }
    return render(request, "criteria/put_in_force.html", context)


@login_required
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows what was found; POST asks anew."""
    criteria_set = whole_set(request, pk)
    if request.method == "POST":
        return _ask(request, criteria_set)
    found = Preview.objects.filter(criteria_set=criteria_set).select_related("compared_with").first()
    lines = PreviewLine.objects.filter(preview=found).for_preview() if found else PreviewLine.objects.none()
    page = Paginator(lines, PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    numbers = [indicator.number for indicator in criteria_set.indicators.all()]
    context = {
        "criteria_set": criteria_set,
        "preview": found,
        "is_outdated": found is not None and found.fingerprint != program_of(criteria_set).fingerprint,
        "page": page,
        "lines": [(line, line.moved(numbers)) for line in page],
        "breadcrumbs": trail(criteria_set, (_("Try out"), "")),
    }
    return render(request, "criteria/preview.html", context)


def _with_sentences(criteria_set: CriteriaSet) -> list[tuple[Indicator, list[str]]]:
    return [(one, [rule_sentence(rule) for rule in one.rules.all()]) for one in criteria_set.indicators.all()]


def _ask(request: HttpRequest, criteria_set: CriteriaSet) -> HttpResponse:
    with told_on_page(request):
        asked = actions.ask_preview(criteria_set=criteria_set, by=officer(request), at=timezone.now())
        try_out.enqueue(asked.pk)
    return redirect("criteria:preview", pk=criteria_set.pk)
