"""What stands before every page: its language, its Content-Security-Policy, and no NUL in its address."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

from config import policies

# What machines read there is in the languages that it was written in.
_MACHINES = "/xapi/"
_KNOWN = frozenset(code for code, _name in settings.LANGUAGES)
ADMIN_PREFIX = "/quan-tri/"


def chosen_language(request: HttpRequest) -> str:
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return code if code in _KNOWN else settings.LANGUAGE_CODE


class LanguageMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = chosen_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        if not request.path.startswith(_MACHINES):
            response.headers.setdefault("Content-Language", language)
        return response


class SitePolicyMiddleware(CSPMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(ADMIN_PREFIX) and not hasattr(response, "_csp_config"):
            response._csp_config = policies.ADMIN  # type: ignore[attr-defined]
        return super().process_response(request, response)


class NulRefusingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("the address holds a NUL")
        return self.get_response(request)
