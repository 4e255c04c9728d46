"""Why a dossier cannot be changed, in words for the person who tried."""

from django.core.exceptions import ValidationError


class RefusedError(ValidationError):
    """What was asked contradicts the state of the dossier; nothing was changed."""


class StaleError(RefusedError):
    """The dossier moved on, or someone else changed the figure, since the page was opened."""


class SealedError(RefusedError):
    """The dossier has been decided: nothing in it changes any more."""


class UnseenEvidenceError(RefusedError):
    """Evidence came after a body had signed off, and the body that has it now has not looked."""
