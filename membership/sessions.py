"""The sessions of ``settings.SESSION_ENGINE``: as Django keeps them, in the database and before it in the cache, with
whose they are in a column; and their cookie."""

from typing import Any

from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import cached_db
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers


class SessionStore(cached_db.SessionStore):
    @classmethod
    def get_model_class(cls) -> type[Any]:
        """Models import this module, so it cannot import them."""
        return apps.get_model("membership", "Session")

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        session: Any = super().create_model_instance(data)
        session.user_id = data.get(SESSION_KEY)
        return session


class SessionCookieMiddleware(SessionMiddleware):
    """Takes the cookie away from who signs out, and from nobody else.

    Django's takes it wherever its session is unknown: what was asked before a sign-in and answered after it, by a
    worker or a script of the page before, would sign one out again.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.session.modified or not request.session.is_empty():
            answered: HttpResponse = super().process_response(request, response)
            return answered
        if request.session.accessed:
            patch_vary_headers(response, ["Cookie"])
        return response
