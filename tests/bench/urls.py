"""The site's addresses and one bare view behind the same middleware: what the page cache is compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("bare", headers={"Cache-Control": "private"})


urlpatterns = [path("bare/", bare), *urlpatterns]
