"""One indicator a page: what it asks, every score it knows, the evidence of the year, and what would raise it."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.criteria.explanation import sentences
from evaluation.criteria.inputs import measure_of
from evaluation.criteria.ladder import rungs, scores_up_to
from evaluation.dossiers import actions
from evaluation.dossiers.actions.guards import StaleError
from evaluation.dossiers.attachable import attachable
from evaluation.dossiers.forms import OwnRowForm
from evaluation.dossiers.forms.sheet import decimal_of
from evaluation.dossiers.models import Dossier, IndicatorScore
from evaluation.dossiers.raising import ways
from evaluation.dossiers.views.desk import Desk, progress
from learning.evidence.actions import declare
from learning.evidence.declaring import DeclarationForm, problem
from learning.evidence.models import Evidence
from membership.admission import user_of

_NEW = "moi"  # prefix of what is recorded anew


@dataclass(frozen=True)
class _Sheet:
    """What a page of one indicator is filled in on: the form of the score, beside the year's evidence, and that of a
    new piece of evidence."""

    request: HttpRequest
    desk: Desk
    form: OwnRowForm
    own: list[Evidence]
    new: DeclarationForm


def page(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """GET shows. POST saves, records a new piece of evidence where that was asked, and goes where ``go`` says; from
    htmx it answers with a line that says when it was saved."""
    score = _score(desk.dossier, number)
    is_sent = request.method == "POST"
    if not desk.dossier.is_writable and not is_sent:
        return redirect(f"{desk.page_url}#indicator-{number}")
    own = list(Evidence.objects.for_person_year(desk.dossier.person, desk.dossier.year))
    sent = request.POST if is_sent else None
    form = OwnRowForm(sent, score=score, criteria=desk.dossier.criteria_set, own=own)
    sheet = _Sheet(request, desk, form, own, _new(request))
    return _save(sheet) if is_sent else _show(sheet, score)


def _save(sheet: _Sheet) -> HttpResponse:
    request, desk, form = sheet.request, sheet.desk, sheet.form
    is_autosaved = request.headers.get("HX-Request") == "true"
    try:
        if not form.is_valid():
            raise ValidationError(_("Not saved: look at this indicator again."))
        actions.save_own(dossier=desk.dossier, entries=[form.entry()], by=user_of(request), at=timezone.now())
    except ValidationError as refused:
        if is_autosaved:
            return render(request, "dossiers/includes/saved.html", {"error": " ".join(refused.messages)})
        return _refused(sheet, refused)
    if is_autosaved:
        return _saved(request, desk, form.number)
    return _record(sheet) if sheet.new.is_bound else _go_on(request, desk, form.number)


def _saved(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """The line that says so; the page learns in a header what stands there now, to tell another window's saving."""
    dossier = get_object_or_404(Dossier.objects.for_own_page(), pk=desk.dossier.pk)
    context = {"saved_at": timezone.localtime(), **progress(dossier)}
    answer = render(request, "dossiers/includes/saved.html", context)
    answer["X-Seen"] = actions.mark_of(_score(dossier, number))
    return answer


def _go_on(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    numbers = [score.indicator.number for score in desk.dossier.scores.all()]
    step = {"next": 1, "back": -1}.get(request.POST.get("go", ""))
    place = numbers.index(number) + step if step else -1
    if 0 <= place < len(numbers):
        return redirect(f"{desk.indicator_url(numbers[place])}#chi-so")
    said = {"number": number, "time": timezone.localtime().strftime("%H:%M")}
    messages.success(request, _("Indicator %(number)s was saved at %(time)s.") % said)
    return redirect(f"{desk.page_url}#main")


def _refused(sheet: _Sheet, refused: ValidationError) -> HttpResponse:
    """What was typed stays on the page. Where another window saved, what it saved stands beside, and saving once more
    takes its place."""
    form, dossier = sheet.form, sheet.desk.dossier
    scores = IndicatorScore.objects.select_related("indicator__competency").prefetch_related("evidence")
    current = scores.get(dossier=dossier, indicator__number=form.number)
    is_stale = isinstance(refused, StaleError) and dossier.is_writable
    if not form.errors:
        form.add_error(None, refused)
    if is_stale:
        typed = sheet.request.POST.copy()
        typed[form.add_prefix("seen")] = actions.mark_of(current)
        form.data = typed
    return _show(sheet, current, stored=current if is_stale else None, status=422)


def _record(sheet: _Sheet) -> HttpResponse:
    """A new piece of evidence of the person's, attached here."""
    desk, new, number = sheet.desk, sheet.new, sheet.form.number
    status = problem(sheet.request, new)
    if not status and new.cleaned_data["occurred_on"].year != desk.dossier.year:
        text = _("Only what happened in %(year)s counts in this dossier.") % {"year": desk.dossier.year}
        new.add_error("occurred_on", text)
        status = 422
    evidence = None if status else _declare(sheet.request, desk.dossier, number, new)
    if evidence is None:
        score = _score(get_object_or_404(Dossier.objects.for_own_page(), pk=desk.dossier.pk), number)
        form = OwnRowForm(None, score=score, criteria=desk.dossier.criteria_set, own=sheet.own)
        return _show(replace(sheet, form=form), score, status=status or 422)
    messages.success(sheet.request, _("“%(title)s” is recorded and attached here.") % {"title": evidence.title})
    return redirect(f"{desk.indicator_url(number)}#minh-chung")


def _declare(request: HttpRequest, dossier: Dossier, number: int, new: DeclarationForm) -> Evidence | None:
    """Recorded and attached, or neither: then the form says why."""
    user, now = user_of(request), timezone.now()
    try:
        with transaction.atomic():
            evidence = declare(person=dossier.person, by=user, at=now, **new.fact_values())
            actions.attach(dossier=dossier, indicator_number=number, evidence=evidence, by=user, at=now)
            return evidence
    except ValidationError as refused:
        actions.note(refused)
        new.add_error(None, refused)
        return None


def _new(request: HttpRequest) -> DeclarationForm:
    """Bound where it is to be recorded: also where it was filled in and another button pressed, so that it is not
    lost."""
    if "record" in request.POST or request.POST.get(f"{_NEW}-title", "").strip():
        return DeclarationForm(request.POST, request.FILES, prefix=_NEW)
    return DeclarationForm(prefix=_NEW)


def _show(
    sheet: _Sheet, score: IndicatorScore, *, stored: IndicatorScore | None = None, status: int = 200
) -> HttpResponse:
    """``stored`` is what another window saved meanwhile."""
    desk, form = sheet.desk, sheet.form
    dossier, indicator, measure = desk.dossier, score.indicator, measure_of(desk.dossier.criteria_set)
    anchors = {anchor.points: anchor.text for anchor in indicator.anchors.all()}
    chosen = decimal_of(form["points"].value())
    numbers = [each.indicator.number for each in dossier.scores.all()]
    ticked = form["evidence"].value() or [] if "evidence" in form.fields else []
    rules = [rule for rule in measure.rules if rule.indicator == indicator.number]
    found = attachable(score, sheet.own, rules, ticked)
    context: dict[str, Any] = {
        "desk": desk,
        "url": desk.indicator_url(indicator.number),
        "dossier": dossier,
        "score": score,
        "indicator": indicator,
        "form": form,
        "rungs": rungs(anchors, scores_up_to(indicator.maximum, dossier.criteria_set.step), chosen),
        "is_unscored": chosen is None,
        "new": sheet.new,
        "stored": stored,
        "why": sentences(score.suggested_trace, indicator.maximum),
        "attachable": found,
        "others": sum(not one.concerns for one in found),
        "is_all_attached": all(one.is_attached for one in found if one.points) and any(one.points for one in found),
        "ways": ways(dossier, score, rules, sheet.own),
        "place": numbers.index(indicator.number) + 1,
        "breadcrumbs": desk.trail(_("Indicator %(number)s") % {"number": indicator.number}),
        **progress(dossier),
    }
    return render(sheet.request, "dossiers/indicator.html", context, status=status)


def _score(dossier: Dossier, number: int) -> IndicatorScore:
    found = next((score for score in dossier.scores.all() if score.indicator.number == number), None)
    if found is None:
        raise Http404
    return found
