"""What a browser keeps for the time without network: the site's worker, and the page that says what still works."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

_PARTS = ("assessments/worker.js", "notices/worker.js")


@cache_control(max_age=3600)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """It answers for every page of the site, and keeps none but those of attempts. It also shows what the site tells
    this device, for a site has one worker."""
    scripts = [Path(str(finders.find(name))).read_text(encoding="utf-8") for name in _PARTS]
    response = HttpResponse("\n".join(scripts), content_type="text/javascript")
    response["Service-Worker-Allowed"] = "/"
    return response


@cache_control(no_cache=True)
@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """Without request context: it stays on devices that several people share, and must be the same for all."""
    return HttpResponse(render_to_string("assessments/without_network.html"))
