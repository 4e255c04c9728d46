"""Many rows taken as one value."""

from typing import Any

from django.db import models


class Gathered(models.Aggregate):
    """A column as one list, or several as a list of lists, as JSON has them: taking many rows would cost far more."""

    output_field = models.JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = self._template("JSONB_AGG", "JSONB_BUILD_ARRAY")
        return self.as_sql(compiler, connection, template=template, **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = self._template("JSON_GROUP_ARRAY", "JSON_ARRAY")
        return self.as_sql(compiler, connection, template=template, **context)

    def _template(self, gather: str, array: str) -> str:
        columns = "%(expressions)s"
        return f"{gather}({columns})" if len(self.source_expressions) == 1 else f"{gather}({array}({columns}))"
