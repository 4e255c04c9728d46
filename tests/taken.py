"""What a person takes along, read out of the archive that an answer brings."""

import io
import json
from zipfile import ZipFile


def taken_along(response) -> ZipFile:
    return ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def told(response):
    """All but the files."""
    return json.loads(taken_along(response).read("du-lieu.json"))
