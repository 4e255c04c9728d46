"""QTI 2.2 and 3.0, items and packages, by 1EdTech: https://www.imsglobal.org/question/."""

from assessments.formats.qti.package import read, write_2, write_3
from assessments.formats.qti.writer import HOLDS
