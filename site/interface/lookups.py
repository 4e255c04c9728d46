"""Whole numbers that no column can hold, in lists of them and as bounds."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import IntegerField, lookups


@IntegerField.register_lookup
class In(lookups.In):
    """Django knows that nothing equals such a number; in lists it hands them to the database, which answers with an
    error. Every form that offers several rows asks by a list of what was sent.
    """

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if self.rhs_is_direct_value():
            least, most = connection.ops.integer_field_range(self.lhs.output_field.get_internal_type())
            self.rhs = [one for one in self.rhs if not isinstance(one, int) or least <= one <= most]
        return super().process_rhs(compiler, connection)


@IntegerField.register_lookup
class Range(lookups.Range):
    """As in lists: a bound beyond all numbers bounds nothing, or leaves nothing."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if self.rhs_is_direct_value() and all(isinstance(bound, int) for bound in self.rhs):
            least, most = connection.ops.integer_field_range(self.lhs.output_field.get_internal_type())
            low, high = self.rhs
            if low > most or high < least:
                raise EmptyResultSet
            self.rhs = [max(low, least), min(high, most)]
        return super().process_rhs(compiler, connection)
