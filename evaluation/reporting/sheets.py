"""A unit's figures as tables for office programs."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evaluation.reporting.figures import Figure, Overview
from evaluation.reporting.lineage import lineage_of
from interface.sheets import Sheet, Value


def targets_sheet(overview: Overview) -> Sheet:
    """The plan's targets for the unit: a line each, with what was counted over what."""
    return Sheet(
        name=_("Targets"),
        lines=_lines(overview),
        headings=[
            _("Target"),
            _("Goal (%)"),
            _("Until"),
            _("Numerator"),
            _("What the numerator counts"),
            _("Denominator"),
            _("What the denominator counts"),
            _("Reached (%)"),
            _("Source"),
        ],
        rows=[_target_row(figure) for figure in overview.figures],
    )


def units_sheet(overview: Overview) -> Sheet:
    """The unit on the first line, then each unit beneath it."""
    headings = [_("Unit"), _("Code")]
    for figure in overview.figures:
        label = str(figure.definition.label)
        headings += [f"{label}: {_('numerator')}", f"{label}: {_('denominator')}", f"{label}: %"]
    rows = [_unit_row(overview.unit.name, overview.unit.code, overview.figures)]
    for row in overview.rows:
        name = row.unit.name if row.unit else _("Directly in this unit")
        rows.append(_unit_row(name, row.unit.code if row.unit else "", row.figures))
    return Sheet(name=_("By unit"), lines=_lines(overview), headings=headings, rows=rows)


def _lines(overview: Overview) -> list[str]:
    day = date_format(overview.cutoff.day, "d/m/Y")
    counted = _("Provisional, counted up to %(day)s") if overview.cutoff.is_provisional else _("Counted up to %(day)s")
    return [
        _("Targets of the plan: %(unit)s, %(year)s") % {"unit": overview.unit.name, "year": overview.year},
        counted % {"day": day},
        *([_("Very much has changed; these figures are from before.")] if overview.cutoff.is_behind else []),
        _("By the map of units of %(day)s") % {"day": date_format(overview.by.day, "d/m/Y")},
        *lineage_of(overview).undivided,
    ]


def _target_row(figure: Figure) -> list[Value]:
    definition = figure.definition
    return [
        str(definition.label),
        figure.percent_goal,
        figure.until,
        figure.numerator,
        str(definition.numerator_words),
        _known(figure.denominator),
        str(definition.denominator_words),
        _known(figure.share),
        figure.source,
    ]


def _unit_row(name: str, code: str, figures: list[Figure]) -> list[Value]:
    row: list[Value] = [name, code]
    for figure in figures:
        row += [figure.numerator, _known(figure.denominator), _known(figure.share)]
    return row


def _known(value: Value) -> Value:
    return _("no figures yet") if value is None else value
