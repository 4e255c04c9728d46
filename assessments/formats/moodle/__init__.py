"""Moodle XML: https://docs.moodle.org/en/Moodle_XML_format."""

from assessments.formats.moodle.reader import read
from assessments.formats.moodle.writer import HOLDS, write
