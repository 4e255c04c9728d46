"""Moodle XML: https://docs.moodle.org/en/Moodle_XML_format."""

from assessments.formats.moodle.reading import read
from assessments.formats.moodle.writing import HOLDS, write

__all__ = ["HOLDS", "read", "write"]
