"""A table that an officer works through: declared once, the same on the site's pages and in the back office."""

from interface.tables.choosing import Outcome, RowAction, each
from interface.tables.columns import NOTHING, Column, mark
from interface.tables.filters import SearchFilter
from interface.tables.listing import TableMixin, TableView
from interface.tables.looks import OFFICE, SITE, Look
from interface.tables.remembering import as_left
from interface.tables.table import Empty, Table
