"""A set from a file, as a draft: whole, or not at all."""

import datetime
import uuid
from dataclasses import asdict, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.criteria.exchange.content import (
    BELOW,
    ImportRefusedError,
    IndicatorContent,
    Problem,
    SetContent,
    cells_of,
)
from evaluation.criteria.models import Anchor, Competency, CriteriaSet, EvidenceRule, Indicator, KindCap
from membership.models import Unit, User
from membership.policy import Action, require

_OF_THIS_SITE = {"unit", "parent", "status", "valid_to"}  # what a file cannot say of a draft here


@transaction.atomic
def import_set(*, content: SetContent, by: User, at: datetime.datetime) -> CriteriaSet:
    """A draft with all that the content says. A set that stands here already comes in as its next version, with
    identifiers of its own. Not idempotent: the same version twice is refused.

    Raises ImportRefusedError with what the file says that cannot be here, and PermissionDenied.
    """
    unit = check_set(content=content, by=by, at=at)
    known = _known(content)
    made = _renamed(content) if known else content
    parent = known or (CriteriaSet.objects.filter(identifier=content.parent).first() if content.parent else None)
    own = {cell.name: getattr(made, cell.name) for cell in cells_of(SetContent) if cell.name not in _OF_THIS_SITE}
    draft = CriteriaSet.objects.create(unit=unit, parent=parent, **own)
    _fill(draft, made)
    log(instance=draft, action="criteria.import", user=by, data={"parent": parent.pk if parent else None})
    return draft


def check_set(*, content: SetContent, by: User, at: datetime.datetime) -> Unit | None:
    """Whether the set could come in, and for which unit. Changes nothing.

    Raises ImportRefusedError with what the file says that cannot be here, and PermissionDenied.
    """
    require(by, Action.MANAGE_CRITERIA)
    unit = _unit(content, at)
    require(by, Action.MANAGE_CRITERIA, unit)
    if CriteriaSet.objects.filter(name=content.name, version=content.version, group=content.group).exists():
        text = _("Version %(version)s exists already. Enter another version below the file.") % {
            "version": content.version
        }
        raise ImportRefusedError([Problem(_("Version"), text)])
    return unit


def _unit(content: SetContent, at: datetime.datetime) -> Unit | None:
    if not content.unit:
        return None
    found = Unit.objects.with_code(content.unit, timezone.localdate(at)).first()
    if found is None:
        raise ImportRefusedError([Problem("unit", _("There is no unit %(code)s here.") % {"code": content.unit})])
    return found


def _known(content: SetContent) -> CriteriaSet | None:
    """The set of this site that bears the identifier of the file's set, or of any of its parts."""
    same = CriteriaSet.objects.filter(identifier=content.identifier).first()
    if same is not None:
        return same
    parts = [one.identifier for one in content.indicators]
    return CriteriaSet.objects.filter(indicators__identifier__in=parts).first()


def _renamed(content: SetContent) -> SetContent:
    return replace(
        content,
        identifier=_new(),
        competencies=tuple(replace(one, identifier=_new()) for one in content.competencies),
        indicators=tuple(
            replace(one, identifier=_new(), rules=tuple(replace(rule, identifier=_new()) for rule in one.rules))
            for one in content.indicators
        ),
    )


def _new() -> str:
    return str(uuid.uuid4())


def _fill(draft: CriteriaSet, content: SetContent) -> None:
    competencies = {
        one.number: Competency.objects.create(criteria_set=draft, **asdict(one)) for one in content.competencies
    }
    for one in content.indicators:
        values = {name: value for name, value in asdict(one).items() if name not in {"competency", *BELOW}}
        indicator = Indicator.objects.create(criteria_set=draft, competency=competencies[one.competency], **values)
        _fill_indicator(indicator, one)


def _fill_indicator(indicator: Indicator, content: IndicatorContent) -> None:
    KindCap.objects.bulk_create(KindCap(indicator=indicator, kind=one.kind, cap=one.cap) for one in content.caps)
    Anchor.objects.bulk_create(Anchor(indicator=indicator, **asdict(one)) for one in content.anchors)
    EvidenceRule.objects.bulk_create(
        EvidenceRule(indicator=indicator, **{**asdict(one), "page_key": one.page_key or None}) for one in content.rules
    )
