"""The secretary's list of whom to tell by word of mouth: to be ticked here, or printed and ticked afterwards."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from interface.tables import Column, Empty, Outcome, RowAction, Table, TableView
from membership.admission import AdmittedMixin, admit, highest_unit, private_page, user_of
from membership.policy import Action
from notices.actions.saying import tell_by_mouth
from notices.mouth import printed, to_tell, with_words
from papers.files import paper_response


class ToldForm(forms.Form):
    until = forms.DateTimeField(
        label=gettext_lazy("As of when is the list?"),
        initial=timezone.now,
        # To the second: what came in this very minute stands on the list, and is told with it.
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": 1}, format="%Y-%m-%dT%H:%M:%S"),
    )


def _tell(rows: Sequence[Any], said: dict[str, Any], request: HttpRequest) -> Outcome:
    unit = highest_unit(request, Action.ASSIST)
    people = [row.pk for row in rows]
    return Outcome(tell_by_mouth(unit=unit, people=people, until=said["until"], by=user_of(request), at=timezone.now()))


def _words(person: Any) -> str:
    return " ".join(person.to_say) or _("Nothing any more: it is done meanwhile.")


class ToTellTable(Table):
    caption = gettext_lazy("Whom to tell by word of mouth")
    per_page = 50
    empty = Empty(
        gettext_lazy("Nobody is to be told by word of mouth"),
        gettext_lazy("Who has no e-mail address, and for whom there is news, appears here."),
    )
    actions = [RowAction(name="told", label=gettext_lazy("They have been told"), run=_tell, form_class=ToldForm)]
    columns = [
        Column(name="person", label=gettext_lazy("Person"), read="full_name", note="code", is_heading=True),
        Column(name="born", label=gettext_lazy("Birth year"), read="birth_year", is_number=True),
        Column(name="unit", label=gettext_lazy("Unit"), read="home_unit_name"),
        Column(name="words", label=gettext_lazy("What to tell"), read=_words),
    ]

    def rows_of(self, page: Iterable[Any]) -> Iterable[Any]:
        return with_words(page, timezone.now())


class ToTellView(AdmittedMixin, TableView):
    needs = Action.ASSIST
    table_class = ToTellTable
    template_name = "notices/mouth.html"
    page_title = gettext_lazy("To be told by word of mouth")
    lede = gettext_lazy(
        "These people of your units have no e-mail address, or letters to it come back. Tell each of them alone; of "
        "what concerns nobody else it only says that there is news."
    )

    def get_rows(self) -> Any:
        day = timezone.localdate()
        return to_tell(self.user, timezone.now()).home_unit_on(day)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [(_("Notices"), reverse("notices:inbox")), (_("To be told by word of mouth"), "")]


@private_page
def print_list(request: HttpRequest) -> HttpResponse:
    """The log says who took such a list away."""
    user = admit(request, Action.ASSIST)
    unit, at = highest_unit(request, Action.ASSIST), timezone.now()
    paper = printed(unit, to_tell(user, at), at)
    rows = len(paper.table.rows) if paper.table else 0
    log(instance=unit, action="notices.print_list", user=user, title=unit.name, data={"people": rows})
    return paper_response(paper, "nguoi-can-bao-mieng", "pdf")
