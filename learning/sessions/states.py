"""How a session goes from state to state, as data: each step with where it leads from and to. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """``label`` stands on the button that takes it."""

    name: str
    label: Promise
    before: Collection[str]
    after: str
    icon: str


STEPS = {
    step.name: step
    for step in (
        Step("announce", _("Announce it"), {"planned"}, "announced", "bell"),
        Step("close", _("Close: all are noted"), {"held"}, "closed", "check"),
        Step("reopen", _("Open again"), {"closed"}, "held", "rotate-ccw"),
        Step("cancel", _("Cancel it"), {"planned", "announced"}, "cancelled", "circle-x"),
    )
}
SHOWN = ("announced", "held", "closed", "cancelled")  # to others than who holds it
ANSWERED_IN = ("announced", "held")  # before it begins: who comes early may be noted already
INVITED_IN = ("planned", "announced", "held")
NOTED_IN = ("planned", "announced", "held")  # while attendance may be noted


def steps_from(state: str) -> list[Step]:
    return [step for step in STEPS.values() if state in step.before]
