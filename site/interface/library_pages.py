"""Pages that a library serves, Wagtail's back office above all: what they cannot do is said in words, not by a 500.

They trust what their own forms send. What else is sent (an address to come back to that is none, a key that is no
number) is refused as unreadable, and logged with its trace; so is what is still used and therefore not deleted.
A fault in whose course any of our own code ran stays a fault.
"""

import sysconfig
from collections import Counter
from types import TracebackType

from django.contrib import messages
from django.core.exceptions import BadRequest, ObjectDoesNotExist
from django.db import DataError, IntegrityError, OperationalError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from interface.places import ADDRESSES

_UNREADABLE = (
    DataError,
    IntegrityError,
    KeyError,
    NoReverseMatch,
    ObjectDoesNotExist,
    OverflowError,
    ValueError,
)
_LIBRARIES = ("<", *(sysconfig.get_path(kind) for kind in ("stdlib", "platstdlib", "purelib", "platlib")))


class LibraryPagesMiddleware(MiddlewareMixin):
    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not request.path.startswith(ADDRESSES["administration"]):
            return None
        if isinstance(exception, ProtectedError):
            messages.error(request, _still_used(exception))
            return redirect(request.get_full_path())
        if _is_unreadable(exception) and not _ran_ours(exception.__traceback__):
            raise BadRequest("a page of a library could not read what was sent") from exception
        return None


def _is_unreadable(exception: Exception) -> bool:
    """A database that is away or full is a fault. SQLite says of a search with a quote that it "operates" wrongly."""
    if isinstance(exception, OperationalError):
        return "fts5: syntax error" in str(exception)
    return isinstance(exception, _UNREADABLE)


def _still_used(exception: ProtectedError) -> str:
    counted = Counter(type(used)._meta.verbose_name for used in exception.protected_objects)
    where = ", ".join(f"{kind} ({count})" for kind, count in counted.items())
    return _("Nothing was deleted, since it is still used by: %(where)s. Take it out there first.") % {"where": where}


def _ran_ours(trace: TracebackType | None) -> bool:
    while trace is not None:
        if not trace.tb_frame.f_code.co_filename.startswith(_LIBRARIES):
            return True
        trace = trace.tb_next
    return False
