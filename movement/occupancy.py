"""Proposals when the office at which they wait lives on in another."""

from django.utils.translation import gettext_lazy

from membership.registries.following import Follower
from movement.models import Proposal

PROPOSALS = Follower(
    "proposals", gettext_lazy("Proposals that wait there"), lambda day: Proposal.objects.waiting(), "office"
)
