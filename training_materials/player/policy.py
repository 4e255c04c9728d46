"""Under which policy contents and their files go out: an opaque origin, and nothing but their own files in reach."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.urls import reverse

SANDBOX = ["allow-scripts", "allow-forms"]


def seal_frame(request: HttpRequest, response: HttpResponseBase) -> None:
    """For the page that plays: it loads H5P's core and package files, and talks to nobody but its host page."""
    own = reverse("training_materials:embed", args=["x"]).removesuffix("x/")
    ours = [f"{request.get_host()}{path}" for path in (own, *_core())]
    files = ours[:1]
    _seal(
        response,
        {
            "default-src": ["'none'"],
            "script-src": ours,
            "style-src": [*ours, "'unsafe-inline'"],
            "img-src": [*ours, "data:", "blob:"],
            "media-src": [*files, "blob:"],
            "font-src": [*ours, "data:"],
            "connect-src": files,
            "form-action": ["'none'"],
            "frame-ancestors": ["'self'"],
            "base-uri": ["'none'"],
            "sandbox": SANDBOX,
        },
    )
    response["X-DNS-Prefetch-Control"] = "off"


def seal_file(response: HttpResponseBase, seconds: int) -> None:
    """For every file of a package: whoever opens it by its address gets no script run and no origin."""
    _seal(response, {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "sandbox": True})
    response["X-Content-Type-Options"] = "nosniff"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = f"public, max-age={seconds}, immutable"


def allow_asking(response: HttpResponse) -> HttpResponse:
    """The answer to a browser that asks, for a script in the frame, whether it may fetch a file."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = "GET, HEAD"
    response["Access-Control-Allow-Headers"] = "X-Requested-With, Range"
    response["Access-Control-Max-Age"] = "86400"
    return response


def _seal(response: HttpResponseBase, directives: dict[str, object]) -> None:
    response._csp_config = directives  # type: ignore[attr-defined]
    response["Referrer-Policy"] = "no-referrer"


def _core() -> tuple[str, ...]:
    """The folders of H5P's core, of our own scripts beside it, and of the site's fonts."""
    named = ("vendor/h5p/frame.bundle.js", "training_materials/packages/boot.js")
    return (
        *(static(path).rpartition("/")[0] + "/" for path in named),
        f"{static('vendor/fonts/be-vietnam-pro-latin-400-normal.woff2').rpartition('/')[0]}/",
    )
