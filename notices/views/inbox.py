"""What one is told: unread or all, opened, marked as read. Each step is a form, so that it works without scripts."""

import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from membership.admission import person_of, private_page, private_post
from membership.policy import Action, may
from notices.actions import mark_all_seen, mark_seen
from notices.models import Notice

_A_PAGE = 20


@private_page
def inbox(request: HttpRequest) -> HttpResponse:
    told = Notice.objects.visible_to(person_of(request))
    is_all = "tat-ca" in request.GET
    page = Paginator(told if is_all else told.open(), _A_PAGE).get_page(request.GET.get("page"))
    may_do = {"may_write": may(request.user, Action.ORGANISE), "may_assist": may(request.user, Action.ASSIST)}
    context = {"page": page, "is_all": is_all, "now": timezone.now(), **may_do}
    return render(request, "notices/inbox.html", context)


@private_post
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it leads, and read by that."""
    notice = _own(request, pk)
    mark_seen(notice=notice, at=timezone.now())
    return redirect(notice.address or "notices:inbox")


@private_post
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    mark_seen(notice=_own(request, pk), at=timezone.now())
    return redirect("notices:inbox")


@private_post
def mark_all(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    shown = _moment(request.POST.get("until", ""))
    mark_all_seen(person=person_of(request), until=min(shown or now, now), at=now)
    return redirect("notices:inbox")


def _own(request: HttpRequest, pk: int) -> Notice:
    return get_object_or_404(Notice.objects.visible_to(person_of(request)), pk=pk)


def _moment(text: str) -> datetime.datetime | None:
    """As the page wrote it, with its zone; None for anything else."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None
