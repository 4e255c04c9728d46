"""What looking through the ledger found. Pure."""

from dataclasses import dataclass, field

from learning.evidence.registries.seals import Fault


@dataclass
class Findings:
    """``later`` counts entries that were sealed later than their rows were written; ``unbegun`` names kinds whose
    sealing has not begun."""

    entries: int = 0
    erased: int = 0
    later: int = 0
    waiting: int = 0
    checkpoints: int = 0
    unbegun: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def add(self, where: str, what: str) -> None:
        self.faults.append(Fault(where, what))
