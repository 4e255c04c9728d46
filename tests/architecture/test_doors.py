"""Each page that has a name says to whom it opens, in `tests/flows/doors.py`."""

from collections import Counter

from membership.policy import Action
from tests.flows.doors import DOORS, needs, pages


def test_every_page_has_a_decision_and_every_decision_a_page():
    assert {name for name, _pattern in pages()} == set(needs())
    twice = Counter(f"{room}:{page}" for _needed, room, listed in DOORS for page in listed.split())
    assert [name for name, times in twice.items() if times > 1] == []


def test_every_action_of_the_role_table_opens_a_page():
    opening = {action for needed, *_named in DOORS for action in (needed if isinstance(needed, tuple) else (needed,))}
    # An office's slip is a choice on the page of slips, the log is Wagtail's.
    assert set(Action) - opening == {Action.GIVE_OFFICE_ACCESS, Action.VIEW_AUDIT}
