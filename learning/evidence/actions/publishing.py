"""Checkpoints go out, so that others hold what the database alone could not prove."""

import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from learning.evidence.ledger.log import signed
from learning.evidence.models import Checkpoint
from membership.models import Membership, Role, User

_ACTION = "evidence.send_checkpoint"


@transaction.atomic
def send_checkpoint(*, at: datetime.datetime) -> int:
    """Mails the latest checkpoint to each province officer; gives to how many. A checkpoint goes out once."""
    checkpoint = Checkpoint.objects.order_by("-number").first()
    if checkpoint is None or checkpoint.number <= _last_sent():
        return 0
    addresses = _addresses(timezone.localdate(at))
    log(
        instance=checkpoint, action=_ACTION, title=str(checkpoint.number), data={"number": checkpoint.number}
    )  # fmt: skip
    with override(settings.LANGUAGE_CODE):
        for address in addresses:
            _mail(checkpoint, address).send()
    return len(addresses)


def _last_sent() -> int:
    entry = ModelLogEntry.objects.filter(action=_ACTION).order_by("-timestamp", "-pk").first()
    return int(entry.data["number"]) if entry else 0


def _addresses(day: datetime.date) -> list[str]:
    officers = Membership.objects.on(day).filter(role=Role.PROVINCE_OFFICER).values("person")
    users = User.objects.filter(person__in=officers, is_active=True).exclude(email="")
    return list(users.order_by("pk").values_list("email", flat=True))


def _mail(checkpoint: Checkpoint, address: str) -> EmailMessage:
    context = {
        "text": signed(checkpoint).text,
        "checkpoint": checkpoint,
        "address": f"{settings.BASE_URL}{reverse('evidence:register')}",
    }
    day = timezone.localtime(checkpoint.sealed_at).strftime("%d/%m/%Y")
    subject = _("Seal of the ledger of %(day)s") % {"day": day}
    return EmailMessage(subject, render_to_string("evidence/mail/checkpoint.txt", context), to=[address])
