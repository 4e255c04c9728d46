"""What is told of what happens in ``membership``, which lies lower."""

import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from membership.models import FileAccess, Person
from notices.actions.telling import Told, tell
from notices.models import Preference
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
        words=_("%(unit)s writes to you: “%(subject)s”"),
        why=_("You belong to this unit or one beneath it, and to those whom it chose."),
        urgency=Urgency.AT_ONCE,
    )
)


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
