"""What a content's responses earn, computed here. Scorers are keyed by library and range of versions.

Own content types register theirs with ``register``.
"""

from training_materials.packages.scoring.base import Params, Reported, Scored, Scorer, UnverifiableError
from training_materials.packages.scoring.registry import (
    Finish,
    Verdict,
    VerdictKind,
    finish_of,
    judge,
    register,
    scorer_of,
)
