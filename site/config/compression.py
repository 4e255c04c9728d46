"""Pages go out compressed by Brotli, to who takes it (decision 0117); files, exports and parts of files as they are.

Whoever has somebody ask for a page, and sees how long the answers are, could guess letter by letter what a secret on
it has in common with what they make it say (BREACH). So what is made for one reader ends in a comment of a length by
chance; the CSRF token is another one each time anyway.
"""

import re
import secrets
from collections.abc import Callable
from typing import TypeGuard

import brotli
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

_BROTLI = re.compile(r"(^|[,\s])br\s*(,|$|;(?!\s*q=0(\.0*)?\s*(,|$)))")
_WORTH_IT_FROM = 1_000  # bytes
_LONGEST_COMMENT = 100
_QUICKLY = 1  # takes a third of the time of gzip's usual level and packs as well as its third


class CompressionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if is_page(response):
            patch_vary_headers(response, ("Accept-Encoding",))
            if takes_brotli(request):
                chance = secrets.token_urlsafe(_LONGEST_COMMENT)[: secrets.randbelow(_LONGEST_COMMENT)]
                response.content += f"<!-- {chance} -->".encode()
                compress(response, _QUICKLY)
        return response


def is_page(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    """HTML, whole and not compressed already."""
    return (
        isinstance(response, HttpResponse)
        and response.get("Content-Type", "").startswith("text/html")
        and not response.has_header("Content-Encoding")
        and len(response.content) >= _WORTH_IT_FROM
    )


def takes_brotli(request: HttpRequest) -> bool:
    return bool(_BROTLI.search(request.headers.get("Accept-Encoding", "")))


def compress(response: HttpResponse, quality: int) -> None:
    response.content = brotli.compress(response.content, quality=quality)
    response["Content-Encoding"] = "br"
    response["Content-Length"] = str(len(response.content))
