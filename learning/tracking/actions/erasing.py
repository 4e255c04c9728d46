"""A person is erased: statements stay under a pseudonym, documents, launches and the account name go. And under which
identifiers statements may speak of people: their account of this site, and their mailboxes."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection
from functools import partial
from itertools import chain
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q

from learning.tracking.models import (
    Attachment,
    AttachmentUse,
    Document,
    Launch,
    LearnerAlias,
    Statement,
    StatementErasure,
    StatementTerm,
)
from learning.tracking.models.statements import private_storage
from learning.tracking.xapi.activities import identity
from learning.tracking.xapi.clients import learner_agent
from learning.tracking.xapi.equality import without_person
from learning.tracking.xapi.terms import AGENT, RELATED_AGENT, term
from membership.models import User

_AT_ONCE = 200


def identities_of(person_ids: Collection[int]) -> set[str]:
    """As ``learning.tracking.xapi.activities.identity`` writes them. A mailbox counts as it was written, and in small
    letters, and as its SHA-1.
    """
    names = LearnerAlias.objects.filter(person_id__in=person_ids).values_list("name", flat=True)
    found = {identity(learner_agent(name)) or "" for name in names}
    addresses = chain(
        User.objects.filter(person_id__in=person_ids).exclude(email="").values_list("email", flat=True),
        EmailAddress.objects.filter(user__person_id__in=person_ids).values_list("email", flat=True),
    )
    for address in addresses:
        for mailbox in (f"mailto:{address}", f"mailto:{address.lower()}"):
            digest = hashlib.sha1(mailbox.encode(), usedforsecurity=False).hexdigest()
            found |= {mailbox, f"sha1:{digest}"}
    return found


@transaction.atomic
def erase_records(*, person_ids: Collection[int], at: datetime.datetime) -> int:
    """Part of an erasure; gives how many statements lost the person. Run twice it finds nothing left."""
    identities = identities_of(person_ids)
    related = {term(RELATED_AGENT, one) for one in identities}
    named = StatementTerm.objects.filter(term__in=related).values_list("statement_id", flat=True)
    about = Statement.objects.filter(person_id__in=person_ids).values_list("pk", flat=True)
    keys = sorted({*named, *about})
    pseudonym = learner_agent(uuid4())
    for some in _in_batches(keys):
        _erase_from(some, identities, pseudonym, at)
    _rename_terms(identities, pseudonym)
    Document.objects.filter(Q(person_id__in=person_ids) | Q(agent__in=related)).delete()
    Launch.objects.filter(person_id__in=person_ids).delete()
    LearnerAlias.objects.filter(person_id__in=person_ids).delete()
    return len(keys)


def _erase_from(
    keys: list[UUID], identities: Collection[str], pseudonym: dict[str, object], at: datetime.datetime
) -> None:
    StatementErasure.objects.bulk_create(
        [StatementErasure(statement_id=key, erased_at=at) for key in keys], ignore_conflicts=True
    )
    statements = list(Statement.objects.filter(pk__in=keys))
    bare = []
    for statement in statements:
        had = "attachments" in statement.body
        statement.body = without_person(statement.body, identities, pseudonym)
        if had and "attachments" not in statement.body:
            bare.append(statement.pk)
        statement.person_id = statement.launch_id = None
    Statement.objects.bulk_update(statements, ["body", "person", "launch"])
    _drop_files(bare)


def _rename_terms(identities: Collection[str], pseudonym: dict[str, object]) -> None:
    """What was found by the person is found by the pseudonym: the order and the number of statements stay."""
    account = pseudonym["account"]
    assert isinstance(account, dict)
    name = f"account:{account['homePage']} {account['name']}"
    for kind in (AGENT, RELATED_AGENT):
        old = StatementTerm.objects.filter(term__in={term(kind, one) for one in identities})
        StatementTerm.objects.bulk_create(
            [StatementTerm(term=term(kind, name), stored=row.stored, statement_id=row.statement_id) for row in old],
            ignore_conflicts=True,
        )
        old.delete()


def _drop_files(keys: list[UUID]) -> None:
    AttachmentUse.objects.filter(statement_id__in=keys).delete()
    orphans = Attachment.objects.filter(uses=None)
    names = list(orphans.values_list("file", flat=True))
    orphans.delete()
    transaction.on_commit(partial(_delete_stored, names))


def _delete_stored(names: list[str]) -> None:
    for name in names:
        private_storage().delete(name)


def _in_batches(keys: list[UUID]) -> list[list[UUID]]:
    return [keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE)]
