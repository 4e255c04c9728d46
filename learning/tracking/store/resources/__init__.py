"""The resources of the store, each a function for each method that it knows."""

from collections.abc import Callable, Mapping

from django.http import HttpResponse

from learning.tracking.store.calls import Call
from learning.tracking.store.resources import documents, known, statements

Handler = Callable[[Call], HttpResponse]

RESOURCES: Mapping[str, Mapping[str, Handler]] = {
    "about": {"GET": known.about},
    "statements": {"GET": statements.read, "PUT": statements.put, "POST": statements.post},
    "activities": {"GET": known.activity},
    "agents": {"GET": known.agent},
    "activities/state": {
        "GET": documents.read_state,
        "PUT": documents.put_state,
        "POST": documents.post_state,
        "DELETE": documents.delete_state,
    },
    "activities/profile": {
        "GET": documents.read_activity_profile,
        "PUT": documents.put_activity_profile,
        "POST": documents.post_activity_profile,
        "DELETE": documents.delete_activity_profile,
    },
    "agents/profile": {
        "GET": documents.read_agent_profile,
        "PUT": documents.put_agent_profile,
        "POST": documents.post_agent_profile,
        "DELETE": documents.delete_agent_profile,
    },
}
