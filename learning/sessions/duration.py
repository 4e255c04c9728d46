"""How long a session takes. Pure."""

import datetime

_DAY = datetime.timedelta(days=1)


def hours_of(begins: datetime.datetime, ends: datetime.datetime) -> float:
    """Both in local time. What takes several days takes the same hours on each; what runs through the nights between,
    as a camp does, takes them all."""
    each = ends - begins.replace(year=ends.year, month=ends.month, day=ends.day)
    if each <= datetime.timedelta():
        return (ends - begins) / datetime.timedelta(hours=1)
    days = (ends.date() - begins.date()) // _DAY + 1
    return days * each / datetime.timedelta(hours=1)
