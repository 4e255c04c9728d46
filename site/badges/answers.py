"""What the public pages about codes and badges answer with: limited, kept by nobody, indexed by nobody."""

from collections.abc import Callable

from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django_ratelimit.decorators import ratelimit

from badges.credentials import Achieved, badge_jwt_of, badge_of, status_list
from badges.keys import SigningKey, signing_key
from badges.kinds import Kind

# A whole office may sit behind one address; what guards a paper is its code, of which there are 2 to the power of 53.
RATE = "120/m"
Page = Callable[..., HttpResponse]


def limited(view: Page) -> Page:
    return ratelimit(group="badges.verify", key="user_or_ip", rate=RATE, block=True)(view)


def unindexed(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def public(response: HttpResponse) -> HttpResponse:
    """Verifiers in browsers of other sites may read it too."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


def demanded_key() -> SigningKey:
    """Raises Http404 where the site gives no badges."""
    if (key := signing_key()) is None:
        raise Http404
    return key


def badge_file(achieved: Achieved, name: str, kind: str) -> HttpResponse:
    """The signed badge to download; ``name`` is the file's without its ending, ``kind`` json or jwt."""
    key = demanded_key()
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    if kind == "jwt":
        return HttpResponse(badge_jwt_of(achieved, key), content_type="application/vc+jwt", headers=headers)
    badge = badge_of(achieved, key, timezone.now())
    indented = {"ensure_ascii": False, "indent": 1}
    return JsonResponse(badge, json_dumps_params=indented, content_type="application/vc", headers=headers)


def status_file(kind: Kind, number: int) -> HttpResponse:
    """One list of what was revoked. It names nobody: places on it are known to holders of badges only."""
    key = demanded_key()
    if number > kind.rows.last_status_list():
        raise Http404
    return public(JsonResponse(status_list(kind, number, key, timezone.now()), content_type="application/vc"))
