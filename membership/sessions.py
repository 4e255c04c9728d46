"""The sessions of ``settings.SESSION_ENGINE``: as Django keeps them, in the database and before it in the cache, with
whose they are in a column."""

from typing import Any

from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import cached_db


class SessionStore(cached_db.SessionStore):
    @classmethod
    def get_model_class(cls) -> type[Any]:
        """Models import this module, so it cannot import them."""
        return apps.get_model("membership", "Session")

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        session: Any = super().create_model_instance(data)
        session.user_id = data.get(SESSION_KEY)
        return session
