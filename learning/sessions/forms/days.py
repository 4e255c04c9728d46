"""Days of a session whose hours differ: a row each, added and taken away without a script."""

import datetime
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from learning.sessions.duration import Period
from learning.sessions.models import Session

MOST_DAYS = 60


class DayForm(forms.Form):
    """An empty row says nothing."""

    day = forms.DateField(
        label=gettext_lazy("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    begins = forms.TimeField(
        label=pgettext_lazy("time of day", "From"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    ends = forms.TimeField(
        label=pgettext_lazy("time of day", "Until"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    is_out = forms.BooleanField(label=gettext_lazy("Take this day out"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        given = [values.get(name) for name in ("day", "begins", "ends")]
        if values["is_out"]:
            self._errors = type(self.errors)()
        elif not self.errors and None in given and any(one is not None for one in given):
            self.add_error("day", _("Give the day and its hours, or take it out."))
        elif not self.errors and given[1] is not None and given[2] <= given[1]:
            self.add_error("ends", _("It must end after it begins."))
        return values

    def period(self) -> Period | None:
        """Of a valid row."""
        said = self.cleaned_data
        if said["is_out"] or said["day"] is None:
            return None
        return moment(said["day"], said["begins"]), moment(said["day"], said["ends"])


class Days(forms.BaseFormSet):
    def with_those(self, periods: list[Period]) -> list[Period]:
        """Of a day that stands here the hours are these."""
        own = [period for form in self.forms if (period := form.period())]
        days = {begins.date() for begins, _ends in own}
        return sorted([period for period in periods if period[0].date() not in days] + own)

    def typed(self) -> list[dict[str, Any]]:
        """As they were typed, for the same form with a row more."""
        rows = [{name: form[name].value() for name in form.fields} for form in self.forms]
        return [row for row in rows if not row["is_out"]]


def days_form(data: Any = None, initial: list[dict[str, Any]] | None = None, extra: int = 0) -> Days:
    made = forms.formset_factory(DayForm, formset=Days, extra=extra, max_num=MOST_DAYS, absolute_max=MOST_DAYS)
    return cast(Days, made(data, initial=initial, prefix="days"))


def said_of_days(session: Session) -> list[dict[str, Any]]:
    """First what stands in the form itself, for only there a night may lie between; then a row for each other day."""
    periods = session.periods if session.days.all() else [_whole(session)]
    main = max(periods, key=lambda period: period[1].date() > period[0].date())
    return [
        {"day": begins.date(), "begins": begins.time(), "last_day": ends.date(), "ends": ends.time()}
        for begins, ends in sorted(periods, key=lambda period: period != main)
    ]


def moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, time), timezone.get_default_timezone())


def _whole(session: Session) -> Period:
    return timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
