"""One JSON object a line. Ids only: a log never holds a name, an address of a person or what they wrote."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

_EXTRA = ("status_code", "person_id", "user_id", "unit_id", "task", "duration_ms")


# They tell each page saved, each task run and each passkey opened; the audit log and the task table do too.
_TALKATIVE = ("wagtail", "django_tasks", "django.tasks", "elastic_transport", "fido2")


def configuration(level: str) -> dict[str, Any]:
    """``settings.LOGGING``."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "config.logs.JsonFormatter"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {name: {"level": "WARNING"} for name in _TALKATIVE},
    }


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        entry |= {name: getattr(record, name) for name in _EXTRA if hasattr(record, name)}
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)
