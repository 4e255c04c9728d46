"""Dropping a socket as a fault in its turn: who makes the faults asks, and the next learner who delivers does it."""

import threading


class Drops:
    def __init__(self) -> None:
        self._asked, self._done = threading.Semaphore(0), threading.Semaphore(0)

    def ask(self, patience_seconds: float) -> bool:
        """Whether a learner has sent an answer since and dropped the socket without reading what it led to."""
        self._asked.release()
        if self._done.acquire(timeout=patience_seconds):
            return True
        return not self._asked.acquire(blocking=False) and self._done.acquire(timeout=patience_seconds)

    def take_up(self) -> bool:
        """Whether this learner is the one to do it; then ``tell`` follows."""
        return self._asked.acquire(blocking=False)

    def tell(self, *, is_sent: bool) -> None:
        """Done; or, where no worker was there to send to, left to the next."""
        (self._done if is_sent else self._asked).release()
