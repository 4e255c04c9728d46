"""What H5P's core reads before it begins: the content, where its files are, and nothing about who plays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from training_materials.player.tokens import bundle_token, content_token

if TYPE_CHECKING:
    from training_materials.models import PackageVersion

CONTENT_ID = "1"
_SAVE_SECONDS = 3
_CORE = ("vendor/h5p/styles/h5p-fonts.css", "vendor/h5p/styles/h5p.css", "training_materials/packages/frame.css")
_CORE_SCRIPTS = ("vendor/h5p/frame.bundle.js", "training_materials/packages/bridge.js")


def activity_iri(version_id: Any) -> str:
    """The name of a content's version in statements; it need not lead anywhere."""
    return f"{settings.BASE_URL}/goi/noi-dung/{version_id}"


def embedding(version: PackageVersion) -> dict[str, Any]:
    """For ``boot.js``: styles and scripts in their order, and the object H5PIntegration."""
    libraries = reverse("training_materials:bundle", args=[bundle_token(version.bundle), "libraries"])
    bundle = libraries.removesuffix("libraries")
    base = reverse("training_materials:embed", args=[content_token(version.pk)])
    return {
        "contentId": CONTENT_ID,
        "styles": [*(static(path) for path in _CORE), f"{bundle}all.css"],
        "scripts": [*(static(path) for path in _CORE_SCRIPTS), f"{bundle}all.js"],
        "integration": {
            "baseUrl": "",
            "url": base.removesuffix("/"),
            "urlLibraries": libraries,
            "siteUrl": settings.BASE_URL,
            "postUserStatistics": False,
            "saveFreq": _SAVE_SECONDS,
            "hubIsEnabled": False,
            # Without it a picture that is drawn onto a canvas taints it, since the frame's origin is no site's.
            "crossorigin": "anonymous",
            "crossoriginRegex": ".",
            "ajax": {"setFinished": "", "contentUserData": ""},
            "l10n": {"H5P": {}},
            "core": {"styles": [], "scripts": []},
            "contents": {f"cid-{CONTENT_ID}": _content(version, base)},
        },
    }


def _content(version: PackageVersion, base: str) -> dict[str, Any]:
    return {
        "library": version.main.name,
        "jsonContent": json.dumps(version.params),
        "contentUrl": f"{base}content",
        "fullScreen": "0",
        "title": version.title,
        "metadata": {"title": version.title, "license": "U", "defaultLanguage": version.language},
        "displayOptions": {"frame": False, "export": False, "embed": False, "copyright": False, "icon": False},
        "url": activity_iri(version.pk),
        "contentUserData": [{}],
    }
