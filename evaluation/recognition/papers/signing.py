"""In whose name a body's papers are signed: one answer for decisions, certificates, petitions and reports.

NĐ 30/2020/NĐ-CP, annex I: what a head decides in person names nobody's behalf ("CHỦ TỊCH"); a deputy signs in the
head's stead ("KT."); what a collective puts forward is signed on its behalf ("TM.").
"""

from membership.models import Unit, UnitKind

_HEADS = {UnitKind.COMMUNE: "Chủ tịch", UnitKind.PROVINCE: "Chủ tịch", UnitKind.SCHOOL: "Hiệu trưởng"}
_DEPUTY = "phó "


def is_committee(unit: Unit) -> bool:
    return unit.kind in {UnitKind.COMMUNE, UnitKind.PROVINCE}


def head_of(unit: Unit) -> str:
    """Who decides there: recognising the title is the head's own decision."""
    return _HEADS.get(UnitKind(unit.kind), "Thủ trưởng")


def capacity_of(title: str, unit: Unit) -> list[str]:
    """In which capacity somebody with that position signs what the head decides, a line each."""
    position = title.strip() or head_of(unit)
    if not position.casefold().startswith(_DEPUTY):
        return [position]
    head = position[len(_DEPUTY) :]
    return [f"KT. {head[:1].upper()}{head[1:]}", position]


def collective_of(unit: Unit) -> list[str]:
    """Under what a unit puts forward or reports: an association on behalf of its board, others by their head."""
    is_association = unit.kind in {UnitKind.ASSOCIATION, UnitKind.PROVINCE}
    return ["TM. Ban Chấp hành", "Chủ tịch"] if is_association else ["Thủ trưởng đơn vị"]
