"""Codes by SMS: sent to a telephone that is surely its owner's, used once, told afterwards. See decision 0138.

The code stands in the sealed message alone: in no log, no task, no entry.
"""

import datetime
import secrets

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log

from membership.actions.passkeys import end_passkeys
from membership.models import Contact, ContactPurpose, PhoneCode, User
from membership.policy import is_staff_member
from membership.signals import password_renewed
from work.actions import PutLetter, put_letter, put_letters

CODE_GOOD_FOR = datetime.timedelta(minutes=10)
MOST_CODE_TRIES = 5
_MOST = ((3, datetime.timedelta(hours=1)), (6, datetime.timedelta(days=1)))  # that one account is sent
_KEPT = datetime.timedelta(days=2)


@transaction.atomic
def send_phone_code(*, phone: str, at: datetime.datetime) -> None:
    """To that number, in its normal form, where it is one account's own; else, and too often, nothing happens. The
    code that was sent before ends."""
    user = _owner(phone)
    if user is None or any(_sent(user, at - span) >= most for most, span in _MOST):
        return
    code = f"{secrets.randbelow(10**6):06}"
    PhoneCode.objects.filter(user=user, ended_at=None).update(ended_at=at)
    PhoneCode.objects.create(user=user, code_hash=_hash(user, code), sent_at=at)
    with override("vi"):
        told = _("%(code)s is your code for a new password, for ten minutes. Give it to nobody. %(site)s")
        text = told % {"code": code, "site": settings.BASE_URL}
    _text(phone, text, at, good_for=CODE_GOOD_FOR)
    _log(user, "send_phone_code")


def renew_password(*, phone: str, code: str, password: str, at: datetime.datetime) -> bool:
    """Whether code and number fit together; a miss is counted. Raises ValidationError for a weak password, with which
    the code is not used up."""
    with transaction.atomic():
        sent = _open_code(phone, at)
        if sent is None:
            return False
        if constant_time_compare(sent.code_hash, _hash(sent.user, code)):
            _renew(sent, password, at)
            _tell(sent.user, phone, at, has_lost_passkeys=end_passkeys(sent.user))
            return True
        sent.tries += 1
        sent.ended_at = at if sent.tries >= MOST_CODE_TRIES else None
        sent.save(update_fields=["tries", "ended_at"])
        _log(sent.user, "refuse_phone_code")
        return False


def forget_phone_codes(*, at: datetime.datetime) -> int:
    return PhoneCode.objects.filter(sent_at__lt=at - _KEPT).delete()[0]


def _owner(phone: str) -> User | None:
    """Whoever signs in by it; not who holds an office, whose access is the province's to give."""
    own = Contact.objects.own_phones().filter(value=phone, purpose=ContactPurpose.SIGN_IN)
    contact = own.select_related("person__user").first()
    user: User | None = contact.person.user if contact else None
    # Whoever asks twice at once is served in turn.
    user = User.objects.select_for_update(of=("self",)).filter(pk=user.pk).first() if user else None
    return None if user is None or is_staff_member(user) else user


def _sent(user: User, since: datetime.datetime) -> int:
    return PhoneCode.objects.filter(user=user, sent_at__gt=since).count()


def _open_code(phone: str, at: datetime.datetime) -> PhoneCode | None:
    user = _owner(phone)
    fresh = PhoneCode.objects.filter(user=user, ended_at=None, sent_at__gt=at - CODE_GOOD_FOR)
    return fresh.select_related("user").first() if user else None


def _renew(sent: PhoneCode, password: str, at: datetime.datetime) -> None:
    """All sessions of the account end with its old password."""
    validate_password(password, sent.user)
    sent.ended_at = at
    sent.save(update_fields=["ended_at"])
    sent.user.set_password(password)
    sent.user.save(update_fields=["password"])
    _log(sent.user, "renew_password")


def _tell(user: User, phone: str, at: datetime.datetime, *, has_lost_passkeys: bool) -> None:
    with override("vi"):
        told = {"has_lost_passkeys": has_lost_passkeys}
        text = render_to_string("membership/mail/renewed_by_phone.txt", told)
        subject = f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{_('A new password was set')}"
        short = _("A new password was set for your account. It was not you? Call the officer of your chapter.")
        if has_lost_passkeys:
            short += f" {_('Passkeys that you had are gone; you add them anew on your account page.')}"
    if user.email:
        put_letter(message=EmailMessage(subject, text), address=user.email, at=at)
    _text(phone, short, at, good_for=datetime.timedelta(days=1))
    password_renewed.send(sender=User, person_id=user.person_id, at=at)


def _text(phone: str, text: str, at: datetime.datetime, good_for: datetime.timedelta) -> None:
    put_letters(put=[PutLetter({"text": text}, phone, channel="sms", good_for=good_for)], at=at)


def _hash(user: User, code: str) -> str:
    return salted_hmac("membership.phone_codes", f"{user.pk} {code}", algorithm="sha256").hexdigest()


def _log(user: User, entry: str) -> None:
    """Ids only; never the code, nor the number."""
    log(instance=user, action=f"membership.{entry}", user=None, title=f"account {user.pk}", data={})
