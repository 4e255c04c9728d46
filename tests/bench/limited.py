"""As production runs in this too: requests are counted, and who sends too many is refused."""

from tests.bench.settings import *  # noqa: F403

RATELIMIT_ENABLE = True
