"""What waits to be sealed, and what shows that the site itself put it there: whoever owns the database alone can write
rows into the queue, but not their vouchers."""

import datetime
import hmac
from uuid import UUID

from learning.evidence.ledger.log import moment, previous_key, signing_key
from learning.evidence.models import Unsealed


def waiting(entry_id: UUID, kind: str, at: datetime.datetime) -> Unsealed:
    """The row of the queue, vouched for by the key that the database never holds."""
    voucher = _voucher(signing_key().queue_secret, entry_id, kind, at)
    return Unsealed(entry_id=entry_id, kind=kind, recorded_at=at, voucher=voucher)


def is_vouched(entry: Unsealed) -> bool:
    """Also under the key before, while one hands over to the next."""
    keys = [key for key in (signing_key(), previous_key()) if key is not None]
    said = (entry.entry_id, entry.kind, entry.recorded_at)
    return any(hmac.compare_digest(entry.voucher.encode(), _voucher(key.queue_secret, *said).encode()) for key in keys)


def _voucher(secret: bytes, entry_id: UUID, kind: str, at: datetime.datetime) -> str:
    return hmac.digest(secret, f"{entry_id} {kind} {moment(at)}".encode(), "sha256").hex()[:32]
