"""What the gate found, for the trainer who uploaded and the administrator who may install."""

from dataclasses import asdict, dataclass, field
from typing import Any

from training_materials.packages.gate import FoundPackage


@dataclass
class Report:
    """``unknown``, ``known`` and ``missing`` name libraries; ``notes`` are whole sentences."""

    problem: str = ""
    title: str = ""
    main: str = ""
    media: int = 0
    bytes: int = 0
    known: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    scripts: dict[str, int] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    left_out: int = 0
    dropped: int = 0
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def report_of(found: FoundPackage, installed: dict[str, str]) -> Report:
    """``installed`` gives the likeness of each installed library by its full name, "H5P.Question 1.5.4"."""
    names = {str(library.manifest): library for library in found.libraries.values()}
    return Report(
        title=found.manifest.title,
        main=str(found.manifest.main),
        media=len(found.media),
        bytes=sum(file.size for file in found.media.values()),
        known=sorted(name for name in names if name in installed),
        unknown=sorted(name for name in names if name not in installed),
        scripts={name: len(library.manifest.scripts) for name, library in names.items() if name not in installed},
        changed=sorted(
            name for name, library in names.items() if installed.get(name, library.likeness) != library.likeness
        ),
        left_out=len(found.left_out),
    )
