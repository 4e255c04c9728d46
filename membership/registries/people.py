"""What can be done with people whom an officer chose in a list. Calls go down, this registry goes up: an app adds in
its ``AppConfig.ready``, with the address of its view and ``row_name="person"``; that view asks anew who is in reach.
"""

from interface.tables import RowAction

row_actions: list[RowAction] = []
