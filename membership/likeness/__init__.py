"""Whether two records are one person's: a pure weighing of what they agree in, and what finds those worth weighing.

``everybody.search_all`` goes through everybody. Lists of people that come in have a rule of their own
(``membership.roster.judging``): there nothing is likely, it is somebody or in doubt.
"""
