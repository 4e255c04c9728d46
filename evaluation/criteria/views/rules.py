"""The editor of a draft's rules: one indicator at a time, one rule at a time."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from evaluation.criteria import actions
from evaluation.criteria.explanation import rule_sentence
from evaluation.criteria.forms import AnchorsForm, CapsForm, RuleForm
from evaluation.criteria.models import EvidenceRule, Indicator
from evaluation.criteria.views.reached import draft_indicator, indicator_step, officer, trail
from interface.refusals import told_in_form


@login_required
def indicator(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """GET shows rules, caps and anchors; POST saves the caps."""
    edited = draft_indicator(request, pk, number)
    form = CapsForm(request.POST or None, indicator=edited)
    if request.method == "POST" and form.is_valid():
        actions.save_caps(
            indicator=edited,
            evidence_cap=form.cleaned_data["evidence_cap"],
            kind_caps=form.kind_caps,
            by=officer(request),
            at=timezone.now(),
        )
        messages.success(request, _("The caps have been saved."))
        return redirect("criteria:indicator", pk=pk, number=number)
    return _show(request, edited, form, AnchorsForm(indicator=edited))


@login_required
@require_POST
def anchors(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    edited = draft_indicator(request, pk, number)
    form = AnchorsForm(request.POST, indicator=edited)
    if not form.is_valid():
        return _show(request, edited, CapsForm(indicator=edited), form)
    actions.save_anchors(indicator=edited, texts=form.texts, by=officer(request), at=timezone.now())
    messages.success(request, _("What the scores look like has been saved in the draft."))
    return redirect("criteria:indicator", pk=pk, number=number)


def _show(request: HttpRequest, edited: Indicator, form: CapsForm, anchors_form: AnchorsForm) -> HttpResponse:
    context = {
        "indicator": edited,
        "rules": [(rule, rule_sentence(rule)) for rule in edited.rules.all()],
        "form": form,
        "anchors_form": anchors_form,
        "numbers": edited.criteria_set.indicators.values_list("number", flat=True),
        "breadcrumbs": trail(edited.criteria_set, indicator_step(edited, is_last=True)),
    }
    wrong = form.errors or anchors_form.errors
    return render(request, "criteria/indicator.html", context, status=422 if wrong else 200)


@login_required
def add_rule(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    edited = draft_indicator(request, pk, number)
    return _edit(request, edited, EvidenceRule(indicator=edited), _("Add a rule"))


@login_required
def edit_rule(request: HttpRequest, pk: int, number: int, rule: int) -> HttpResponse:
    edited = draft_indicator(request, pk, number)
    return _edit(request, edited, get_object_or_404(edited.rules, pk=rule), _("Change the rule"))


@login_required
@require_POST
def remove_rule(request: HttpRequest, pk: int, number: int, rule: int) -> HttpResponse:
    edited = draft_indicator(request, pk, number)
    actions.remove_part(part=get_object_or_404(edited.rules, pk=rule), by=officer(request), at=timezone.now())
    messages.success(request, _("The rule has been removed from the draft."))
    return redirect("criteria:indicator", pk=pk, number=number)


def _edit(request: HttpRequest, edited: Indicator, rule: EvidenceRule, title: str) -> HttpResponse:
    form = RuleForm(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid():
        with told_in_form(form):
            actions.save_part(part=form.save(commit=False), by=officer(request), at=timezone.now())
            messages.success(request, _("The rule has been saved in the draft."))
            return redirect("criteria:indicator", pk=edited.criteria_set_id, number=edited.number)
    context = {
        "indicator": edited,
        "rule": rule,
        "form": form,
        "title": title,
        "topics": _known_topics(),
        "breadcrumbs": trail(edited.criteria_set, indicator_step(edited), (title, "")),
    }
    return render(request, "criteria/rule.html", context, status=422 if form.errors else 200)


def _known_topics() -> list[tuple[str, str]]:
    """Slug and name of every topic that some rule asks for."""
    rules = EvidenceRule.objects.exclude(topic="").order_by("topic")
    return list(rules.values_list("topic", "topic_name").distinct())
