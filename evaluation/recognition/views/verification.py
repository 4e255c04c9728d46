"""Public: whether a title is valid. Only what a certificate says anyway is shown, and nothing is kept or indexed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_ratelimit.decorators import ratelimit

from evaluation.recognition.codes import canonical
from evaluation.recognition.forms import CodeForm
from evaluation.recognition.models import Title

# A whole office may sit behind one address; what guards a title is its code, of which there are 2 to the power of 53.
RATE = "120/m"

Page = Callable[..., HttpResponse]


def limited(view: Page) -> Page:
    return ratelimit(group="recognition.verify", key="user_or_ip", rate=RATE, block=True)(view)


@require_safe
@never_cache
@limited
def verify_form(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        code = canonical(form.cleaned_data["code"])
        if code:
            return redirect("recognition:verify", code=code)
    return unindexed(render(request, "recognition/verify_form.html", {"form": form}))


@require_safe
@never_cache
@limited
def verify(request: HttpRequest, code: str) -> HttpResponse:
    title = Title.objects.for_verification().filter(code=canonical(code)).first()
    if title is None:
        context = {"form": CodeForm(initial={"code": code[:60]})}
        return unindexed(render(request, "recognition/verify_unknown.html", context, status=404))
    return unindexed(render(request, "recognition/verify.html", {"title": title}))


def unindexed(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
