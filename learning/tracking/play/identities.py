"""Under which identifiers statements may speak of people: their account of this site, and their mailboxes."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from itertools import chain

from allauth.account.models import EmailAddress

from learning.tracking.models import LearnerAlias
from learning.tracking.xapi.agents import identity
from learning.tracking.xapi.clients import learner_agent
from membership.models import User


def identities_of(person_ids: Collection[int]) -> set[str]:
    """As ``learning.tracking.xapi.agents.identity`` writes them. A mailbox counts as it was written, and in small
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
