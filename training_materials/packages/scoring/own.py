"""Our own activities: their content scores a response, see ``training_materials.activities``."""

from training_materials.activities.content import UnreadableResponseError
from training_materials.activities.packing import score
from training_materials.packages.scoring.base import Params, Reported, Scored, Scorer, UnverifiableError


def own(library: str) -> Scorer:
    """The scorer of the library of that machine name. One response says all; parts are for readers of reports."""

    def scorer(params: Params, said: Reported) -> Scored:
        try:
            found = score(library, params, said.response or "")
        except UnreadableResponseError as wrong:
            raise UnverifiableError(str(wrong)) from wrong
        return Scored(found.raw, found.maximum)

    return scorer
