"""What is told of what happens in ``membership``, which lies lower, and of the channels themselves."""

import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from membership.models import FileAccess, Person
from notices.actions.telling import Told, tell
from notices.models import Device, Preference, Refusal
from notices.registries.kinds import Kind, Urgency, declare

FILE_OPENED = declare(
    Kind(
        key="file-opened",
        title=_("Each month: whether somebody opened my file"),
        words=ngettext_lazy(
            "In %(month)s your file was opened once. See by whom, and for what.",
            "In %(month)s your file was opened %(count)d times. See by whom, and for what.",
            "count",
        ),
        why=_("You asked to be told of it each month."),
        is_wanted=False,
    )
)
LETTER = declare(
    Kind(
        key="letter",
        title=_("An office of my unit writes to me"),
        words=_("%(unit)s writes to you: “%(subject)s”."),
        why=_("You belong to this unit or one beneath it, and to those whom it chose."),
        urgency=Urgency.AT_ONCE,
        is_spoken=True,
    )
)

REFUSED = declare(
    Kind(
        key="address-refused",
        title=_("What the site sends me does not arrive"),
        words=_("What we sent to %(address)s did not arrive. Confirm the address anew, or give another one."),
        why=_("Nothing goes there until you do."),
        urgency=Urgency.AT_ONCE,
        still_due=Refusal.objects.standing,
    )
)

RENEWED = declare(
    Kind(
        key="password-renewed",
        title=_("A new password was set with a code by SMS"),
        words=_(
            "A new password was set for your account with a code by SMS, at %(moment)s. It was not you? Tell the "
            "officer of your chapter at once."
        ),
        why=_("It is your account."),
        urgency=Urgency.AT_ONCE,
        is_owed=True,
    )
)


DEVICE_ENDED = declare(
    Kind(
        key="device-ended",
        title=_("A device of mine takes no notices any more"),
        words=_("%(device)s takes no notices any more. If you still want them there, switch them on anew."),
        why=_("You had switched them on there."),
        is_wanted=False,
    )
)


def tell_of_ended_device(*, device: Device, at: datetime.datetime) -> None:
    told = Told(
        person_id=device.person_id,
        key=f"{device.pk}:{at.isoformat()}",
        values={"device": device.name},
        address=reverse("notices:choices"),
    )
    tell(kind=DEVICE_ENDED, told=[told], at=at)


def tell_of_renewal(*, person_id: int, at: datetime.datetime) -> None:
    moment = f"{timezone.localtime(at):%H:%M %d/%m/%Y}"
    told = Told(
        person_id=person_id, key=at.isoformat(), values={"moment": moment}, address=reverse("membership:account")
    )
    tell(kind=RENEWED, told=[told], at=at)


def tell_of_refusal(*, refusal: Refusal, at: datetime.datetime) -> None:
    told = Told(
        person_id=refusal.person_id,
        key=f"{refusal.pk}:{refusal.letter}",
        subject=refusal.pk,
        values={"address": refusal.address},
        address=reverse("notices:choices"),
    )
    tell(kind=REFUSED, told=[told], at=at)


def tell_of_opened_files(*, at: datetime.datetime) -> int:
    """Of the month before, to who chose it."""
    begins = timezone.localtime(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    before = (begins - datetime.timedelta(days=1)).replace(day=1)
    wishing = Preference.objects.filter(kind=FILE_OPENED.key, is_wanted=True).values("person")
    opened = FileAccess.objects.filter(at__gte=before, at__lt=begins, person__in=Person.objects.filter(pk__in=wishing))
    counts = opened.order_by().values_list("person").annotate(count=Count("pk"))
    month, key = f"{before:%m/%Y}", f"{before:%Y-%m}"
    told = (
        Told(person_id=person, key=key, values={"month": month, "count": count}, address=reverse("membership:account"))
        for person, count in counts
    )
    return tell(kind=FILE_OPENED, told=told, at=at)
