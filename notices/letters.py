"""The letters in which notices go out, in Vietnamese, as plain text."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from interface.owner import owner
from notices.calendars import carried
from notices.models import Habits, Notice, Preference
from notices.registries.kinds import kinds
from notices.stopping import stop_address

_LANGUAGE = "vi"
_CALENDAR = "text/calendar; method=PUBLISH"


def letter_of(notice: Notice) -> EmailMessage:
    """One urgent notice."""
    with override(_LANGUAGE):
        return _letter([notice], line_of(notice), notice.kind, "notices/mail/urgent.txt", standing_parts())


def line_of(notice: Notice) -> str:
    """What stands where others may see it."""
    with override(_LANGUAGE):
        return str(notice.of_kind.title) if is_subject_open(notice) else _("You have a new notice")


def digest_of(notices: Sequence[Notice], parts: Mapping[str, str]) -> EmailMessage:
    """One person's, of a week."""
    with override(_LANGUAGE):
        subject = _("Your week: what is new for you")
        return _letter(notices, subject, Preference.DIGEST, "notices/mail/digest.txt", parts)


def count_of(notices: Sequence[Notice]) -> str:
    """One person's week in one line, where no more has room."""
    with override(_LANGUAGE):
        told = ngettext("%(count)d new notice this week", "%(count)d new notices this week", len(notices))
        return told % {"count": len(notices)}


def standing_parts() -> dict[str, str]:
    """What is the same in every letter; made once for many."""
    with override(_LANGUAGE):
        signature = render_to_string("components/signature.txt", {"owner": owner()})
    addresses = {"site": settings.BASE_URL, "inbox": _absolute("inbox"), "choices": _absolute("choices")}
    return {**addresses, "signature": signature}


def is_subject_open(notice: Notice) -> bool:
    habits: Habits | None = getattr(notice.person, "notice_habits", None)
    return habits is not None and habits.is_subject_open


def _letter(
    notices: Sequence[Notice], subject: str, kind: str, template: str, parts: Mapping[str, str]
) -> EmailMessage:
    is_binding = kind in kinds and kinds[kind].binding
    stop = "" if is_binding else stop_address(notices[0].person_id, kind)
    text = get_template(template).render({"notices": notices, "stop": stop, **parts})
    message = EmailMessage(
        f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}",
        text,
        headers=_headers(stop),
        reply_to=_answered_by(notices),
    )
    if dated := tuple(dict.fromkeys(notice.dated for notice in notices if notice.dated)):
        message.attach("lich.ics", carried(dated, max(notice.at for notice in notices)), _CALENDAR)
    return message


def _headers(stop: str) -> dict[str, str]:
    stopping = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return {**(stopping if stop else {}), "Auto-Submitted": "auto-generated"}


def _answered_by(notices: Sequence[Notice]) -> list[str]:
    """Who answers for the site, where an office wrote the letter: nobody's own address."""
    address = owner().email if any(notice.circular_id for notice in notices) else ""
    return [address] if address else []


def _absolute(view: str) -> str:
    return settings.BASE_URL + reverse(f"notices:{view}")
