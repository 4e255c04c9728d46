"""What is known of an activity (Communication 2.5)."""

from django.http import HttpResponse

from learning.tracking.models import ActivityDefinition, Scope
from learning.tracking.store.calls import Call, json_answer
from learning.tracking.xapi.activities import check_iri
from learning.tracking.xapi.terms import ACTIVITY, term


def read(call: Call) -> HttpResponse:
    call.expect(["activityId"])
    call.by.require(Scope.READ_STATEMENTS, Scope.READ_OWN_STATEMENTS, Scope.PROFILE, Scope.DEFINE)
    iri = call.params["activityId"]
    check_iri(iri, "activityId")
    activity = {"objectType": "Activity", "id": iri}
    known = ActivityDefinition.objects.filter(pk=term(ACTIVITY, iri)).first()
    return json_answer({**activity, "definition": known.definition} if known else activity)
