"""Questions as HTML, kept in memory: the same version in the same order looks the same to everyone but for its place.

Only what holds nothing of a person is kept: questions without an answer, and reviews of answers that were chosen, not
written.
"""

import json
from collections.abc import Hashable
from dataclasses import replace

from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from assessments.models import Response
from assessments.sitting.sheet import Asked, Reviewed, name_of
from work.kept import Held

_PLACE = "\ue000"  # stands for the question's place; no text that is stored holds it

_kept: Held[Hashable, str] = Held(4000)


def asked_html(question: Asked, response: Response) -> SafeString:
    if question.is_answered or question.error or question.sequence != "0":
        return _render("assessments/questions/question.html", question)
    key = ("asked", response.version_id, _order(response), get_language())
    return _placed(key, "assessments/questions/question.html", question)


def reviewed_html(question: Reviewed, response: Response, feedback: str) -> SafeString:
    if response.version.parsed.has_own_words:
        return _render("assessments/includes/reviewed.html", question)
    corrected = getattr(response, "corrected_id", None)
    given = json.dumps(response.answer)
    key = ("reviewed", response.version_id, corrected, _order(response), given, feedback, get_language())
    return _placed(key, "assessments/includes/reviewed.html", question)


def _placed(key: Hashable, template: str, question: Asked | Reviewed) -> SafeString:
    html = _kept.get(key)
    if html is None:
        html = _render(template, _without_place(question))
        _kept.hold({key: html})
    return SafeString(html.replace(_PLACE, str(question.position)))  # its template rendered it


def _without_place(question: Asked | Reviewed) -> Asked | Reviewed:
    if isinstance(question, Asked):
        return replace(question, position=_PLACE, name=name_of(_PLACE))  # type: ignore[arg-type]
    return replace(question, position=_PLACE)  # type: ignore[arg-type]


def _render(template: str, question: Asked | Reviewed) -> SafeString:
    return SafeString(get_template(template).render({"question": question}))


def _order(response: Response) -> str:
    return json.dumps(response.order, sort_keys=True)
