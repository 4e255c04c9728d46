"""Who may pass to an attempt's addresses, and what is said to a script that may not."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django_ratelimit.core import get_usage

from assessments.models import Response
from assessments.refusals import AttemptClosedError
from membership.admission import is_same_account

JsonView = Callable[[HttpRequest, UUID], JsonResponse]

# A page of 50 questions changed twice a minute stays far below; a script gone wild does not.
_ANSWERS_RATE = "240/m"


def seconds_to_wait(request: HttpRequest) -> int:
    """0, or how long this account must wait before it sends answers again. Counts the request."""
    usage = get_usage(request, group="assessments.answers", key="user", rate=_ANSWERS_RATE, increment=True)
    return max(usage["time_left"], 1) if usage and usage["should_limit"] else 0


def sign_in_address(attempt_id: UUID) -> str:
    back = urlencode({"next": reverse("assessments:attempt", args=[attempt_id])}, safe="/")
    return f"{resolve_url(settings.LOGIN_URL)}?{back}"


def for_scripts(view: JsonView) -> Callable[..., HttpResponse]:
    """Answers in JSON whatever happens, so that the page can keep its queue and say what to do."""

    @wraps(view)
    def guarded(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
        if not is_same_account(request):
            message = _("You have been signed out. Sign in again; your answers are kept on this device.")
            return _refusal(401, message, sign_in=sign_in_address(attempt_id))
        if wait := seconds_to_wait(request):
            message = _("Too many answers at once. They are kept and will be sent again shortly.")
            return _refusal(429, message, retry_after=wait)
        return _call(view, request, attempt_id)

    return guarded


def _call(view: JsonView, request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    try:
        return view(request, attempt_id)
    except Response.DoesNotExist:
        return _refusal(404, _("There is no such attempt."))
    except ValidationError as error:
        return _refusal(400, error.messages[0])
    except AttemptClosedError as error:
        return _refusal(409, str(error), attempt=reverse("assessments:attempt", args=[attempt_id]))


def _refusal(status: int, message: str, **more: Any) -> JsonResponse:
    response = JsonResponse({"message": message, **more}, status=status)
    if "retry_after" in more:
        response["Retry-After"] = str(more["retry_after"])
    return response
