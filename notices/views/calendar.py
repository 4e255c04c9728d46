"""One's own calendar: the page of its address, and what a calendar program fetches there."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_ratelimit.decorators import ratelimit

from membership.admission import person_of, private_form
from notices.actions.feeds import end_feed, renew_feed
from notices.calendars import address_of, calendar_response, dated_for, owner_of
from notices.models import CalendarFeed


@private_form
def calendar(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if request.method == "POST":
        if request.POST.get("do") == "end":
            end_feed(person=person)
            messages.success(request, _("The address opens nothing any more."))
        else:
            renew_feed(person=person)
            messages.success(request, _("This is your address. An older one opens nothing any more."))
        return redirect("notices:calendar")
    feed = CalendarFeed.objects.filter(person=person, is_open=True).first()
    return render(request, "notices/calendar.html", {"address": address_of(feed) if feed else ""})


@ratelimit(group="notices.feed", key="ip", rate="600/m", block=True)
@require_safe
@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """For who has the address: a calendar program signs in nowhere."""
    person = owner_of(token)
    if person is None:
        raise Http404
    now = timezone.now()
    return calendar_response(dated_for(person, timezone.localdate(now)), "lich-cua-toi", now)
