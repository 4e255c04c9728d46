"""Consent by purpose, on the site and on paper, and the record of who opened whose file."""

import datetime
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from membership.actions.accounts import end_sessions
from membership.actions.people import hold, person_title
from membership.age import signatures_of
from membership.belonging import unit_of
from membership.models import Consent, ConsentText, FileAccess, Membership, Person, User
from membership.policy import STAFF_ROLES, Action, require_over, standing_roles
from membership.registries.purposes import Purpose, needed, purposes
from membership.signals import agreed_again

TEXTS = Path(__file__).resolve().parent.parent / "data" / "consent"


@transaction.atomic
def publish_consent_text(
    *, purpose: str = "service", version: str, text: str, by: User | None, at: datetime.datetime
) -> ConsentText:
    """A new version, asked of everyone from now on. Idempotent: a version that stands with this text is returned."""
    if by is not None and not by.is_superuser:
        raise PermissionDenied("only administrators publish consent texts")
    standing = ConsentText.objects.filter(purpose=purpose, version=version).first()
    if standing and standing.text != text:
        raise ValidationError(_("This version is published already. Give the new text a new version."))
    if standing:
        return standing
    published = ConsentText.objects.create(purpose=purpose, version=version, text=text, published_at=at)
    data = {"purpose": purpose, "version": version}
    log(instance=published, action="membership.publish_consent_text", user=by, data=data)
    return published


def load_consent_texts(*, by: User | None, at: datetime.datetime) -> list[ConsentText]:
    """Publishes the texts that come with the site, by purpose, the file's name being the version; those that stand
    stay."""
    standing = set(ConsentText.objects.values_list("purpose", "version"))
    return [
        publish_consent_text(
            purpose=purpose, version=path.stem, text=path.read_text(encoding="utf-8").strip(), by=by, at=at
        )
        for purpose in purposes
        for path in sorted((TEXTS / purpose).glob("*.txt"))
        if (purpose, path.stem) not in standing
    ]


@transaction.atomic
def accept_consent(
    *, person: Person, text: ConsentText, by: User, at: datetime.datetime, representative: str = ""
) -> Consent:
    """Explicit consent to one version, with its moment; given twice it stays the first. Only for oneself.

    Raises ValidationError for a child without ``representative``, the name of who agrees with them.
    """
    if by.person_id != person.pk:
        raise PermissionDenied("consent is one's own")
    hold(person)
    return _give(person, text, by, at, representative)


@transaction.atomic
def record_consent(
    *, person: Person, texts: Sequence[ConsentText], signed_on: datetime.date, by: User, at: datetime.datetime,
    representative: str = "",
) -> list[Consent]:  # fmt: skip
    """What was signed on paper, by an officer who saw it. Never for oneself. What stands already stays as it is.

    Raises PermissionDenied out of reach; ValidationError for a day to come, for one before the text was published or
    the person took back what they signed, and for a child without representative.
    """
    if by.person_id == person.pk:
        raise PermissionDenied("nobody records their own consent")
    require_over(by, Action.ASSIST, person, timezone.localdate(at))
    if signed_on > timezone.localdate(at):
        raise ValidationError(_("The paper cannot have been signed on a day to come."))
    hold(person)
    for text in texts:
        _require_later_paper(person, text, signed_on)
    given = [_give(person, text, by, at, representative, signed_on) for text in texts]
    undo_refused(person)
    return given


@transaction.atomic
def withdraw_consent(*, person: Person, purpose: Purpose, by: User, at: datetime.datetime) -> int:
    """Withdraws every consent to the purpose that stands; tells how many. What was recorded before stays until erased.

    One's own, or by an officer to whom the person said so. Where the site needs the purpose, nothing more is written
    about the person, by no session and nobody, before consent is given again (``policy.require_consenting``), and they
    are signed out everywhere.
    """
    hold(person)
    if by.person_id != person.pk:
        require_over(by, Action.ASSIST, person, timezone.localdate(at))
    purpose.undo(person.pk)
    standing = list(Consent.objects.filter(person=person, text__purpose=purpose.key, withdrawn_at=None).order_by("pk"))
    if not standing:
        return 0
    keys = [consent.pk for consent in standing]
    Consent.objects.filter(pk__in=keys).update(withdrawn_at=at)
    settle_withdrawal(person)
    for user in User.objects.filter(person=person) if purpose.is_needed else ():
        end_sessions(user)
    data = {"purpose": purpose.key, "consents": keys}
    log(instance=person, action="membership.withdraw_consent", user=by, title=person_title(person), data=data)
    return len(standing)


def undo_refused(person: Person) -> None:
    """An empty box is a no: what rests on that purpose is undone as where it is taken back. Idempotent."""
    for purpose in purposes.values():
        if Person.objects.refusing(purpose.key).filter(pk=person.pk).exists():
            purpose.undo(person.pk)


def settle_withdrawal(person: Person) -> None:
    """Has the person's records say whether a purpose that the site needs was taken back, or that their data is not to
    be used for now: nothing more is written then."""
    about = Consent.objects.filter(person=person, text__purpose__in=needed())
    standing = about.filter(withdrawn_at=None).values("text__purpose")
    stopped = about.exclude(text__purpose__in=standing).aggregate(at=Max("withdrawn_at"))["at"] or person.restricted_at
    records = Person.objects.records_of(person)
    list(records.select_for_update().order_by("pk").values_list("pk"))  # what is being written stands first
    held = [] if stopped else list(records.filter(withdrawn_at__isnull=False).values_list("pk", flat=True))
    records.update(withdrawn_at=stopped)
    person.withdrawn_at = stopped
    if held:
        agreed_again.send(Person, person_ids=held)


def log_file_access(*, user: User, person: Person, what: str, at: datetime.datetime) -> None:
    """Notes who opened whose file, in the name of which unit; opening one's own is nobody's business."""
    if user.person_id == person.pk:
        return
    office = _office_over(person, user, timezone.localdate(at))
    FileAccess.objects.create(user=user, person=person, unit=office.unit if office else None, what=what, at=at)


def _give(
    person: Person, text: ConsentText, by: User, at: datetime.datetime, representative: str,
    signed_on: datetime.date | None = None,
) -> Consent:  # fmt: skip
    """By the age of the day on which they agreed, which for paper is an earlier one."""
    name = " ".join(representative.split())
    day = signed_on or timezone.localdate(at)
    is_child = signatures_of(person.birth_year, person.birth_day, day).representative
    if is_child and not name:
        raise ValidationError(_("For a child the parent or guardian agrees too: enter their name."))
    said = {
        "given_at": at,
        "representative": name if is_child else "",
        "signed_on": signed_on,
        "recorded_by": by if signed_on else None,
    }
    consent, is_new = Consent.objects.get_or_create(person=person, text=text, withdrawn_at=None, defaults=said)
    if is_new:
        settle_withdrawal(person)
        action = "membership.record_consent" if signed_on else "membership.accept_consent"
        data = {"purpose": text.purpose, "version": text.version}
        log(instance=consent, action=action, user=by, title=person_title(person), data=data)
    return consent


def _require_later_paper(person: Person, text: ConsentText, signed_on: datetime.date) -> None:
    """Raises ValidationError for a paper from before its text was published, or the person took the purpose back."""
    published = timezone.localdate(text.published_at)
    if signed_on < published:
        told = _("This text was published on %(day)s: a paper of an earlier day cannot agree to it.")
        raise ValidationError(told, params={"day": f"{published:%d/%m/%Y}"})
    taken_back = person.consents.filter(text__purpose=text.purpose).aggregate(at=Max("withdrawn_at"))["at"]
    if taken_back is not None and signed_on < timezone.localdate(taken_back):
        told = _("The person took this back on %(day)s, after they signed this paper. It takes a paper of a later day.")
        raise ValidationError(told, params={"day": f"{timezone.localdate(taken_back):%d/%m/%Y}"})


def _office_over(person: Person, user: User, day: datetime.date) -> Membership | None:
    """The user's role whose unit the person belongs to; lacking one, any that they hold."""
    offices = [membership for membership in standing_roles(user) if membership.role in STAFF_ROLES]
    home = unit_of(person, day)
    over = [office for office in offices if home and home.path.startswith(office.unit.path)]
    return next(iter(over or offices), None)
