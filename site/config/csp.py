"""A strict Content-Security-Policy everywhere; Wagtail's admin, which needs inline scripts, has its own."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from config import policies

ADMIN_PREFIX = "/quan-tri/"


class SitePolicyMiddleware(CSPMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(ADMIN_PREFIX) and not hasattr(response, "_csp_config"):
            response._csp_config = policies.ADMIN  # type: ignore[attr-defined]
        return super().process_response(request, response)
