"""One unit of the tree: added, called otherwise, moved, closed, opened again, taken away."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from interface.vietnamese import fold, nfc
from membership.actions.enacting import keep_unit_acts
from membership.models import PARENTS_OF, FormerName, Unit, UnitAct, UnitKind, User
from membership.occupancy import against_closing, against_kind, against_leaving
from membership.policy import Action, reach_beneath, require


@transaction.atomic
def add_unit(
    *, parent: Unit, kind: UnitKind, code: str, name: str, valid_from: datetime.date, by: User | None,
    at: datetime.datetime,
) -> Unit:  # fmt: skip
    """A unit of the association's life, beneath another. Idempotent: the code that stands from that day is returned."""
    if by is not None:
        require(by, Action.MANAGE_UNITS, parent)
    _require_place(kind, parent, valid_from)
    standing = Unit.objects.filter(code=code, valid_from=valid_from).first()
    if standing:
        return standing
    if holder := Unit.objects.with_code(code, valid_from).first():
        raise ValidationError(_("The code %(code)s is borne by “%(name)s”.") % {"code": code, "name": holder.name})
    # treebeard counts children in memory: read the parent's row again
    unit = Unit.objects.get(pk=parent.pk).add_child(
        kind=kind, code=code, name=nfc(name), folded_name=fold(name), valid_from=valid_from
    )
    log(instance=unit, action="membership.add_unit", user=by, data={"parent": parent.pk})
    keep_unit_acts(kind=UnitAct.Kind.ADDED, units=[unit], by=by, at=at)
    return unit


@transaction.atomic
def change_unit(
    *, unit: Unit, name: str, kind: UnitKind, valid_from: datetime.date, by: User | None, at: datetime.datetime
) -> Unit:
    """Another name or kind from that day on. From the day of the last change on, or from the unit's own first day, it
    corrects what was entered then. The same again changes nothing.
    """
    unit = _locked(unit, by)
    name = nfc(name)
    if (name, kind) == (unit.name, unit.kind):
        return unit
    _require_kind(unit, kind)
    _keep_former(unit, valid_from, timezone.localdate(at))
    before = {"name": unit.name, "kind": unit.kind}
    unit.name, unit.folded_name, unit.kind = name, fold(name), kind
    unit.save(update_fields=["name", "folded_name", "kind"])
    # Called as before again: there was no change.
    unit.former_names.filter(valid_to=valid_from, name=name, kind=kind).delete()
    data = {"before": before, "from": valid_from.isoformat()}
    log(instance=unit, action="membership.change_unit", user=by, data=data)
    keep_unit_acts(kind=UnitAct.Kind.CHANGED, units=[unit], by=by, at=at, day=valid_from)
    return unit


@transaction.atomic
def move_unit(*, unit: Unit, parent: Unit, by: User | None, at: datetime.datetime) -> Unit:
    """Beneath another parent, with all that is beneath it; to another commune only while nothing was counted where it
    is (decision 0123).
    """
    unit = _locked(unit, by)
    before = unit.get_parent()
    if before is None or before.pk == parent.pk:
        return unit
    if by is not None:
        require(by, Action.MANAGE_UNITS, parent)
    _require_place(UnitKind(unit.kind), parent, max(unit.valid_from, parent.valid_from))
    if parent.path.startswith(unit.path):
        raise ValidationError(_("A unit cannot stand beneath itself."))
    _refuse(_("It cannot go to another commune:"), against_leaving(unit, parent, timezone.localdate(at)))
    unit.move(Unit.objects.get(pk=parent.pk), pos="last-child")
    log(instance=unit, action="membership.move_unit", user=by, data={"before": before.pk, "after": parent.pk})
    moved: Unit = Unit.objects.get(pk=unit.pk)
    keep_unit_acts(kind=UnitAct.Kind.MOVED, units=[moved], by=by, at=at)
    return moved


@transaction.atomic
def close_unit(*, unit: Unit, valid_to: datetime.date, by: User | None, at: datetime.datetime) -> Unit:
    """From that day on it is no more. Refused while anybody or anything stands there."""
    unit = _locked(unit, by)
    if unit.valid_to == valid_to:
        return unit
    if not unit.valid_from < valid_to <= timezone.localdate(at):
        raise ValidationError(_("Choose a day after its first day and no later than today."))
    _refuse(_("It cannot be closed yet:"), against_closing(unit, valid_to))
    unit.valid_to = valid_to
    unit.save(update_fields=["valid_to"])
    log(instance=unit, action="membership.close_unit", user=by, data={"until": valid_to.isoformat()})
    keep_unit_acts(kind=UnitAct.Kind.CLOSED, units=[unit], by=by, at=at)
    return unit


@transaction.atomic
def reopen_unit(*, unit: Unit, by: User | None, at: datetime.datetime) -> Unit:
    """Takes a closing back, while its parent stands and nothing took its place."""
    unit = _locked(unit, by)
    if unit.valid_to is None:
        return unit
    parent = unit.get_parent()
    if parent is None or parent.valid_to is not None or unit.successions.exists():
        raise ValidationError(_("It cannot be opened again: what it stood under is closed, or others took its place."))
    if holder := Unit.objects.with_code(unit.code, unit.valid_to).first():
        raise ValidationError(_("The code %(code)s is borne by “%(name)s”.") % {"code": unit.code, "name": holder.name})
    unit.valid_to = None
    unit.save(update_fields=["valid_to"])
    log(instance=unit, action="membership.reopen_unit", user=by)
    keep_unit_acts(kind=UnitAct.Kind.REOPENED, units=[unit], by=by, at=at)
    return unit


@transaction.atomic
def remove_unit(*, unit: Unit, by: User | None, at: datetime.datetime) -> None:
    """Takes away one that was added by mistake: nothing was ever there."""
    unit = _locked(unit, by)
    refusal = _("Something is or was in this unit, so that it cannot be removed. Close it instead.")
    if UnitKind(unit.kind) not in PARENTS_OF or unit.get_children().exists():
        raise ValidationError(refusal)
    log(instance=unit, action="membership.remove_unit", user=by, data={"code": unit.code}, deleted=True)
    keep_unit_acts(kind=UnitAct.Kind.REMOVED, units=[unit], by=by, at=at)
    try:
        unit.delete()
    except ProtectedError as protected:
        raise ValidationError(refusal) from protected


def _locked(unit: Unit, by: User | None) -> Unit:
    """Read again, for treebeard keeps paths in memory. Raises PermissionDenied."""
    found: Unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if by is not None and not Unit.objects.filter(reach_beneath(by, Action.MANAGE_UNITS), pk=unit.pk).exists():
        raise PermissionDenied("this unit is another's to change")
    return found


def _require_place(kind: UnitKind, parent: Unit, day: datetime.date) -> None:
    if UnitKind(parent.kind) not in PARENTS_OF.get(kind, frozenset()):
        raise ValidationError(_("A unit of this kind cannot stand under that unit."))
    if not Unit.objects.on(day).filter(pk=parent.pk).exists():
        raise ValidationError(_("“%(name)s” does not exist on that day.") % {"name": parent.name})


def _require_kind(unit: Unit, kind: UnitKind) -> None:
    if kind == unit.kind:
        return
    if UnitKind(unit.kind) not in PARENTS_OF:
        raise ValidationError(_("The kind of this unit follows the state's map."))
    parent = unit.get_parent()
    _require_place(kind, parent, max(unit.valid_from, parent.valid_from))
    _refuse(_("It cannot be of that kind:"), against_kind(unit, kind))


def _keep_former(unit: Unit, valid_from: datetime.date, today: datetime.date) -> None:
    """What it was called so far, unless that was entered for the same day and never held."""
    latest = unit.former_names.order_by("-valid_to").first()
    since = latest.valid_to if latest else unit.valid_from
    if not since <= valid_from <= today:
        message = _("Choose a day from %(since)s to today: since then it has been called as it is now.")
        raise ValidationError(message % {"since": f"{since:%d/%m/%Y}"})
    if valid_from > since:
        FormerName.objects.create(unit=unit, name=unit.name, kind=unit.kind, valid_to=valid_from)


def _refuse(beginning: str, reasons: list[str]) -> None:
    if reasons:
        raise ValidationError([beginning, *reasons])
