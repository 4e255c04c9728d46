"""How dates are typed and shown, in every form and both languages: as in Viet Nam, day before month; ISO is taken too.

Django's own for English take 01/12/2026 for the 12th of January, and it has none for Vietnamese.
"""
