"""Credentials of outside systems, launches of content, and the names under which statements speak of people."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Collection, Iterable
from typing import NamedTuple
from uuid import UUID, uuid4

import uuid_utils.compat as uuid7
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from learning.tracking.models import Credential, Enrolment, Launch, LearnerAlias, Scope
from membership.models import Person, User
from membership.writing import read_held

LAUNCH_LASTS = datetime.timedelta(hours=8)


class Learner(NamedTuple):
    person_id: int
    is_consenting: bool


def digest_of(secret: str) -> str:
    """What is kept of a secret. It is random and long: one SHA-256 hides it, and costs nothing at each request."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_credential(
    *, name: str, scopes: Collection[Scope], by: User | None, at: datetime.datetime
) -> tuple[Credential, str]:
    """A credential and its secret, which is kept nowhere. Administrators only; ``by`` None is the system."""
    _require_administrator(by)
    secret = secrets.token_urlsafe(32)
    credential = Credential.objects.create(
        name=name,
        key=secrets.token_hex(8),
        secret_digest=digest_of(secret),
        scopes=sorted(Scope(scope).value for scope in scopes),
        created_at=at,
        created_by=by,
    )
    data = {"scopes": credential.scopes}
    log(instance=credential, action="tracking.make_credential", user=by, title=str(credential.pk), data=data)
    return credential, secret


@transaction.atomic
def revoke_credential(*, credential: Credential, by: User | None, at: datetime.datetime) -> Credential:
    """From now on it opens nothing; what it wrote stays. Idempotent."""
    _require_administrator(by)
    standing = Credential.objects.select_for_update().get(pk=credential.pk)
    if standing.revoked_at is None:
        standing.revoked_at = at
        standing.save(update_fields=["revoked_at"])
        log(instance=standing, action="tracking.revoke_credential", user=by, title=str(standing.pk))
    return standing


def note_spoken_version(*, credential: Credential, version: str) -> None:
    """In which version the system speaks: so it is answered when a request names none. No entry in the audit log."""
    Credential.objects.filter(pk=credential.pk).update(spoken_version=version)


@transaction.atomic
def start_launch(
    *,
    person: Person,
    activity: str,
    at: datetime.datetime,
    registration: UUID | None = None,
    enrolment: Enrolment | None = None,
    step_key: UUID | None = None,
    lasts: datetime.timedelta = LAUNCH_LASTS,
) -> tuple[Launch, str]:
    """A launch of content and its token, which is kept nowhere. The same registration goes on with an attempt.

    The rows are the record: launches leave no entry in the audit log.
    """
    alias_of(person=person)
    token = secrets.token_urlsafe(32)
    launch = Launch.objects.create(
        person=person,
        enrolment=enrolment,
        step_key=step_key,
        activity=activity,
        registration=registration or uuid7.uuid7(),
        token_digest=digest_of(token),
        started_at=at,
        expires_at=at + lasts,
    )
    return launch, token


@transaction.atomic
def end_launch(*, launch: Launch, at: datetime.datetime) -> None:
    """Its token opens nothing any more. Idempotent."""
    Launch.objects.filter(pk=launch.pk, ended_at=None).update(ended_at=at)


def alias_of(*, person: Person) -> UUID:
    """The name under which statements speak of the person; made when it is first needed."""
    alias, _is_new = LearnerAlias.objects.get_or_create(person=person, defaults={"name": uuid4()})
    return alias.name


def called(names: Iterable[UUID]) -> dict[UUID, Learner]:
    """Whom statements call so, in one query; nobody of them takes their consent back until what is stored stands."""
    found = LearnerAlias.objects.filter(name__in=list(names)).values_list("name", "person_id", "person__withdrawn_at")
    return {UUID(str(name)): Learner(person, withdrawn_at is None) for name, person, withdrawn_at in read_held(found)}


def _require_administrator(by: User | None) -> None:
    if by is not None and not by.is_superuser:
        raise PermissionDenied("credentials are for administrators")
