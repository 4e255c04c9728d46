"""Public results: numbers only, the same for everyone, kept by the page cache."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evaluation.reporting.public import public_results


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    return render(request, "reporting/public.html", {"results": public_results(timezone.localdate())})
