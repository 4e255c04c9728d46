"""Who has a place, and who waits for one."""

from dataclasses import dataclass

from learning.sessions.models import Reply, Session


@dataclass(frozen=True)
class Standing:
    """``turn`` is one's number on the waiting list; 0 off it. ``said`` is None without an answer."""

    said: bool | None
    has_place: bool
    turn: int
    taken: int
    waiting: int


def coming_and_waiting(session: Session) -> tuple[list[Reply], list[Reply]]:
    """In the order in which they answered."""
    coming = list(Reply.objects.coming_to(session))
    places = len(coming) if session.capacity is None else session.capacity
    return coming[:places], coming[places:]


def standing_of(session: Session, person_id: int | None) -> Standing:
    placed, waiting = coming_and_waiting(session)
    turns = {reply.person_id: turn for turn, reply in enumerate(waiting, start=1)}
    has_place = any(reply.person_id == person_id for reply in placed)
    turn = turns.get(person_id, 0) if person_id else 0
    said: bool | None = True if has_place or turn else None
    if said is None and person_id and Reply.objects.filter(session=session, person=person_id).exists():
        said = False
    return Standing(said, has_place, turn, len(placed), len(waiting))
