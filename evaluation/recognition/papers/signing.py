"""In whose name a body's papers are signed: one answer for decisions, certificates, petitions and reports.

NĐ 30/2020/NĐ-CP, annex I: what a head decides in person names nobody's behalf ("CHỦ TỊCH"); a deputy signs in the
head's stead ("KT."); what a collective puts forward is signed on its behalf ("TM.").
"""

from django.utils.text import capfirst

from membership.models import Unit, UnitKind

ASSOCIATION_BOARD = ("TM. Ban Chấp hành", "Chủ tịch")
_COMMITTEE = ("TM. Ủy ban nhân dân", "Chủ tịch")
_ROOM = "……"  # to write in
_DEPUTY = "phó "


def is_committee(unit: Unit) -> bool:
    return unit.kind in {UnitKind.COMMUNE, UnitKind.PROVINCE}


def head_of(title: str, unit: Unit) -> str:
    """Who decides there, by the position that they hold: recognising the title is the head's own decision, also where
    a deputy with that title signs it."""
    if is_committee(unit):
        return "Chủ tịch"
    position = title.strip()
    if position.casefold().startswith(_DEPUTY):
        position = position[len(_DEPUTY) :].lstrip()
        position = capfirst(position)
    return position or ("Hiệu trưởng" if unit.kind == UnitKind.SCHOOL else _ROOM)


def capacity_of(title: str, unit: Unit) -> list[str]:
    """In which capacity somebody with that position signs what the head decides, a line each."""
    position = title.strip() or head_of("", unit)
    if not position.casefold().startswith(_DEPUTY):
        return [position]
    head = position[len(_DEPUTY) :]
    return [f"KT. {capfirst(head)}", position]


def collective_of(unit: Unit) -> list[str]:
    """Under what a unit puts forward or reports: an association or a people's committee on its behalf, others by their
    head. What the association of a province writes is under ``ASSOCIATION_BOARD``, though the unit is the province."""
    if is_committee(unit):
        return list(_COMMITTEE)
    return list(ASSOCIATION_BOARD) if unit.kind == UnitKind.ASSOCIATION else ["Thủ trưởng đơn vị"]
