"""How long a server asks to be left alone."""

import email.utils
import time

_AT_MOST = 3600


def seconds_of(retry_after: str) -> int:
    """Of ``Retry-After``: seconds, or a date; 0 where it says nothing that can be kept."""
    try:
        is_date = not retry_after.strip().isdecimal()
        until = email.utils.parsedate_to_datetime(retry_after).timestamp() - time.time() if is_date else retry_after
        seconds = int(until)
    except ValueError:
        return 0
    return min(max(seconds, 0), _AT_MOST)
