"""Whether two records are one person's: a pure weighing of what they agree in, and what finds those worth weighing.

``everybody.search_all`` goes through everybody; ``Everybody.like`` tells of people who come in, by a list, an officer's
entry or a sign-up, who of those on record they may be.
"""
