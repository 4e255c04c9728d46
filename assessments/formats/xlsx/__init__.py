"""Questions in a spreadsheet, with headings in Vietnamese, for trainers who know no other format."""

from assessments.formats.xlsx.reader import read
from assessments.formats.xlsx.writer import HOLDS, template, write
