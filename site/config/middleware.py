"""What stands before every page: its language, its policies, no NUL in its address, and in what is typed no sign that
cannot be kept.
"""

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict, RawPostDataException
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from config import policies
from interface.vietnamese import storable

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
        response.headers.setdefault("Permissions-Policy", policies.PERMISSIONS)
        # Other sites draw nothing of ours into their pages; a package's own files say otherwise themselves.
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return super().process_response(request, response)


class NulRefusingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("the address holds a NUL")
        return self.get_response(request)


class StorableTextMiddleware(MiddlewareMixin):
    """The door of all that people type into any form, Wagtail's too: what cannot be kept or printed stays outside.

    Passwords are nobody's to change. What programs send (views exempt from CSRF) is read by their own rules.
    """

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponseBase], *_given: object) -> None:
        if not getattr(view, "csrf_exempt", False):
            request.GET = _storable(request.GET)  # type: ignore[assignment]
            request.POST = _storable(request.POST)  # type: ignore[assignment]

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, RawPostDataException):
            raise BadRequest("a form was sent where a page of ours sends JSON") from exception


def _storable(sent: QueryDict) -> QueryDict:
    """The same object where nothing has to go, as with nearly all that is sent."""
    kept = {name: texts if "password" in name else [*map(storable, texts)] for name, texts in sent.lists()}
    if all(kept[name] == texts for name, texts in sent.lists()):
        return sent
    clean = sent.copy()
    for name, texts in kept.items():
        clean.setlist(name, texts)
    clean._mutable = False
    return clean
