"""The standard's model of a package, as far as a package of ours can go wrong: which fields each part must have, and
of which form. After CASE 1.1, information model, section CFPackage."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from evaluation.criteria.exchange.content import Problem

HEAD = {"identifier": "uuid", "uri": "uri", "lastChangeDateTime": "moment"}
LINK = {"title": "text", "identifier": "text", "uri": "uri"}
DOCUMENT = {**HEAD, "creator": "text", "title": "text"}
ITEM = {**HEAD, "fullStatement": "text"}
ASSOCIATION = {**HEAD, "associationType": "association", "originNodeURI": "link", "destinationNodeURI": "link"}
# Fields that may be missing, as far as they are read here.
OPTIONAL = {"extensions": "object", "notes": "any text", "statusStartDate": "any text", "version": "any text"}
ASSOCIATION_TYPES = frozenset(
    {"isChildOf", "isPeerOf", "isPartOf", "exactMatchOf", "precedes", "isRelatedTo", "replacedBy", "exemplar",
     "hasSkillLevel", "isTranslationOf"}
)  # fmt: skip
ADOPTION = frozenset({"Private Draft", "Draft", "Adopted", "Deprecated"})

_FORMS = {
    "uuid": re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE),
    "uri": re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+"),
    "moment": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"),
}


def problems_of(package: Any) -> list[Problem]:
    """Everything in the package that the standard would not have so; nothing: it is valid."""
    if not isinstance(package, dict) or not isinstance(package.get("CFDocument"), dict):
        return [Problem("CFPackage", _("This is no CASE package: it has no CFDocument."))]
    found = _part(package["CFDocument"], DOCUMENT, "CFDocument")
    status = package["CFDocument"].get("adoptionStatus", "Draft")
    if not isinstance(status, str) or status not in ADOPTION:
        found.append(Problem("CFDocument.adoptionStatus", _("“%(text)s” is not of the standard.") % {"text": status}))
    found += _list(package, "CFItems", ITEM, is_needed=True)
    found += _list(package, "CFAssociations", ASSOCIATION, is_needed=True)
    found += _list(package, "CFRubrics", HEAD, is_needed=False)
    found += _rubrics(package)
    return found or _references(package)


def _list(package: Mapping[str, Any], name: str, asked: Mapping[str, str], *, is_needed: bool) -> list[Problem]:
    parts = package.get(name, None if is_needed else [])
    if not isinstance(parts, list):
        return [Problem(name, _("This must be a list."))]
    return [problem for place, part in enumerate(parts) for problem in _part(part, asked, f"{name}[{place}]")]


def _part(part: Any, asked: Mapping[str, str], place: str) -> list[Problem]:
    if not isinstance(part, dict):
        return [Problem(place, _("This must be an object."))]
    found = []
    for name, form in asked.items():
        if name not in part:
            found.append(Problem(f"{place}.{name}", _("The standard requires this field.")))
        elif form == "link":
            found += _part(part[name], LINK, f"{place}.{name}")
        elif not _fits(part[name], form):
            found.append(_not_of_the_standard(part, name, place))
    optional = (name for name in OPTIONAL if part.get(name) is not None)
    return found + [
        _not_of_the_standard(part, name, place) for name in optional if not _fits(part[name], OPTIONAL[name])
    ]


def _not_of_the_standard(part: Mapping[str, Any], name: str, place: str) -> Problem:
    text = _("“%(text)s” is not of the standard.") % {"text": str(part[name])[:100]}
    return Problem(f"{place}.{name}", text)


def _fits(value: Any, form: str) -> bool:
    if form in ("object", "any text"):
        return isinstance(value, dict if form == "object" else str)
    if not isinstance(value, str) or not value.strip():
        return False
    if form == "association":
        return value in ASSOCIATION_TYPES or value.startswith("ext:")
    return form not in _FORMS or _FORMS[form].fullmatch(value) is not None


def _rubrics(package: Mapping[str, Any]) -> list[Problem]:
    found = []
    for place, rubric in enumerate(_inner(package, "CFRubrics")):
        criteria = _inner(rubric, "CFRubricCriteria")
        for number, criterion in enumerate(criteria):
            here = f"CFRubrics[{place}].CFRubricCriteria[{number}]"
            found += _part(criterion, HEAD, here)
            for level, one in enumerate(_inner(criterion, "CFRubricCriterionLevels")):
                found += _part(one, HEAD, f"{here}.CFRubricCriterionLevels[{level}]")
    return found


def _inner(part: Any, name: str) -> Sequence[Any]:
    found = part.get(name) if isinstance(part, dict) else None
    return found if isinstance(found, list) else []


def _references(package: Mapping[str, Any]) -> list[Problem]:
    """Identifiers that stand twice, and associations whose ends are not in the package."""
    document = package["CFDocument"]["identifier"]
    listed = [item["identifier"] for item in package["CFItems"]]
    known = {document, *listed}
    found = [
        Problem(f"CFItems[{place}].identifier", _("This identifier stands more than once."))
        for place, identifier in enumerate(listed)
        if listed.count(identifier) > 1 or identifier == document
    ]
    for place, one in enumerate(package["CFAssociations"]):
        ends = ("originNodeURI", "destinationNodeURI") if one["associationType"] == "isChildOf" else ()
        for end in ends:
            if one[end]["identifier"] not in known:
                found.append(Problem(f"CFAssociations[{place}].{end}", _("It points to nothing in this package.")))
    return found
