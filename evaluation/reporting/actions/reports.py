"""Freezing a unit's report as a numbered version, and noting to whom it went. Nothing here is ever changed later."""

import datetime

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log

from evaluation.reporting import notices
from evaluation.reporting.actions.figures import FIRST_YEAR
from evaluation.reporting.figures import Overview, overview_as_of, with_gatherings
from evaluation.reporting.frozen import Version, contents_of, differences, digest, text_of
from evaluation.reporting.models import FrozenPaper, FrozenReport, ReportSending
from evaluation.reporting.report_papers import Frozen, annex_of_seals, annual_report
from learning.evidence.ledger.log import checkpoints_of_year
from learning.evidence.ledger.verifier import SignedCheckpoint
from membership.models import Unit, User
from membership.policy import Action, require
from papers.files import pdf_of
from papers.paper import Paper
from papers.word import docx_of

REPORT, ANNEX = "bao-cao", "phu-luc"
_LANGUAGE = "vi"


class StaleError(ValidationError):
    """The version that was asked for has been frozen by somebody, saying something else."""

    def __init__(self, report: FrozenReport) -> None:
        super().__init__(_("Version %(number)s has been frozen meanwhile."), params={"number": report.number})
        self.report = report


@transaction.atomic
def freeze_report(
    *,
    unit: Unit,
    year: int,
    number: int,
    day: datetime.date,
    by: User,
    at: datetime.datetime,
    paper_number: str = "",
    remarks: str = "",
    reason: str = "",
) -> FrozenReport:
    """The next version, with its figures as of the day, the year's seals and its papers. The second and later ones
    want a reason.

    ``number`` is the one that was asked for: the same asked again gives the version that stands. Raises
    PermissionDenied, ValidationError, and StaleError where another version took the number meanwhile.
    """
    require(by, Action.SEND_REPORTS, unit)
    Unit.objects.select_for_update().get(pk=unit.pk)  # versions of a unit are numbered one after the other
    version = Version(number, at, paper_number.strip(), remarks.strip(), reason.strip())
    versions = FrozenReport.objects.of(unit, year)
    if standing := versions.filter(number=number).first():
        return _same(standing, version, day, by)
    before = versions.first()
    _check_day(year, day, timezone.localdate(at))
    _check_version(version, before)
    found = with_gatherings(overview_as_of(unit, year, day, timezone.localdate(at)))
    seals = checkpoints_of_year(year)
    report = _keep(found, version, text_of(found, seals, version), by)
    _draw(report, before, found, version, seals)
    log(instance=report, action="reporting.freeze_report", user=by, data={"version": number, "sha256": report.sha256})
    return report


@transaction.atomic
def note_sending(
    *,
    report: FrozenReport,
    recipient: str,
    way: str,
    sent_on: datetime.date,
    by: User,
    at: datetime.datetime,
    address: str = "",
) -> ReportSending:
    """Notes that a version went out; by e-mail it goes into the outbox here and now, with its papers and figures.

    The same noted again is the same sending: nothing goes out twice. Raises PermissionDenied and ValidationError.
    """
    require(by, Action.SEND_REPORTS, report.unit)
    is_mailed = way == ReportSending.Way.MAIL
    today = timezone.localdate(at)
    if is_mailed and not address:
        raise ValidationError({"address": _("Enter the address to which the report goes.")})
    if not timezone.localdate(report.frozen_at) <= sent_on <= today or (is_mailed and sent_on != today):
        raise ValidationError({"sent_on": _("Choose a day from the version's own up to today; an e-mail goes today.")})
    Unit.objects.select_for_update().get(pk=report.unit_id)  # a button pressed twice sends once
    sending, is_new = ReportSending.objects.get_or_create(
        report=report,
        recipient=recipient.strip(),
        way=way,
        address=address if is_mailed else "",
        sent_on=sent_on,
        defaults={"noted_at": at, "noted_by": by},
    )
    if is_new:
        notices.arrived(report=report, at=at)
        log(instance=sending, action="reporting.send_report", user=by, data={"report": report.pk, "way": way})
        if is_mailed:
            _mail(report, address).send()
    return sending


def _same(report: FrozenReport, asked: Version, day: datetime.date, by: User) -> FrozenReport:
    """A button pressed twice froze one version; whoever asked for something else must see that one first."""
    remarks = contents_of(report.content).remarks
    stands = Version(report.number, asked.frozen_at, report.paper_number, remarks, report.reason)
    if (stands, report.day, report.frozen_by_id) != (asked, day, by.pk):
        raise StaleError(report)
    return report


def _check_version(version: Version, before: FrozenReport | None) -> None:
    if version.number != (before.number + 1 if before else 1):
        raise ValidationError(_("Versions are numbered one after the other: open the page anew."))
    if before is not None and not version.reason:
        raise ValidationError(_("Say why a new version is needed: whoever has the earlier one will ask."))


def _check_day(year: int, day: datetime.date, today: datetime.date) -> None:
    if not FIRST_YEAR <= year <= today.year:
        raise ValidationError(_("Choose a year that has begun, from the plan's first on."))
    if day.year != year or day > today:
        raise ValidationError({"day": _("Choose a day of the year of the report, today at the latest.")})


def _keep(found: Overview, version: Version, text: str, by: User) -> FrozenReport:
    return FrozenReport.objects.create(
        unit=found.unit,
        year=found.year,
        number=version.number,
        day=found.cutoff.day,
        paper_number=version.paper_number,
        reason=version.reason,
        content=text,
        sha256=digest(text.encode()),
        frozen_at=version.frozen_at,
        frozen_by=by,
    )


def _draw(
    report: FrozenReport,
    before: FrozenReport | None,
    found: Overview,
    version: Version,
    seals: list[SignedCheckpoint],
) -> None:
    changes = []
    if before is not None:
        changes = differences(contents_of(before.content).figures, contents_of(report.content).figures)
    frozen = Frozen(version, report.sha256, before.frozen_at if before else None, changes)
    papers: dict[str, Paper] = {
        REPORT: annual_report(found, frozen),
        ANNEX: annex_of_seals(found.unit, found.year, seals, frozen),
    }
    for name, paper in papers.items():
        for kind, content in (("pdf", pdf_of(paper)), ("docx", docx_of(paper))):
            FrozenPaper.objects.create(report=report, name=name, kind=kind, content=content, sha256=digest(content))


def _mail(report: FrozenReport, address: str) -> EmailMessage:
    with override(_LANGUAGE):
        subject = _("Report for %(year)s, version %(version)s: %(unit)s") % {
            "year": report.year,
            "version": report.number,
            "unit": report.unit.name,
        }
        text = render_to_string("reporting/mail/report.txt", {"report": report})
    mail = EmailMessage(subject, text, to=[address])
    for paper in report.papers.filter(kind="pdf"):
        mail.attach(f"{paper.name}.pdf", bytes(paper.content), "application/pdf")
    mail.attach("so-lieu.json", report.content, "application/json")
    return mail
