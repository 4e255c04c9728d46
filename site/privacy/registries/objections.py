"""What is drawn of a person by itself: each app above that suggests something adds what follows an objection.

It is called in the same transaction once an objection holds, and once it is lifted: ``person.objected_at`` says which.
"""

from collections.abc import Callable

from membership.models import Person

followers: list[Callable[[Person], None]] = []
