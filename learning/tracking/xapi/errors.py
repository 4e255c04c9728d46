"""What the store refuses, with the HTTP status that the specification gives it."""


class RefusedError(Exception):
    """The request is refused: ``message`` says why, for the programmer of the client."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


class ConflictError(RefusedError):
    """What is to be stored contradicts what is stored already."""

    def __init__(self, message: str) -> None:
        super().__init__(message, 409)


class ForbiddenError(RefusedError):
    """The client is known, and may not do this."""

    def __init__(self, message: str) -> None:
        super().__init__(message, 403)


class AbsentError(RefusedError):
    def __init__(self, message: str = "Nothing is stored under that.") -> None:
        super().__init__(message, 404)
