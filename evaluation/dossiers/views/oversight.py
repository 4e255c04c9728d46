"""Above the bodies: appeals, inspection by lot, and what stands out in a year, unit by unit."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evaluation.dossiers import actions
from evaluation.dossiers.forms import AnswerForm, FindingForm, SampleForm
from evaluation.dossiers.models import Appeal, InspectionSample
from evaluation.dossiers.outliers import FEW, Standing, spread_of, standing_out
from evaluation.dossiers.views.trails import Trail, office_trail
from interface.refusals import told_in_form, told_on_page
from interface.tables import NOTHING, Column, Empty, Table, TableView, mark
from interface.years import year_asked
from membership.admission import AdmittedMixin, admit
from membership.models import User
from membership.policy import Action

_WORDS = {
    "all_pass": gettext_lazy("everyone passed"),
    "never_differs": gettext_lazy("no score was ever changed"),
    "beyond": gettext_lazy("far above what evidence suggests"),
    "alike": gettext_lazy("same scores and notes"),
    "hasty": gettext_lazy("decided very fast"),
}


def _due(appeal: Appeal) -> SafeString:
    day = format_html("<span>{}</span>", date_format(appeal.due_on, "d/m/Y"))
    is_overdue = appeal.is_open and appeal.due_on < timezone.localdate()
    return format_html("{} {}", day, mark(_("Overdue"), "warning")) if is_overdue else day


def _answered(appeal: Appeal) -> str:
    return _("Not answered yet") if appeal.is_open else appeal.get_outcome_display()


class AppealTable(Table):
    caption = gettext_lazy("Appeals")
    filename = "khieu-nai"
    names_people = True
    row_address = "dossiers:appeal"
    empty = Empty(
        gettext_lazy("No appeals"),
        gettext_lazy(
            "When somebody does not accept a refusal, their appeal comes here with the day by which you answer."
        ),
        illustration="scales",
    )
    columns = [
        Column(name="person", label=gettext_lazy("Person"), read="dossier.person", is_heading=True,
               order=["dossier__person__sort_key"]),
        Column(name="unit", label=gettext_lazy("Unit"), read="dossier.unit", order=["dossier__unit__path"]),
        Column(name="received", label=gettext_lazy("Received"), read=lambda row: timezone.localdate(row.filed_at),
               order=["filed_at"]),
        Column(name="due", label=gettext_lazy("To be answered by"), read="due_on", show=_due, order=["due_on"]),
        Column(name="answer", label=gettext_lazy("Answer"), read=_answered),
    ]  # fmt: skip


class AppealsView(AdmittedMixin, TableView):
    needs = Action.HEAR_APPEALS
    table_class = AppealTable
    page_title = gettext_lazy("Appeals")

    def get_rows(self) -> Any:
        return Appeal.objects.for_list(self.user)

    def get_breadcrumbs(self) -> Trail:
        return office_trail(_("Appeals"))


@login_required
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    user = admit(request, Action.HEAR_APPEALS)
    found = get_object_or_404(Appeal.objects.for_list(user), pk=pk)
    form = AnswerForm(request.POST or None) if found.is_open else None
    if form is not None and request.method == "POST" and form.is_valid() and _answer(request, user, found, form):
        return redirect("dossiers:appeals")
    trail = office_trail(_("Appeals"), "dossiers:appeals", found.dossier.person.full_name)
    return render(request, "dossiers/appeal.html", {"appeal": found, "form": form, "breadcrumbs": trail})


class SampleTable(Table):
    caption = gettext_lazy("Samples")
    filename = "mau-kiem-tra"
    row_address = "dossiers:sample"
    columns = [
        Column(name="unit", label=gettext_lazy("Unit"), order=["unit__path"], is_heading=True),
        Column(name="year", label=gettext_lazy("Year"), order=["year"]),
        Column(name="stage", label=gettext_lazy("Point of sampling"), read="get_stage_display", order=["stage"]),
        Column(name="seed", label=gettext_lazy("Seed"), show=lambda row: format_html("<code>{}</code>", row.seed)),
        Column(
            name="inspected", label=gettext_lazy("Inspected"), order=["inspected"],
            show=lambda row: _("%(done)s of %(size)s, drawn from %(population)s")
            % {"done": row.inspected, "size": row.size, "population": row.population},
        ),
        Column(name="doubtful", label=gettext_lazy("Not borne out"), order=["doubtful"]),
    ]  # fmt: skip


class SamplesView(AdmittedMixin, TableView):
    """What was drawn; posting draws."""

    needs = Action.INSPECT
    table_class = SampleTable
    template_name = "dossiers/samples.html"
    page_title = gettext_lazy("Inspection by lot")
    lede = gettext_lazy(
        "Dossiers are drawn by lot, decided ones or those still in review. The seed is kept, so that anyone can draw "
        "again and get the same ones. What is found of a dossier in review stands on its page before the body decides."
    )

    def get_rows(self) -> Any:
        return InspectionSample.objects.for_list(self.user)

    def get_breadcrumbs(self) -> Trail:
        return office_trail(_("Inspection"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SampleForm(request.POST, user=self.user)
        if form.is_valid():
            with told_in_form(form):
                drawn = actions.draw_sample(**form.cleaned_data, by=self.user, at=timezone.now())
                return redirect("dossiers:sample", pk=drawn.pk)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"form": SampleForm(None, user=self.user)} | super().get_context_data(**kwargs)


@login_required
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    user = admit(request, Action.INSPECT)
    found = get_object_or_404(InspectionSample.objects.for_page(user), pk=pk)
    rows = list(found.lines.all())
    if request.method == "POST":
        return _note(request, user, found, rows)
    trail = office_trail(_("Inspection"), "dossiers:samples", found.unit.name)
    context = {"sample": found, "rows": [(row, _finding_form(row, None)) for row in rows], "breadcrumbs": trail}
    return render(request, "dossiers/sample.html", context)


def _answer(request: HttpRequest, user: User, found: Appeal, form: AnswerForm) -> bool:
    is_granted = form.cleaned_data["outcome"] == Appeal.Outcome.GRANTED
    with told_in_form(form, denied=""):
        actions.answer_appeal(
            appeal=found, is_granted=is_granted, answer=form.cleaned_data["answer"], by=user, at=timezone.now()
        )
        messages.success(request, _("The appeal is answered; the person reads your reasons."))
    return form.is_valid()


def _note(request: HttpRequest, user: User, found: InspectionSample, rows: list[Any]) -> HttpResponse:
    line = next((row for row in rows if str(row.pk) == request.POST.get("line")), None)
    form = _finding_form(line, request) if line is not None else None
    if line is None or form is None or not form.is_valid():
        messages.error(request, _("Say whether the evidence bears out the scores."))
        return redirect("dossiers:sample", pk=found.pk)
    with told_on_page(request, denied=""):
        actions.note_finding(line=line, by=user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The finding is noted."))
    return redirect("dossiers:sample", pk=found.pk)


def _finding_form(line: Any, request: HttpRequest | None) -> FindingForm:
    initial = {"finding": line.finding, "note": line.note}
    return FindingForm(request.POST if request else None, prefix=str(line.pk), initial=initial)


def _recognised(row: Standing) -> str:
    if row.pass_rate is None:
        return _("None decided yet")
    told = f"{row.recognised}/{row.decided} ({row.pass_rate:.0f} %)"
    if not row.revoked:
        return told
    revoked = ngettext("%(number)s title revoked", "%(number)s titles revoked", row.revoked)
    return f"{told}; {revoked % {'number': row.revoked}}"


def _mean(mean: Decimal | None) -> str:
    return NOTHING if mean is None else number_format(mean, 2)


def _words(row: Standing) -> list[str]:
    return [str(_WORDS[name]) for name in row.marks]


def _marks(row: Standing) -> str:
    return format_html_join(" ", "{}", ((mark(word, "warning"),) for word in _words(row)))


class OutlierTable(Table):
    caption = gettext_lazy("Units")
    filename = "diem-bat-thuong"
    empty = Empty(
        gettext_lazy("No dossiers yet"),
        gettext_lazy("Units appear here once their people have handed in dossiers of this year."),
        illustration="folder",
    )
    columns = [
        Column(name="unit", label=gettext_lazy("Unit"), note="commune", is_heading=True,
               order=lambda row: row.unit.path),
        Column(name="commune", label=gettext_lazy("Commune"), is_shown=False),
        Column(name="recognised", label=gettext_lazy("Recognised of decided"), read=_recognised,
               order=lambda row: row.pass_rate),
        Column(name="difference", label=gettext_lazy("Own less reviewed, on average"), is_number=True,
               show=lambda row: _mean(row.difference), order=lambda row: row.difference),
        Column(name="beyond", label=gettext_lazy("Reviewed less suggested, on average"), is_number=True,
               show=lambda row: _mean(row.beyond), order=lambda row: row.beyond),
        Column(name="alike", label=gettext_lazy("Identical dossiers"), is_number=True, order=lambda row: row.alike),
        Column(name="seconds", label=gettext_lazy("Seconds for a decision"), is_number=True,
               order=lambda row: row.seconds),
        Column(name="marks", label=gettext_lazy("Stands out"), read=lambda row: "; ".join(_words(row)),
               show=_marks, order=lambda row: len(row.marks)),
    ]  # fmt: skip


class OutliersView(AdmittedMixin, TableView):
    needs = Action.INSPECT
    table_class = OutlierTable
    template_name = "dossiers/outliers.html"
    page_title = gettext_lazy("What stands out")
    lede = gettext_lazy(
        "Figures to ask about, not faults found. A good chapter may pass everyone; somebody should have looked."
    )

    @property
    def years(self) -> range:
        this_year = timezone.localdate().year
        return range(this_year, this_year - 5, -1)

    @cached_property
    def year(self) -> int:
        return year_asked(self.request, self.years)

    @cached_property
    def standings(self) -> list[Standing]:
        return standing_out(self.user, self.year)

    def get_rows(self) -> list[Standing]:
        return self.standings

    def get_breadcrumbs(self) -> Trail:
        return office_trail(_("What stands out"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        picture = {
            "spread": spread_of(self.standings),
            "few": FEW,
            "left_out": sum(row.decided < FEW for row in self.standings),
            "standing_out": sum(bool(row.marks) and row.decided >= FEW for row in self.standings),
        }
        return super().get_context_data(**kwargs) | picture | {"year": self.year, "years": self.years}
