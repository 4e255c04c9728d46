"""Fields of forms that every app may use."""

from typing import Any

from django import forms


class LinesField(forms.CharField):
    """Words over several lines, as long as the page counts them: it sends two signs for each end of a line, and has
    counted one."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)
