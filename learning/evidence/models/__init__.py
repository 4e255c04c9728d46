"""The ledger's rows, the log that seals them, and the sessions whose attendance they record."""

from learning.evidence.models.evidence import (
    WITHDRAWAL,
    EnteredBy,
    ErasureOrder,
    Evidence,
    EvidenceFile,
    Kind,
    Source,
    Verification,
    private_storage,
)
from learning.evidence.models.log import Checkpoint, Entry, Erasure, Leaf, LedgerKey, Node, Salt, Unsealed
from learning.evidence.models.session import Session

__all__ = [
    "WITHDRAWAL",
    "Checkpoint",
    "EnteredBy",
    "Entry",
    "Erasure",
    "ErasureOrder",
    "Evidence",
    "EvidenceFile",
    "Kind",
    "Leaf",
    "LedgerKey",
    "Node",
    "Salt",
    "Session",
    "Source",
    "Unsealed",
    "Verification",
    "private_storage",
]
