"""The resources of the store, each a function for each method that it knows."""

from collections.abc import Callable, Mapping

from django.http import HttpResponse

from learning.tracking.store.requests import Call
from learning.tracking.store.resources import documents, statements

Handler = Callable[[Call], HttpResponse]

RESOURCES: Mapping[str, Mapping[str, Handler]] = {
    "about": {"GET": statements.about},
    "statements": {"GET": statements.read, "PUT": statements.put, "POST": statements.post},
    "activities": {"GET": statements.activity},
    "agents": {"GET": statements.agent},
    "activities/state": documents.STATES.methods,
    "activities/profile": documents.ACTIVITY_PROFILES.methods,
    "agents/profile": documents.AGENT_PROFILES.methods,
}
