"""The ledger's rows, the log that seals them, and the sessions whose attendance they record."""

from learning.evidence.models.evidence import (
    EnteredBy,
    ErasureOrder,
    Evidence,
    EvidenceFile,
    Session,
    Source,
    Verification,
    private_storage,
)
from learning.evidence.models.log import Checkpoint, Entry, Erasure, Leaf, LedgerKey, Node, Salt, Unsealed
from learning.evidence.models.national import NationalRecord
