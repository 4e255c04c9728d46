"""DragQuestion: things are dragged onto zones."""

from training_materials.packages.scoring.base import Params, Reported, Scored, UnverifiableError, group, rows


def drag_question(params: Params, said: Reported) -> Scored:
    """+1 for each thing in a zone it belongs to, −1 for each elsewhere if penalties apply, never below 0."""
    behaviour, task = group(params, "behaviour"), group(params, "question", "task")
    things, zones = rows(task.get("elements")), rows(task.get("dropZones"))
    belongs = {
        (zone, int(thing))
        for zone, described in enumerate(zones)
        for thing in described.get("correctElements") or []
        if str(thing).isdigit() and int(thing) < len(things)
    }
    placed = _placed(said, things, len(zones))
    if not belongs:
        return Scored(float(not placed), 1)
    right = len(placed & belongs)
    wrong = len(placed - belongs) if behaviour.get("applyPenalties") else 0
    maximum = _maximum(belongs, things)
    points = min(maximum, max(0, right - wrong))
    if behaviour.get("singlePoint"):
        is_whole = right == maximum and not placed - belongs
        return Scored(float(is_whole), 1)
    return Scored(points, maximum)


def _placed(said: Reported, things: list[Params], zone_count: int) -> set[tuple[int, int]]:
    placed: set[tuple[int, int]] = set()
    for part in said.parts:
        zone, _dot, thing = part.partition("[.]")
        if not (zone.isdigit() and thing.isdigit()) or int(zone) >= zone_count or int(thing) >= len(things):
            raise UnverifiableError("a thing or a zone that the task does not have")
        place = (int(zone), int(thing))
        is_used = any(other == place[1] for _zone, other in placed)
        if place in placed or (is_used and not things[place[1]].get("multiple")):
            raise UnverifiableError("a thing lies in two places")
        placed.add(place)
    return placed


def _maximum(belongs: set[tuple[int, int]], things: list[Params]) -> int:
    """A thing that can be dragged many times counts for each zone that it belongs to."""
    single = {thing for _zone, thing in belongs if not things[thing].get("multiple")}
    return len(single) + sum(1 for _zone, thing in belongs if thing not in single)
