"""GIFT, the plain text format of Moodle's questions: https://docs.moodle.org/en/GIFT_format."""

from assessments.formats.gift.reader import read
from assessments.formats.gift.writer import HOLDS, write
