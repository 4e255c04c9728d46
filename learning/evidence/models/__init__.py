"""The ledger's rows, and the log that seals them."""

from learning.evidence.models.evidence import (
    EnteredBy,
    ErasureOrder,
    Evidence,
    EvidenceFile,
    Source,
    Verification,
    private_storage,
)
from learning.evidence.models.log import Checkpoint, Entry, Erasure, Leaf, LedgerKey, Node, Salt, Unsealed
from learning.evidence.models.national import NationalRecord
