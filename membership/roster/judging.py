"""What would become of one row, among those who stand. Pure.

A citizen ID is surely one person, so is the code of a person. Else the name, the birth and the commune have to mean one
and no other whom an officer has confirmed: then it is them. Several, or who is like them by ``membership.likeness``,
leave the row in doubt, and an officer says who it is by the code, or by “mới” that it is nobody who stands.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from intake.plan import Outcome
from interface.vietnamese import is_vietnamese
from membership.likeness.reasons import reasons_told
from membership.likeness.weighing import Candidate
from membership.models import ContactKind, TargetGroup
from membership.roster.entries import Entry, written_birth
from membership.roster.places import Places
from membership.roster.standing import Known, Standing

_NAMED_AT_MOST = 5


@dataclass(frozen=True)
class Verdict:
    outcome: Outcome
    known: Known | None = None
    reasons: tuple[str, ...] = ()


def judge(entry: Entry, standing: Standing, places: Places, own: int | None, like: Sequence[Candidate] = ()) -> Verdict:
    """``own``: the person of whoever brings the list, whose record they leave alone. ``like``: who of those standing
    the entry may mean, the surest first.
    """
    if entry.unit not in places.by_pk:
        return Verdict(Outcome.SKIP, None, (_("This unit is none of yours."),))
    by_digest, by_code = standing.by_digest.get(entry.digest), standing.by_code.get(entry.code)
    if entry.code and (by_code is None or not _is_reached(by_code, places)):
        return Verdict(Outcome.SKIP, None, (_("Nobody of your units has the code %(code)s.") % {"code": entry.code},))
    if by_digest and by_code and by_digest.pk != by_code.pk:
        return Verdict(Outcome.DOUBT, None, (_("The code and the citizen ID are of two people."),))
    if by_code and entry.digest and by_code.digest and by_code.digest != entry.digest:
        return Verdict(Outcome.DOUBT, None, (_("Who has this code has another citizen ID."),))
    known = by_code or by_digest
    if known is not None:
        return _compared(entry, known, places, own)
    if entry.is_new:
        return Verdict(Outcome.CREATE)
    return _judged_by_likeness(entry, standing, places, own, like)


def _judged_by_likeness(
    entry: Entry, standing: Standing, places: Places, own: int | None, like: Sequence[Candidate]
) -> Verdict:
    namesakes = _namesakes(entry, standing, places)
    # Anybody can sign up under anybody's name: what a list confirms goes to such a record by its code alone.
    confirmed = [known for known in namesakes if not known.is_declared and _is_exactly(entry, known)]
    for found in ([known for known in confirmed if _is_in(entry, known)], confirmed):
        if len(found) == 1:
            return _compared(entry, found[0], places, own)
    likely = [
        (standing.by_pk[each.other], reasons_told(each.likeness.reasons))
        for each in like
        if each.other in standing.by_pk
    ]
    told = {known.pk for known, _reasons in likely}
    likely += [(known, "") for known in namesakes if known.pk not in told]
    return _in_doubt(likely, places) if likely else Verdict(Outcome.CREATE)


def _namesakes(entry: Entry, standing: Standing, places: Places) -> list[Known]:
    """In the commune, who may be the one meant by all that is known of both, however frequent the name is."""
    commune = places.by_pk[entry.unit].commune
    named = [known for known in standing.by_name.get(entry.folded, []) if _can_be(entry, known)]
    return [known for known in named if any(path.startswith(commune) for _pk, _unit, path in known.homes)]


def _can_be(entry: Entry, known: Known) -> bool:
    return all(
        not ours or not theirs or ours == theirs
        for ours, theirs in ((entry.digest, known.digest), (entry.day, known.day), (entry.year, known.year))
    )


def _is_exactly(entry: Entry, known: Known) -> bool:
    if entry.day and known.day:
        return True
    return entry.year == known.year and (entry.year is not None or _is_in(entry, known))


def _is_in(entry: Entry, known: Known) -> bool:
    return any(unit == entry.unit for _pk, unit, _path in known.homes)


def _is_reached(known: Known, places: Places) -> bool:
    return any(unit in places.reached for _pk, unit, _path in known.homes)


def _in_doubt(likely: list[tuple[Known, str]], places: Places) -> Verdict:
    """With what speaks for each, the surest first."""
    named = likely[:_NAMED_AT_MOST]
    codes = [f"{known.code} ({why})" if why else known.code for known, why in named if _is_reached(known, places)]
    reasons = [_("May be somebody who stands already. Put the code into the row, or “mới” for somebody else.")]
    if codes:
        reasons.append(_("Codes: %(codes)s.") % {"codes": "; ".join(codes)})
    if len(codes) < len(named):
        reasons.append(_("Somebody like that stands in a unit that is none of yours."))
    return Verdict(Outcome.DOUBT, None, tuple(reasons))


def _compared(entry: Entry, known: Known, places: Places, own: int | None) -> Verdict:
    if not _is_reached(known, places):
        reason = _("Is on record in a unit that is none of yours: ask the level above to move them.")
        return Verdict(Outcome.SKIP, None, (reason,))
    if known.has_withdrawn:
        return Verdict(Outcome.SKIP, known, (_("Withdrew their consent: nothing is written before they agree again."),))
    if entry.unit in known.coming:
        return Verdict(Outcome.SKIP, known, (_("Becomes a member of this unit on a later day already."),))
    changes = [said(entry, known) for said in _CHANGES]
    is_moved = not _is_in(entry, known)
    reasons = tuple(change for change in changes if change)
    if is_moved:
        before = next((places.by_pk[unit].name for _pk, unit, _path in known.homes if unit in places.by_pk), "…")
        reasons = (_change(_("Unit"), before, places.by_pk[entry.unit].name), *reasons)
    if reasons and known.pk == own:
        return Verdict(Outcome.SKIP, known, (_("This is your own record: ask another officer to change it."),))
    return Verdict(Outcome.MOVE if is_moved else Outcome.CHANGE if reasons else Outcome.SAME, known, reasons)


def name_after(entry: Entry, known: Known) -> str:
    """A list that was typed without accents takes none away."""
    has_lost_accents = entry.folded == known.folded and is_vietnamese(known.name) and not is_vietnamese(entry.name)
    return known.name if has_lost_accents else entry.name


def birth_after(entry: Entry, known: Known) -> tuple[int | None, str]:
    """Year and day; a row with the year alone keeps a day of that year."""
    if entry.day or (entry.year and entry.year != known.year):
        return entry.year, entry.day
    return known.year, known.day


def contacts_after(entry: Entry, known: Known) -> list[tuple[str, str, str]]:
    """Those that are new: a list takes none away nor changes what one is for, and brings none to who does not want to
    be called or written to."""
    if not known.takes_contacts:
        return []
    return [(kind, value, use) for kind, value, use in entry.contacts if (kind, value) not in known.contacts]


def _change(what: object, before: object, after: object) -> str:
    return f"{what}: {before or '—'} → {after or '—'}"


def _name(entry: Entry, known: Known) -> str:
    after = name_after(entry, known)
    return _change(_("Full name"), known.name, after) if after != known.name else ""


def _birth(entry: Entry, known: Known) -> str:
    before, after = (known.year, known.day), birth_after(entry, known)
    return _change(_("Born"), written_birth(*before), written_birth(*after)) if after != before else ""


def _group(entry: Entry, known: Known) -> str:
    if not entry.group or entry.group == known.group:
        return ""
    before = TargetGroup(known.group).label if known.group else ""
    return _change(_("Target group"), before, TargetGroup(entry.group).label)


def _contacts(entry: Entry, known: Known) -> str:
    added = [f"{ContactKind(kind).label} {value}" for kind, value, _use in contacts_after(entry, known)]
    return _("Added: %(what)s") % {"what": ", ".join(added)} if added else ""


def _digest(entry: Entry, known: Known) -> str:
    return _("The mark of the citizen ID is added.") if entry.digest and not known.digest else ""


_CHANGES: tuple[Callable[[Entry, Known], str], ...] = (_name, _birth, _group, _contacts, _digest)
