"""The hours in which nobody is written to, by the clock of Viet Nam. Pure."""

import datetime

from django.db.models import F, Q

FROM, UNTIL = datetime.time(21), datetime.time(6)  # of who chose no others


def quiet_at(now: datetime.time, habits: str) -> Q:
    """A filter on rows whose person, with their hours at ``habits``, wants to hear nothing at that time of day."""
    start, end = f"{habits}__quiet_from", f"{habits}__quiet_until"
    by_day = Q(**{f"{start}__lte": now, f"{end}__gt": now})
    over_night = Q(**{f"{start}__gt": F(end)}) & (Q(**{f"{start}__lte": now}) | Q(**{f"{end}__gt": now}))
    chosen = by_day | over_night
    return chosen | Q(**{f"{habits}__isnull": True}) if now >= FROM or now < UNTIL else chosen
