"""What can be done with chosen dossiers of the queue. Apps above add theirs when the site starts."""

from interface.tables import RowAction

row_actions: list[RowAction] = []
