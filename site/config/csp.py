"""A strict Content-Security-Policy everywhere; Wagtail's admin, which needs inline scripts, has its own."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

ADMIN_PREFIX = "/quan-tri/"

_ADMIN_CHANGES = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}
_ADMIN_POLICY = {**settings.CONTENT_SECURITY_POLICY["DIRECTIVES"], **_ADMIN_CHANGES}


class SitePolicyMiddleware(CSPMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(ADMIN_PREFIX) and not hasattr(response, "_csp_config"):
            response._csp_config = _ADMIN_POLICY  # type: ignore[attr-defined]
        return super().process_response(request, response)
