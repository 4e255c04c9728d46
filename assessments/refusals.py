"""Why an attempt cannot be started or answered. The message is translated, for the learner to read."""


class StartRefusedError(Exception):
    """No attempts left, or the quiz cannot be drawn."""


class AttemptClosedError(Exception):
    """The attempt is finished, or its time is over: answers are not taken any more."""


class NotHandedInError(Exception):
    """The form that was to be handed in has faults, or leaves questions open: nothing was changed."""
