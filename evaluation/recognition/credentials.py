"""A title as an Open Badges 3.0 credential: what the certificate says and no more about the person, with the
indicators that the title rests on."""

import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from badges.credentials import Achieved, credential_of, image_of
from badges.kinds import Kind
from badges.shape import Document
from evaluation.recognition.models import Title
from evaluation.recognition.papers.issuers import issuer_of
from membership.models import Person

TITLES = Kind(Title.objects, "recognition:verify", "recognition:status_list")
_NAME = "Công dân học tập"
_DRAWING = Path(__file__).parent / "papers" / "seal.svg"


def achieved(title: Title) -> Achieved:
    """Of a title that is joined as for its certificate."""
    return Achieved(
        kind=TITLES,
        key=title.pk,
        code=title.code,
        name=f"{_NAME} năm {title.year}",
        since=_signed_at(title),
        identities=[(title.name, "name"), (title.number, "identifier")],
        achievement=_achievement(title),
    )


def of_record(person: Person, issuer: Document) -> list[Document]:
    """Of the titles that stand, for the learning record that the person takes along."""
    titles = Title.objects.of_person(person).for_certificate().filter(revoked_at=None)
    return [credential_of(achieved(title), issuer) for title in titles]


def _criteria() -> str:
    return f"{settings.BASE_URL}/cong-dan-hoc-tap/"


def _achievement(title: Title) -> Document:
    decision = title.decision
    body = decision.issuer or issuer_of(decision.unit)
    day = f"{decision.signed_on:%d/%m/%Y}"
    return {
        "id": f"{_criteria()}#{title.year}",
        "type": ["Achievement"],
        "achievementType": "Award",
        "name": f"Danh hiệu “{_NAME}” năm {title.year}",
        "description": f"{body} công nhận, theo Quyết định số {decision.number} ngày {day}.",
        "criteria": {"id": _criteria(), "narrative": _narrative(title)},
        "creator": {"id": f"{settings.BASE_URL}/#{decision.unit.code}", "type": ["Profile"], "name": body},
        "image": image_of(_DRAWING, f"Dấu hiệu {_NAME}"),
        "inLanguage": "vi",
        "alignment": _alignments(title),
    }


def _narrative(title: Title) -> str:
    if title.dossier is None:
        return "Ghi lại từ sổ đăng ký của quyết định; không có hồ sơ trên hệ thống này."
    criteria = (title.dossier.frozen or {}).get("criteria", {})
    if not criteria:
        return "Đạt các chỉ số của bộ tiêu chí Công dân học tập, qua tự đánh giá và thẩm định."
    threshold, floor = (str(criteria[key]).removesuffix(".0").replace(".", ",") for key in ("threshold", "floor"))
    return (
        f"Đạt từ {threshold} điểm trở lên và không chỉ số nào dưới {floor} điểm theo {criteria['name']} "
        f"({criteria['version']}), qua tự đánh giá và thẩm định."
    )


def _alignments(title: Title) -> list[Document]:
    """The indicators as they were when the decision was made."""
    frozen = (title.dossier.frozen if title.dossier else None) or {}
    framework = frozen.get("criteria", {}).get("name", "")
    return [
        {
            "type": ["Alignment"],
            "targetType": "CFItem",
            "targetName": indicator["name"],
            "targetCode": str(indicator["number"]),
            "targetFramework": framework,
            "targetUrl": f"{_criteria()}#chi-so-{indicator['number']}",
        }
        for indicator in frozen.get("indicators", [])
    ]


def _signed_at(title: Title) -> datetime.datetime:
    """The beginning of the day on the decision, in Viet Nam's time."""
    if title.decision.signed_on is None:
        raise ValueError("a title without a signed decision")
    return datetime.datetime.combine(title.decision.signed_on, datetime.time(), timezone.get_default_timezone())
