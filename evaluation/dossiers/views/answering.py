"""A body without accounts opens its link: first only whose list it is and a field for the code, then the list.

Nothing personal stands on a page before the code. What was opened is bound to the browser's session; nothing of the
link or the code stays there.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_ratelimit.core import is_ratelimited

from evaluation.dossiers import actions
from evaluation.dossiers.forms import AnswerListForm, CodeForm
from evaluation.dossiers.listed import listed
from evaluation.dossiers.models import BodyLink, LinkAct
from interface.refusals import told_in_form
from membership.slips.codes import browser_hash

# Of misses alone, as with slips: a whole office may sit behind one address.
_MISSES: dict[str, Any] = {"group": "dossiers.links", "key": "ip", "rate": "60/h"}
_HELD = "body_links"
_Kind = LinkAct.Kind
_UNKNOWN = _("No list has this link. Open it as it was sent to you, whole; or ask the officer who sent it.")
_TOO_MANY = _("Too many tries from here. Wait an hour, or ask the officer who sent the link.")
_WHAT_TO_DO = {
    _Kind.CODE: _("This is not the code. Look at it again; after five misses the link ends."),
    _Kind.TRIED: _("The code was missed too often: this link has ended. Ask the officer who sent it for a new one."),
    _Kind.BROWSER: _(
        "This list was opened in another browser and opens in that one only. Whoever the link was forwarded to does "
        "not see it. If it was not you, call the officer who sent it."
    ),
    _Kind.EXPIRED: _("This link is too old. Ask the officer who sent it for a new one."),
    _Kind.REVOKED: _("The officer has revoked this link. Ask them for a new one."),
    _Kind.ANSWERED: _("This list has been answered. A link answers once; if it was not you, call the officer."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    found = BodyLink.objects.with_token(token).select_related("step", "unit").first()
    if found is None:
        return _turned_away(request, None, _missed(request), status=404)
    refusal = actions.why_refused(found, _browser(request, found), timezone.now())
    if refusal is not None and request.method != "POST":
        return _turned_away(request, found, _WHAT_TO_DO[refusal])
    if found.browser_hash and refusal is None:
        return _whole_list(request, found, token)
    return _ask_code(request, found, token)


def _ask_code(request: HttpRequest, found: BodyLink, token: str) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and is_ratelimited(request, **_MISSES, increment=False):
        return _turned_away(request, found, _TOO_MANY, status=429)
    if form.is_valid():
        number = _number(request, found) or get_random_string(32)
        code, browser = form.cleaned_data["code"], browser_hash(number)
        act = actions.enter_code(link=found, code=code, browser=browser, at=timezone.now())
        if act.kind == _Kind.OPENED:
            request.session[_HELD] = {**request.session.get(_HELD, {}), str(found.pk): number}
            return redirect("dossiers:answer_by_link", token=token)
        _missed(request)
        form.add_error("code", _WHAT_TO_DO[_Kind(act.kind)])
    return _shown(request, "dossiers/link_code.html", {"form": form, "link": found}, 422 if form.errors else 200)


def _whole_list(request: HttpRequest, found: BodyLink, token: str) -> HttpResponse:
    lines = list(found.lines.select_related("dossier__person"))
    form = AnswerListForm(request.POST or None, lines=lines)
    if form.is_valid():
        with told_in_form(form):
            browser = _browser(request, found)
            actions.answer_list(link=found, reply=form.reply(), browser=browser, at=timezone.now())
            return redirect("dossiers:answer_by_link", token=token)
    rows = [(listed(line), word, remark) for line, word, remark in form.rows()]
    return _shown(
        request, "dossiers/link_list.html", {"form": form, "link": found, "rows": rows}, 422 if form.errors else 200
    )


def _turned_away(request: HttpRequest, found: BodyLink | None, why: Any, status: int = 403) -> HttpResponse:
    """Who sent the list sees in the same browser that it came."""
    is_sent = found is not None and found.answered_at is not None and _number(request, found) != ""
    return _shown(request, "dossiers/link_refused.html", {"why": why, "is_sent": is_sent}, 200 if is_sent else status)


def _shown(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    """No referrer: ``same-origin``, as the site has it, for with ``no-referrer`` browsers name no origin when they send
    the form, which is then refused."""
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response


def _missed(request: HttpRequest) -> Any:
    return _TOO_MANY if is_ratelimited(request, **_MISSES, increment=True) else _UNKNOWN


def _number(request: HttpRequest, found: BodyLink) -> str:
    return str(request.session.get(_HELD, {}).get(str(found.pk), ""))


def _browser(request: HttpRequest, found: BodyLink) -> str:
    number = _number(request, found)
    return browser_hash(number) if number else ""
