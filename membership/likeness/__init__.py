"""Whether two records are one person's: a pure weighing of what they agree in, and what finds those worth weighing.

``finding.search_all`` goes through everybody, ``finding.alike`` through a chunk of rows that are about to be entered.
"""
