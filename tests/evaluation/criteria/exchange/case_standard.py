"""CASE 1.1's model of a CFPackage, whole: each part's fields, their forms, which must be there. Nothing else may be.

Written from the standard's information model on its own, so that it shares nothing with what writes packages.
"""

import datetime
import re

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
URI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+")
EXTENDED = re.compile(r"ext:[a-zA-Z0-9._-]+")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")

HEAD = {"identifier!": "uuid", "uri!": "uri", "lastChangeDateTime!": "moment", "extensions": "object"}
LINK = {"title!": "text", "identifier!": "uuid", "uri!": "uri"}
NODE = {"title!": "text", "identifier!": "text", "uri!": "uri", "targetType": "text"}
DOCUMENT = {
    **HEAD, "frameworkType": "text", "caseVersion": ["1.1"], "creator!": "text", "title!": "text",
    "officialSourceURL": "uri", "publisher": "text", "description": "text", "subject": ["*text"],
    "subjectURI": [LINK], "language": "text", "version": "text",
    "adoptionStatus": ["Private Draft", "Draft", "Adopted", "Deprecated"], "statusStartDate": "day",
    "statusEndDate": "day", "licenseURI": LINK, "notes": "text",
}  # fmt: skip
ITEM = {
    **HEAD, "fullStatement!": "text", "alternativeLabel": "text", "CFItemType": "text", "humanCodingScheme": "text",
    "listEnumeration": "text", "abbreviatedStatement": "text", "conceptKeywords": ["*text"], "conceptKeywordsURI": LINK,
    "notes": "text", "subject": ["*text"], "subjectURI": [LINK], "language": "text", "educationLevel": ["*text"],
    "CFItemTypeURI": LINK, "licenseURI": LINK, "statusStartDate": "day", "statusEndDate": "day",
}  # fmt: skip
ASSOCIATION = {
    **HEAD, "associationType!": "association", "sequenceNumber": "whole", "originNodeURI!": NODE,
    "destinationNodeURI!": NODE, "CFAssociationGroupingURI": LINK, "notes": "text",
}  # fmt: skip
LEVEL = {
    **HEAD, "description": "text", "quality": "text", "score": "number", "feedback": "text", "position": "whole",
    "rubricCriterionId": "uuid",
}  # fmt: skip
CRITERION = {
    **HEAD, "category": "text", "description": "text", "CFItemURI": LINK, "weight": "number", "position": "whole",
    "rubricId": "uuid", "CFRubricCriterionLevels": [LEVEL],
}  # fmt: skip
RUBRIC = {**HEAD, "title": "text", "description": "text", "CFRubricCriteria": [CRITERION]}
TITLED = {**HEAD, "title!": "text", "description": "text"}
DEFINITIONS = {
    "CFConcepts": [{**TITLED, "keywords": "text", "hierarchyCode!": "text"}],
    "CFSubjects": [{**TITLED, "hierarchyCode!": "text"}],
    "CFLicenses": [{**TITLED, "licenseText!": "text"}],
    "CFItemTypes": [{**TITLED, "hierarchyCode!": "text", "typeCode": "text"}],
    "CFAssociationGroupings": [TITLED],
    "extensions": "object",
}
PACKAGE = {
    "CFDocument!": DOCUMENT, "CFItems": [ITEM], "CFAssociations": [ASSOCIATION], "CFDefinitions": DEFINITIONS,
    "CFRubrics": [RUBRIC], "extensions": "object",
}  # fmt: skip
ASSOCIATIONS = {
    "isChildOf", "isPeerOf", "isPartOf", "exactMatchOf", "precedes", "isRelatedTo", "replacedBy", "exemplar",
    "hasSkillLevel", "isTranslationOf",
}  # fmt: skip


def faults(value, form=PACKAGE, place="CFPackage"):
    """Where the value is not as the standard has it."""
    if isinstance(form, dict):
        return _object(value, form, place)
    if isinstance(form, list):
        return _listed(value, form, place)
    return [] if _fits(value, form) else [place]


def _object(value, form, place):
    if not isinstance(value, dict):
        return [place]
    known = {name.rstrip("!"): inner for name, inner in form.items()}
    needed = {name.rstrip("!") for name in form if name.endswith("!")}
    found = [f"{place}.{name} is missing" for name in sorted(needed - set(value))]
    found += [f"{place}.{name} is not of the standard" for name in sorted(set(value) - set(known))]
    for name, inner in value.items():
        if name in known:
            found += faults(inner, known[name], f"{place}.{name}")
    return found


def _listed(value, form, place):
    """A list of one form is a list of such; of words, one of them."""
    if isinstance(form[0], str) and not form[0].startswith("*"):
        return [] if value in form else [place]
    if not isinstance(value, list):
        return [place]
    inner = form[0].removeprefix("*") if isinstance(form[0], str) else form[0]
    return [fault for number, one in enumerate(value) for fault in faults(one, inner, f"{place}[{number}]")]


def _fits(value, form):
    if form == "object":
        return isinstance(value, dict)
    if form in {"whole", "number"}:
        return isinstance(value, int if form == "whole" else (int, float)) and not isinstance(value, bool)
    return isinstance(value, str) and _fits_text(value, form)


def _fits_text(value, form):
    if form == "day":
        return datetime.date.fromisoformat(value).isoformat() == value
    if form == "association":
        return value in ASSOCIATIONS or EXTENDED.fullmatch(value) is not None
    patterns = {"uuid": UUID, "uri": URI, "moment": MOMENT}
    return form not in patterns or patterns[form].fullmatch(value) is not None
