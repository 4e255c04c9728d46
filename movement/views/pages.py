"""What the pages of all registers have alike."""

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Trail = list[tuple[str, str]]


def form_page(
    request: HttpRequest, form: BaseForm, title: str, trail: Trail, lede: str = "", label: str = ""
) -> HttpResponse:
    """A page that is one form."""
    context = {"form": form, "page_title": title, "lede": lede, "label": label, "breadcrumbs": trail}
    return render(request, "movement/form_page.html", context, status=422 if form.errors else 200)
