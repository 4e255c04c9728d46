"""x"""

import datetime
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evaluation.criteria.exchange.assembly import Part, part
from evaluation.criteria.exchange.case_model import problems_of
from evaluation.criteria.exchange.content import BELOW, ImportRefusedError, IndicatorContent, SetContent, written

EXTENSION = "congdanhoctap"

_STATUS = {"draft": "Draft", "in_force": "Adopted", "retired": "Deprecated"}


@dataclass(frozen=True)
class _Writer:
    base_url: str
    at: datetime.datetime
    document: SetContent

    def head(self, kind: str, identifier: str) -> dict[str, Any]:
        return {
            "identifier": identifier,
            "uri": f"{self.base_url}/ims/case/v1p1/{kind}/{identifier}",
            "lastChangeDateTime": f"{self.at.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}",
        }

    def link(self, kind: str, identifier: str, title: str) -> dict[str, str]:
        return {"title": title, "identifier": identifier, "uri": f"{self.base_url}/ims/case/v1p1/{kind}/{identifier}"}


def to_case(content: SetContent, *, base_url: str, creator: str, at: datetime.datetime) -> dict[str, Any]:
    """The CFPackage."""
    writer = _Writer(base_url, at, content)
    return {
        "CFDocument": _document(writer, creator),
        "CFItems": [*_competencies(writer), *_indicators(writer)],
        "CFAssociations": _associations(writer),
        "CFDefinitions": {
            "CFConcepts": [], "CFSubjects": [], "CFLicenses": [], "CFItemTypes": [], "CFAssociationGroupings": [],
        },
        "CFRubrics": [_rubric(writer)],
    }  # fmt: skip


def parts_of_case(package: Any) -> list[Part]:
    """Raises ImportRefusedError with everything that is not as the standard has it."""
    problems = problems_of(package)
    if problems:
        raise ImportRefusedError(problems)
    document = package["CFDocument"]
    own = {**_plain_document(document), **_extension(document), "identifier": document["identifier"]}
    return [part("set", "CFDocument", own), *_items(package)]


def _document(writer: _Writer, creator: str) -> dict[str, Any]:
    content = writer.document
    dates = {"statusStartDate": content.valid_from.isoformat()}
    if content.valid_to:
        dates["statusEndDate"] = content.valid_to.isoformat()
    return {
        **writer.head("CFDocuments", content.identifier),
        "creator": creator,
        "title": content.name,
        "version": content.version,
        "language": "vi",
        "caseVersion": "1.1",
        "adoptionStatus": _STATUS[content.status],
        **dates,
        "extensions": {EXTENSION: written(content)},
    }


def _competencies(writer: _Writer) -> list[dict[str, Any]]:
    return [
        {
            **writer.head("CFItems", one.identifier),
            "fullStatement": one.name,
            "humanCodingScheme": str(one.number),
            "CFItemType": "Competency",
            "language": "vi",
            "extensions": {EXTENSION: written(one)},
        }
        for one in writer.document.competencies
    ]


def _indicators(writer: _Writer) -> list[dict[str, Any]]:
    return [
        {
            **writer.head("CFItems", one.identifier),
            "fullStatement": one.name,
            "humanCodingScheme": str(one.number),
            "CFItemType": "Indicator",
            "language": "vi",
            **({"notes": one.explanation} if one.explanation else {}),
            "extensions": {EXTENSION: {**written(one), **{name: _rows(one, name) for name in BELOW}}},
        }
        for one in writer.document.indicators
    ]


def _rows(indicator: IndicatorContent, name: str) -> list[dict[str, str]]:
    return [written(row) for row in getattr(indicator, name)]


def _associations(writer: _Writer) -> list[dict[str, Any]]:
    content = writer.document
    document = writer.link("CFDocuments", content.identifier, content.name)
    parents = {one.number: writer.link("CFItems", one.identifier, one.name) for one in content.competencies}
    pairs = [(one.number, link, document) for one, link in zip(content.competencies, parents.values(), strict=True)]
    pairs += [
        (one.number, writer.link("CFItems", one.identifier, one.name), parents[one.competency])
        for one in content.indicators
    ]
    return [
        {
            **writer.head("CFAssociations", str(uuid.uuid5(uuid.UUID(child["identifier"]), parent["identifier"]))),
            "associationType": "isChildOf",
            "sequenceNumber": place,
            "originNodeURI": child,
            "destinationNodeURI": parent,
        }
        for place, child, parent in pairs
    ]


def _rubric(writer: _Writer) -> dict[str, Any]:
    """The pass rule as a rubric: for each indicator nothing, the floor and the maximum."""
    content = writer.document
    identifier = str(uuid.uuid5(uuid.UUID(content.identifier), "rubric"))
    return {
        **writer.head("CFRubrics", identifier),
        "title": content.name,
        "description": f"≥ {content.threshold}; ≥ {content.floor}",
        "CFRubricCriteria": [_criterion(writer, identifier, one) for one in content.indicators],
    }


def _criterion(writer: _Writer, rubric: str, one: IndicatorContent) -> dict[str, Any]:
    identifier = str(uuid.uuid5(uuid.UUID(one.identifier), "criterion"))
    scores = {"0": 0.0, "floor": float(writer.document.floor), "maximum": float(one.maximum)}
    return {
        **writer.head("CFRubricCriteria", identifier),
        "description": one.name,
        "CFItemURI": writer.link("CFItems", one.identifier, one.name),
        "weight": 1.0,
        "position": one.number,
        "rubricId": rubric,
        "CFRubricCriterionLevels": [
            {
                **writer.head("CFRubricCriterionLevels", str(uuid.uuid5(uuid.UUID(identifier), name))),
                "quality": name,
                "score": score,
                "position": place,
                "rubricCriterionId": identifier,
            }
            for place, (name, score) in enumerate(scores.items(), start=1)
        ],
    }


def _plain_document(document: Mapping[str, Any]) -> dict[str, Any]:
    """What a package says that knows nothing of our extension."""
    first = document.get("statusStartDate") or document["lastChangeDateTime"][:10]
    return {"name": document["title"][:200], "version": (document.get("version") or "1")[:20], "valid_from": first}


def _extension(part: Mapping[str, Any]) -> dict[str, Any]:
    found = (part.get("extensions") or {}).get(EXTENSION)
    return found if isinstance(found, dict) else {}


def _items(package: Mapping[str, Any]) -> Iterator[Part]:
    """Items right beneath the document are competencies, those beneath an item its indicators, in their order."""
    places = {item["identifier"]: f"CFItems[{place}]" for place, item in enumerate(package["CFItems"])}
    parents = _parents(package)
    numbers: dict[str, int] = {}
    top = [item for item in package["CFItems"] if parents.get(item["identifier"]) not in places]
    for number, item in enumerate(top, start=1):
        row = {"number": number, "name": item["fullStatement"], **_extension(item), "identifier": item["identifier"]}
        numbers[item["identifier"]] = row["number"]
        yield part("competencies", places[item["identifier"]], row)
    beneath = [item for item in package["CFItems"] if parents.get(item["identifier"]) in places]
    for number, item in enumerate(beneath, start=1):
        above = numbers.get(parents[item["identifier"]], 0)
        yield from _indicator(item, number, above, places[item["identifier"]])


def _indicator(item: Mapping[str, Any], number: int, above: int, place: str) -> Iterator[Part]:
    """With its caps and rules, which name it."""
    extension = _extension(item)
    plain = {"number": number, "name": item["fullStatement"], "maximum": "10", "explanation": item.get("notes") or ""}
    row = {**plain, "competency": above, **extension, "identifier": item["identifier"]}
    yield part("indicators", place, row)
    for name in BELOW:
        rows = extension.get(name, [])
        for index, cells in enumerate(rows if isinstance(rows, list) else []):
            own = {**(cells if isinstance(cells, dict) else {}), "indicator": row["number"]}
            yield part(name, f"{place}.{name}[{index}]", own)


def _parents(package: Mapping[str, Any]) -> dict[str, str]:
    return {
        one["originNodeURI"]["identifier"]: one["destinationNodeURI"]["identifier"]
        for one in package["CFAssociations"]
        if one["associationType"] == "isChildOf"
    }
