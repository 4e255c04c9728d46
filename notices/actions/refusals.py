"""Addresses from which letters come back: counted, switched off where nobody is there, on again once that is mended."""

import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from notices import channels
from notices.models import Channel, Refusal
from notices.notices import tell_of_refusal
from notices.stopping import confirmation
from work.actions import put_letter


@transaction.atomic
def note_refusal(*, carrier: str, address: str, letter: str, is_final: bool, at: datetime.datetime) -> None:
    """As the outbox tells it; of one letter once, however often it comes back. Of who has left the address, nothing."""
    channel = next((one for one in channels.channels.values() if one.carrier == carrier), None)
    person = channel.owner_of(address) if channel else None
    if channel is None or person is None:
        return
    refusal, _is_new = Refusal.objects.select_for_update().get_or_create(
        person_id=person, channel=channel.key.value, address=channel.written(address), defaults={"letter": "", "at": at}
    )
    is_news = is_final and not refusal.is_off
    if refusal.letter == letter and not is_news:
        return
    refusal.count += refusal.letter != letter
    refusal.letter, refusal.at, refusal.is_off = letter, at, refusal.is_off or is_final
    refusal.save()
    if is_news:
        tell_of_refusal(refusal=refusal, at=at)


@transaction.atomic
def confirm_again(*, refusal: Refusal, at: datetime.datetime) -> bool:
    """A mailbox is proven by a letter with a link; whether one went out. A telephone is tried again at once."""
    if refusal.channel != Channel.EMAIL:
        refusal.delete()
        return False
    with override("vi"):
        link = settings.BASE_URL + reverse("notices:address", args=[confirmation(refusal.person_id, refusal.address)])
        text = render_to_string("notices/mail/confirm.txt", {"link": link})
        subject = f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{_('Confirm your address')}"
    put_letter(message=EmailMessage(subject, text), address=refusal.address, at=at)
    return True


@transaction.atomic
def switch_on(*, person_id: int, address: str) -> None:
    """By the link in that letter. Idempotent."""
    Refusal.objects.filter(person=person_id, channel=Channel.EMAIL, address=address).delete()
