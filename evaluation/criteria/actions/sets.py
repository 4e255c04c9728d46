"""What changes criteria. A draft may change; what is in force is sealed and can only be superseded."""

import datetime
import tomllib
import uuid
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.criteria.models import Anchor, Competency, CriteriaSet, EvidenceRule, Indicator, KindCap
from evaluation.criteria.teaching import EVERYONE
from membership.models import TargetGroup, Unit, User
from membership.policy import Action, require

SAMPLE = Path(__file__).parent.parent / "data" / "bo-tieu-chi-mau.toml"

Part = CriteriaSet | Competency | Indicator | EvidenceRule | Anchor


@transaction.atomic
def load_sample(*, by: User | None, at: datetime.datetime, path: Path = SAMPLE) -> list[CriteriaSet]:
    """Makes the file's frame and its set for each target group, and puts them in force; returns what was new.

    Idempotent: a set of the same name, version and group stays as it is, but for anchors that a sample of this site
    lacks: they change no score. ``by`` is None at set-up.
    """
    if by is not None:
        require(by, Action.MANAGE_CRITERIA)
    content = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    values = content["criteria"]
    loaded: list[CriteriaSet] = []
    frame = None
    for group in ("", *TargetGroup.values):
        standing = CriteriaSet.objects.filter(name=values["name"], version=values["version"], group=group).first()
        if standing is None:
            standing = CriteriaSet.objects.create(**values, group=group, parent=frame, is_sample=True)
            _load_content(standing, content)
            loaded.append(_put_in_force(standing, by, at))
        elif standing.is_sample:
            _load_anchors(standing, content)
        frame = frame or standing
    return loaded


@transaction.atomic
def save_part(*, part: Part, by: User, at: datetime.datetime) -> Part:
    """Saves a draft set or a part of one. Raises ValidationError where the set is no draft (any more)."""
    if isinstance(part, CriteriaSet):
        require(by, Action.MANAGE_CRITERIA, part.unit)
        part.status = CriteriaSet.Status.DRAFT if part.pk is None else part.status
    criteria_set = _set_of(part)
    if criteria_set.pk is not None:
        criteria_set = _locked_draft(criteria_set, by)
    part.save()
    log(instance=part, action="criteria.save", user=by, data={"criteria_set": _set_of(part).pk})
    return part


@transaction.atomic
def remove_part(*, part: Part, by: User, at: datetime.datetime) -> None:
    """Removes a draft set, or a part of one."""
    criteria_set = _locked_draft(_set_of(part), by)
    log(instance=part, action="criteria.remove", user=by, data={"criteria_set": criteria_set.pk})
    part.delete()


@transaction.atomic
def save_caps(
    *,
    indicator: Indicator,
    evidence_cap: Decimal | None,
    kind_caps: Mapping[str, Decimal],
    by: User,
    at: datetime.datetime,
) -> Indicator:
    """Sets what evidence may give at most on a draft's indicator: in all, and by kinds. Idempotent."""
    criteria_set = _locked_draft(indicator.criteria_set, by)
    current = criteria_set.indicators.get(pk=indicator.pk)
    current.evidence_cap = evidence_cap
    current.save(update_fields=["evidence_cap"])
    current.kind_caps.exclude(kind__in=kind_caps).delete()
    for kind, cap in kind_caps.items():
        KindCap.objects.update_or_create(indicator=current, kind=kind, defaults={"cap": cap})
    log(instance=current, action="criteria.save", user=by, data={"criteria_set": criteria_set.pk})
    return current


@transaction.atomic
def save_anchors(*, indicator: Indicator, texts: Mapping[Decimal, str], by: User, at: datetime.datetime) -> Indicator:
    """Says what scores of a draft's indicator look like; an empty text takes its anchor away. Idempotent."""
    criteria_set = _locked_draft(indicator.criteria_set, by)
    current = criteria_set.indicators.get(pk=indicator.pk)
    for points, text in texts.items():
        if text:
            Anchor.objects.update_or_create(indicator=current, points=points, defaults={"text": text})
        else:
            current.anchors.filter(points=points).delete()
    log(instance=current, action="criteria.save", user=by, data={"criteria_set": criteria_set.pk})
    return current


@transaction.atomic
def draft_from(
    *,
    criteria_set: CriteriaSet,
    version: str,
    valid_from: datetime.date,
    by: User,
    at: datetime.datetime,
    unit: Unit | None = None,
    group: str = "",
) -> CriteriaSet:
    """A draft with everything of the set in it: the next version, with a unit that unit's own, or, of a frame, with a
    group that group's national set.

    Not idempotent: the same version twice is refused.
    """
    require(by, Action.MANAGE_CRITERIA, unit)
    if group and not criteria_set.is_frame:
        raise ValidationError(_("Only a frame becomes the set of a group; this set has its group already."))
    group = criteria_set.group or group
    if unit and not group:
        raise ValidationError(_("A frame is for the whole country. Choose the group whose set you draft."))
    if CriteriaSet.objects.filter(name=criteria_set.name, version=version, group=group).exists():
        raise ValidationError(_("Version %(version)s exists already.") % {"version": version})
    draft = CriteriaSet.objects.create(
        name=criteria_set.name,
        version=version,
        group=group,
        parent=criteria_set,
        unit=unit or criteria_set.unit,
        is_sample=criteria_set.is_sample,
        valid_from=valid_from,
        threshold=criteria_set.threshold,
        floor=criteria_set.floor,
        step=criteria_set.step,
    )
    _copy_content(criteria_set, draft)
    log(instance=draft, action="criteria.draft", user=by, data={"parent": criteria_set.pk})
    return draft


@transaction.atomic
def put_in_force(*, criteria_set: CriteriaSet, by: User, at: datetime.datetime) -> CriteriaSet:
    """Seals the draft; what held for the same group and unit ends the day it begins.

    Idempotent. Raises ValidationError where the draft cannot be passed, or begins before what it supersedes.
    """
    require(by, Action.MANAGE_CRITERIA, criteria_set.unit)
    locked = CriteriaSet.objects.select_for_update().get(pk=criteria_set.pk)
    return _put_in_force(locked, by, at) if locked.is_draft else locked


def _put_in_force(criteria_set: CriteriaSet, by: User | None, at: datetime.datetime) -> CriteriaSet:
    maxima = list(criteria_set.indicators.values_list("maximum", flat=True))
    if sum(maxima) < criteria_set.threshold or any(maximum < criteria_set.floor for maximum in maxima):
        raise ValidationError(_("Nobody could pass: the indicators' maxima do not reach the threshold and the floor."))
    _supersede(criteria_set, by)
    criteria_set.status = CriteriaSet.Status.IN_FORCE
    criteria_set.save(update_fields=["status"])
    log(instance=criteria_set, action="criteria.put_in_force", user=by, data={"from": str(criteria_set.valid_from)})
    return criteria_set


def _supersede(criteria_set: CriteriaSet, by: User | None) -> None:
    standing = CriteriaSet.objects.select_for_update().filter(
        status=CriteriaSet.Status.IN_FORCE, group=criteria_set.group, unit=criteria_set.unit
    )
    for earlier in standing:
        if earlier.valid_from >= criteria_set.valid_from:
            raise ValidationError(_("This version must begin after the one it supersedes."))
        earlier.status = CriteriaSet.Status.RETIRED
        earlier.valid_to = criteria_set.valid_from
        earlier.save(update_fields=["status", "valid_to"])
        log(instance=earlier, action="criteria.supersede", user=by, data={"by": criteria_set.pk})


def _set_of(part: Part) -> CriteriaSet:
    if isinstance(part, CriteriaSet):
        return part
    return part.indicator.criteria_set if isinstance(part, EvidenceRule | Anchor) else part.criteria_set


def _locked_draft(criteria_set: CriteriaSet, by: User) -> CriteriaSet:
    locked = CriteriaSet.objects.select_for_update().get(pk=criteria_set.pk)
    require(by, Action.MANAGE_CRITERIA, locked.unit)
    if not locked.is_draft:
        raise ValidationError(_("What is in force cannot be edited. Make a new version of it instead."))
    return locked


def _load_content(criteria_set: CriteriaSet, content: dict[str, Any]) -> None:
    competencies = {
        row["number"]: Competency.objects.create(criteria_set=criteria_set, **row) for row in content["competencies"]
    }
    for row in content["indicators"]:
        indicator = Indicator.objects.create(
            criteria_set=criteria_set,
            competency=competencies[row["competency"]],
            number=row["number"],
            name=row["name"],
            support=row["support"],
            explanation=row["explanation"].strip(),
            examples="\n".join(row["examples"].get(criteria_set.group, [])),
            topics="\n".join(row.get("topics", [])),
        )
        if criteria_set.is_frame:
            continue
        EvidenceRule.objects.bulk_create(EvidenceRule(indicator=indicator, **rule) for rule in row.get("rules", []))
    _load_anchors(criteria_set, content)


def _load_anchors(criteria_set: CriteriaSet, content: dict[str, Any]) -> None:
    """Of indicators that have none. What a group's own text does not say is said to everyone."""
    rows = {row["number"]: row.get("anchors", {}) for row in content["indicators"]}
    bare = criteria_set.indicators.filter(anchors=None) if criteria_set.group else criteria_set.indicators.none()
    Anchor.objects.bulk_create(
        Anchor(indicator=indicator, points=Decimal(points), text=text)
        for indicator in bare
        for points, text in _texts_for(criteria_set.group, rows.get(indicator.number, {})).items()
    )


def _texts_for(group: str, anchors: Mapping[str, Any]) -> dict[str, str]:
    return {**anchors.get(EVERYONE, {}), **anchors.get(group, {})}


def _copy_content(source: CriteriaSet, draft: CriteriaSet) -> None:
    competencies = {}
    for competency in source.competencies.all():
        competencies[competency.pk] = Competency.objects.create(
            criteria_set=draft, number=competency.number, name=competency.name
        )
    for indicator in source.indicators.prefetch_related("rules", "kind_caps", "anchors"):
        rules, caps = list(indicator.rules.all()), list(indicator.kind_caps.all())
        anchors = list(indicator.anchors.all())
        _make_new(indicator)
        indicator.criteria_set, indicator.competency = draft, competencies[indicator.competency_id]
        indicator.save()
        parts: list[EvidenceRule | KindCap | Anchor] = [*rules, *caps, *anchors]
        for part in parts:
            _make_new(part)
            part.indicator = indicator
        EvidenceRule.objects.bulk_create(rules)
        KindCap.objects.bulk_create(caps)
        Anchor.objects.bulk_create(anchors)


def _make_new(part: Indicator | EvidenceRule | KindCap | Anchor) -> None:
    part.pk, part._state.adding = None, True
    if isinstance(part, Indicator | EvidenceRule):
        part.identifier = uuid.uuid4()
