"""Answers to questions for those who know the key: the demo's learners, and tests.

They are found by trying, in whichever way a question is answered; no kind has to be known here.
"""

from typing import Any

from assessments.kinds import Answer, Body, Order

_NOT_KNOWN = "không nhớ"


def right(body: Body, order: Order) -> Answer:
    """The answer that earns the whole point; of what a trainer marks, what a good one holds."""
    match body.control:
        case "place":
            return next(place for place in range(len(order)) if _earns(body, place, order))
        case "places":
            return [place for place in range(len(order)) if _earns(body, [place], order)]
        case "truth":
            return _earns(body, True, order)
        case "text":
            words = body.right_answer() or [criterion.text for criterion in body.rubric()]
            return words[0].partition(" (±")[0] if not body.is_marked_by_trainer else "\n".join(words)
    parts = _parts(body, order)
    words = [line.partition(". ")[2] for line in body.right_answer()]
    return [_choice(body, order, place, len(parts), True) if part else words[place] for place, part in parts.items()]


def wrong(body: Body, order: Order) -> Answer:
    """An answer that earns less."""
    match body.control:
        case "place":
            return next(place for place in range(len(order)) if not _earns(body, place, order))
        case "places":
            return [0] if right(body, order) != [0] else [1]
        case "truth":
            return not right(body, order)
        case "text":
            return _NOT_KNOWN
        case "rows":
            answer = right(body, order)
            return answer[1:] + answer[:1]
    parts = _parts(body, order)
    return [_choice(body, order, place, len(parts), False) if part else _NOT_KNOWN for place, part in parts.items()]


def _earns(body: Body, answer: Answer, order: Order) -> bool:
    return bool(body.mark(answer, order).points)


def _parts(body: Body, order: Order) -> dict[int, list[Any]]:
    """The rows or blanks, by their places, each with what can be chosen; nothing where words are written."""
    shown = body.shown(order, None)
    rows = shown.get("rows") or [piece["gap"] for piece in shown["pieces"] if "gap" in piece]
    return dict(sorted((int(row.get("row", row["number"])), row.get("choices", [])) for row in rows))


def _choice(body: Body, order: Order, place: int, count: int, is_right: bool) -> int:
    """A choice for one part alone that earns something, or nothing."""
    entries = ([None] * place + [entry] + [None] * (count - place - 1) for entry in range(1000))
    return next(entry for entry, answer in enumerate(entries) if _earns(body, answer, order) == is_right)
