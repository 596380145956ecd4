"""Numbers between two bounds: whoever is outside is told both of them, in plain numbers.

pydantic checks the bounds and describes them; only its words are replaced, which name one bound at a time.
"""

from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema


@dataclass(frozen=True, slots=True)
class Between:
    """Annotates an ``int`` or a ``float``: from ``low`` on, or above it where ``open``, to ``high`` if there is one."""

    low: float
    high: float | None = None
    open: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """The schema of the number with its bounds, and one sentence for every way to miss them."""
        bounds: dict[str, Any] = {"gt" if self.open else "ge": self.low}
        if self.high is not None:
            bounds["le"] = self.high
        number: Any = {**handler(source), **bounds}
        words = self._words(source)
        return core_schema.custom_error_schema(
            number, custom_error_type="range", custom_error_message=words, custom_error_context={"range": words}
        )

    def _words(self, source: Any) -> str:
        kind = "a whole number" if source is int else "a number"
        low = f"{'above' if self.open else 'from'} {_plain(self.low)}"
        if self.high is None:
            return f"{kind} {low}" if self.open else f"{kind} {low} on"
        return f"{kind} {low} {'up ' * self.open}to {_plain(self.high)}"


def _plain(number: float) -> str:
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e16 else f"{number:g}"
