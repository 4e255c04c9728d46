"""How many notices somebody has not read: for the bell on every page, by one query over an index of those alone."""

from django.http import HttpRequest

from notices.models import Notice


def unread(request: HttpRequest) -> int | None:
    """None for who has no notices at all: visitors, and who only runs the machine."""
    person = getattr(request.user, "person_id", None)
    return None if person is None else Notice.objects.open().filter(person=person).count()
