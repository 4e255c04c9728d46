"""What a person takes along: to which sessions they were invited and said that they come, and what they were given."""

from typing import Any

from django.db.models import F

from learning.sessions.models import AttendanceCertificate, Invitee, Reply
from membership.models import Person


def sessions_part(person: Person) -> dict[str, Any]:
    """Also of records merged into the person's."""
    people = Person.objects.records_of(person)
    said = Reply.objects.filter(person__in=people)
    given = AttendanceCertificate.objects.filter(person__in=people)
    of_session = {"title": F("session__title")}
    invited = Invitee.objects.filter(person__in=people)
    return {
        "session_replies": list(said.values("is_coming", "replied_at", **of_session)),
        "session_invitations": list(invited.values("group_name", "invited_at", **of_session)),
        "attendance_certificates": list(given.values("code", "issued_at", "revoked_at", **of_session)),
    }
