"""The state's map of units: that of today and the one before 1 July 2025."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from interface.vietnamese import fold, nfc
from membership.decrees.reform import REFORM, new_rows, old_rows, province_called
from membership.models import Unit, UnitKind, UnitSuccession, User

# Old units stand from here: on this day many of the 63 provinces came to be. Some are younger; no record is older.
OLD_MAP_FROM = datetime.date(1997, 1, 1)


@transaction.atomic
def load_units(*, province: str, by: User | None, at: datetime.datetime) -> int:
    """The communes of the province, by its code or name, with their associations, and the communes before the reform
    with their successors.

    Idempotent; tells how many units were new. Source of the rows: ``membership/data/README.md``. Raises
    ValidationError for a province that is none, or is not the one of this site.
    """
    if by is not None and not by.is_superuser:
        raise PermissionDenied("only administrators load the map")
    chosen = province_called(province)
    own = Unit.objects.on(timezone.localdate(at)).filter(kind=UnitKind.PROVINCE).exclude(code=chosen["code"]).first()
    if own:
        raise ValidationError(_("This site is that of %(name)s already.") % {"name": own.name})
    nursery = Nursery()
    top = _plant_new_map(nursery, chosen)
    pairs = _plant_old_map(nursery, top)
    planted = nursery.bed_out()
    successions = [UnitSuccession(old_id=old.pk, new_id=new.pk, extent=extent) for old, new, extent in pairs]
    UnitSuccession.objects.bulk_create(successions, ignore_conflicts=True)
    if planted:
        log(instance=top, action="membership.load_units", user=by, data={"units": planted})
    return planted


def _plant_new_map(nursery: "Nursery", chosen: dict[str, str]) -> Unit:
    province = nursery.plant(None, UnitKind.PROVINCE, chosen["code"], chosen["name"], REFORM)
    nursery.plant_association(province)
    for row in new_rows():
        if row["parent_code"] == chosen["code"]:
            nursery.plant_association(nursery.plant(province, UnitKind.COMMUNE, row["code"], row["name"], REFORM))
    return province


def _plant_old_map(nursery: "Nursery", province: Unit) -> list[tuple[Unit, Unit, str]]:
    """Plants the old units and pairs communes and provinces with their successors; districts have none."""
    pairs = []
    for row in old_rows():
        successor = nursery.units.get((row["successor_code"], REFORM))
        if successor is None:
            continue
        old_province = nursery.plant_old(None, UnitKind.PROVINCE, row["legacy_province_code"], row["legacy_province"])
        district = nursery.plant_old(
            old_province, UnitKind.DISTRICT, row["legacy_district_code"], row["legacy_district"]
        )
        # Five districts of islands had no communes: there the district itself lives on.
        ended = (
            nursery.plant_old(district, UnitKind.COMMUNE, row["legacy_code"], row["legacy_name"])
            if row["legacy_code"]
            else district
        )
        pairs.append((ended, successor, row["extent"]))
        pairs.append((old_province, province, UnitSuccession.Extent.WHOLE))
    return pairs


class Nursery:
    """Grows many units at once: paths are counted here, rows are written together."""

    def __init__(self) -> None:
        self.units = {(unit.code, unit.valid_from): unit for unit in Unit.objects.all()}
        self._new: list[Unit] = []
        self._grown: dict[str, Unit] = {}
        self._last_step: dict[str, int] = {}
        for unit in self.units.values():
            above, step = unit.path[: -Unit.steplen], Unit._str2int(unit.path[-Unit.steplen :])
            self._last_step[above] = max(step, self._last_step.get(above, 0))

    def plant(
        self, parent: Unit | None, kind: UnitKind, code: str, name: str, valid_from: datetime.date,
        valid_to: datetime.date | None = None,
    ) -> Unit:  # fmt: skip
        if (code, valid_from) in self.units:
            return self.units[code, valid_from]
        above, depth = (parent.path, parent.depth + 1) if parent else ("", 1)
        step = self._last_step[above] = self._last_step.get(above, 0) + 1
        unit = Unit(
            path=Unit._get_path(above, depth, step), depth=depth, numchild=0, kind=kind, code=code, name=nfc(name),
            folded_name=fold(name), valid_from=valid_from, valid_to=valid_to,
        )  # fmt: skip
        if parent:
            parent.numchild += 1
            self._grown[parent.path] = parent
        self.units[code, valid_from] = unit
        self._new.append(unit)
        return unit

    def plant_association(self, place: Unit) -> Unit:
        name = f"Hội Khuyến học {place.name[0].lower()}{place.name[1:]}"
        return self.plant(place, UnitKind.ASSOCIATION, f"{place.code}-HKH", name, REFORM)

    def plant_old(self, parent: Unit | None, kind: UnitKind, code: str, name: str) -> Unit:
        return self.plant(parent, kind, code, name, OLD_MAP_FROM, REFORM)

    def bed_out(self) -> int:
        """Writes what was planted; tells how many units were new."""
        older = [unit for unit in self._grown.values() if unit.pk]
        Unit.objects.bulk_create(self._new)
        Unit.objects.bulk_update(older, ["numchild"])
        return len(self._new)
