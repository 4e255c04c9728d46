"""Questions answered by choosing or dragging: MultiChoice, TrueFalse, SingleChoiceSet, Summary, DragQuestion."""

from training_materials.packages.scoring.base import Params, Reported, Scored, UnverifiableError, group, rows


def multi_choice(params: Params, said: Reported) -> Scored:
    """+1 for each right answer, −1 for each wrong one, never below 0; indexes are those of content.json."""
    answers, behaviour = rows(params.get("answers")), group(params, "behaviour")
    right = {place for place, answer in enumerate(answers) if answer.get("correct") in (True, "true")}
    chosen = set(said.indexes)
    if chosen - set(range(len(answers))):
        raise UnverifiableError("an answer was chosen that the question does not have")
    if not right:
        return Scored(float(not chosen), 1)
    kind = behaviour.get("type", "auto")
    if kind == "single" or (kind == "auto" and len(right) == 1):
        if len(chosen) > 1:
            raise UnverifiableError("two answers were chosen where one can be")
        return Scored(float(bool(chosen & right)), 1)
    points = max(0, len(chosen & right) - len(chosen - right))
    if behaviour.get("singlePoint"):
        is_enough = 100 * points / len(right) >= _percentage(behaviour)
        return Scored(float(is_enough), 1)
    return Scored(points, len(right))


def true_false(params: Params, said: Reported) -> Scored:
    if said.response not in (None, "", "true", "false"):
        raise UnverifiableError("the response is neither true nor false")
    return Scored(float(bool(said.response) and said.response == str(params.get("correct")).lower()), 1)


def single_choice_set(params: Params, said: Reported) -> Scored:
    """Each question's first answer is the right one, in whatever order they were shown."""
    choices = [row for row in rows(params.get("choices")) if row.get("question") and row.get("answers")]
    given = first_answers(choices, said)
    for row, answer in zip(choices, given, strict=True):
        if answer is not None and answer >= len(row["answers"]):
            raise UnverifiableError("an answer was chosen that the question does not have")
    return Scored(sum(answer == 0 for answer in given), len(choices))


def summary(params: Params, said: Reported) -> Scored:
    """A point for each group of statements whose right one, the first, was chosen at once."""
    groups = [row for row in rows(params.get("summaries")) if row.get("summary")]
    return Scored(sum(answer == 0 for answer in first_answers(groups, said)), len(groups))


def first_answers(asked: list[Params], said: Reported) -> list[int | None]:
    """The first answer to each question: from the parts that report them, or from one response for all."""
    if not said.children:
        given = [int(part) if part.isascii() and part.isdigit() and len(part) < 6 else None for part in said.parts]
        if len(given) > len(asked):
            raise UnverifiableError("more was answered than was asked")
        return [*given, *[None] * (len(asked) - len(given))]
    if len(said.children) > len(asked):
        raise UnverifiableError("more was answered than was asked")
    named = {row.get("subContentId"): place for place, row in enumerate(asked) if row.get("subContentId")}
    answers: dict[int, int | None] = {}
    for place, child in enumerate(said.children):
        at = named.get(child.sub_content, place if not child.sub_content or not named else -1)
        if at < 0 or at in answers:
            raise UnverifiableError("an answer belongs to no question, or to one that has an answer")
        indexes = child.indexes
        answers[at] = indexes[0] if indexes else None
    return [answers.get(place) for place in range(len(asked))]


def drag_question(params: Params, said: Reported) -> Scored:
    """+1 for each thing in a zone it belongs to, −1 for each elsewhere if penalties apply, never below 0."""
    behaviour, task = group(params, "behaviour"), group(params, "question", "task")
    things, zones = rows(task.get("elements")), rows(task.get("dropZones"))
    belongs = {
        (zone, int(thing))
        for zone, described in enumerate(zones)
        for thing in described.get("correctElements") or []
        if str(thing).isdecimal() and int(thing) < len(things)
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


def _percentage(behaviour: Params) -> float:
    value = behaviour.get("passPercentage", 100)
    return float(value) if isinstance(value, int | float) else 100


def _placed(said: Reported, things: list[Params], zone_count: int) -> set[tuple[int, int]]:
    placed: set[tuple[int, int]] = set()
    for part in said.parts:
        zone, _dot, thing = part.partition("[.]")
        if not (zone.isdecimal() and thing.isdecimal()) or int(zone) >= zone_count or int(thing) >= len(things):
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
