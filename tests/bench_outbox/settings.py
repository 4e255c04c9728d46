"""As the other measurements, with letters that really leave."""

import os

from tests.bench.settings import *  # noqa: F403

EMAIL_BACKEND = "work.outbox.OutboxBackend"
DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["SINK_PORT"])
