"""Questions in a spreadsheet, with headings in Vietnamese, for trainers who know no other format."""

from assessments.formats.xlsx.reading import read
from assessments.formats.xlsx.writing import HOLDS, template, write

__all__ = ["HOLDS", "read", "template", "write"]
