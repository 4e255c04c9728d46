"""A secretary told people by word of mouth what the site cannot tell them."""

import datetime
from collections.abc import Collection

from django.db import transaction
from wagtail.log_actions import log

from membership.models import Unit, User
from notices.models import Channel, Delivery, Notice
from notices.mouth import news, to_tell


@transaction.atomic
def tell_by_mouth(
    *, unit: Unit, people: Collection[int], until: datetime.datetime, by: User, at: datetime.datetime
) -> int:
    """Of these people those on the user's list: what stood on it at ``until`` counts as read, with a receipt. How many
    people; of who was told already nothing changes. What came later stays untold."""
    reached = to_tell(by, at).filter(pk__in=people)
    told = list(news(min(until, at)).filter(person__in=reached.values("pk")).values_list("pk", "person"))
    receipts = {
        person: Delivery(person_id=person, channel=Channel.MOUTH, state=Delivery.State.SEEN, at=at)
        for _notice, person in told
    }
    Delivery.objects.bulk_create(receipts.values())
    through = Delivery.notices.through
    through.objects.bulk_create([through(delivery_id=receipts[person].pk, notice_id=notice) for notice, person in told])
    Notice.objects.filter(pk__in=[notice for notice, _person in told]).update(seen_at=at)
    if receipts:
        data = {"people": sorted(receipts)}
        log(instance=unit, action="notices.told_by_mouth", user=by, title=unit.name, data=data, timestamp=at)
    return len(receipts)
