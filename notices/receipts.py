"""What became of an officer's letter: numbers, never who."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from notices.channels import channels, present
from notices.models import Channel, Circular, Delivery


@dataclass(frozen=True)
class Receipts:
    """By channel how many are in each of ``Delivery.State``, under its label; of all how many are told by no channel
    yet, have read it on the site, and were told by word of mouth."""

    by_channel: Sequence[tuple[str, Sequence[tuple[str, int]]]]
    to_come: int
    seen: int
    by_mouth: int


def receipts_of(circular: Circular) -> Receipts:
    """Whoever reads it on the site has read what went by each channel (``actions.reading``)."""
    found = Delivery.objects.filter(notices__circular=circular).order_by().values_list("channel", "state")
    counts = {(channel, state): count for channel, state, count in found.annotate(count=Count("pk"))}
    shown = {channel for channel, _state in counts} | {channel.key for channel in present()}
    by_channel = [
        (str(channel.key.label), [(str(state.label), counts.get((key, state), 0)) for state in Delivery.State])
        for key, channel in channels.items()
        if key in shown
    ]
    told = circular.notices.aggregate(
        seen=Count("pk", filter=Q(seen_at__isnull=False)),
        to_come=Count("pk", filter=Q(passed_on_at=None, seen_at=None, done_at=None)),
    )
    by_mouth = counts.get((Channel.MOUTH, Delivery.State.SEEN), 0)
    return Receipts(by_channel, told["to_come"], told["seen"] - by_mouth, by_mouth)
