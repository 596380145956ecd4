"""What pydantic found wrong, in plain words with JSON pointers.

Only the kind of each error is used, never a value that was sent: an error page that repeats its input is
how hostile text travels. The name of an unknown field must be said, so it is cut short and made printable.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NotRequired

from typing_extensions import TypedDict

from backprop_core import SpecificationError


class Complaint(TypedDict):
    """One place that is wrong: a JSON pointer into the body, a query parameter, or line and column of a text.

    ``excerpt`` is a line of an expression with a caret under the place, to be shown as text.
    """

    pointer: NotRequired[str]
    parameter: NotRequired[str]
    line: NotRequired[int]
    column: NotRequired[int]
    excerpt: NotRequired[str]
    detail: str


LONGEST_SEGMENT = 40

WORDS: dict[str, str | Callable[[Mapping[str, Any]], str]] = {
    "missing": "is missing",
    "extra_forbidden": "is not a field of this request: take it out, or look for a slip in its name",
    "bool_type": "takes true or false",
    "int_type": "takes a whole number",
    "int_parsing": "takes a whole number",
    "int_parsing_size": "is too large a number",
    "int_from_float": "takes a whole number",
    "float_type": "takes a number",
    "float_parsing": "takes a number",
    "finite_number": "takes a finite number",
    "string_type": "takes text in quotes",
    "string_too_long": lambda ctx: f"takes at most {ctx['max_length']} characters",
    "list_type": "takes an array",
    "tuple_type": "takes an array",
    "dict_type": "takes an object",
    "model_type": "takes an object",
    "model_attributes_type": "takes an object",
    "dataclass_type": "takes an object",
    "range": lambda ctx: f"takes {ctx['range']}",
    # Only the lists of a batch have a least length.
    "too_short": lambda ctx: f"needs at least {ctx['min_length']} example",
    "too_long": lambda ctx: f"takes at most {ctx['max_length']}",
    "literal_error": lambda ctx: f"takes one of: {ctx['expected']}",
    "enum": lambda ctx: f"takes one of: {ctx['expected']}",
    "choice": lambda ctx: f"takes one of: {ctx['expected']}",
}
SLUGS = {"missing": "missing-field", "extra_forbidden": "unknown-field"}
# The two schemas word the same thing differently: models and dataclasses.
SAME = {
    "unexpected_keyword_argument": "extra_forbidden",
    "missing_argument": "missing",
    "missing_keyword_only_argument": "missing",
    "dataclass_exact_type": "dataclass_type",
}


def complaints(errors: Sequence[Any], most: int) -> tuple[list[Complaint], str]:
    """At most ``most`` complaints, and the slug of the problem that the first of them makes."""
    found = [_complaint(error) for error in errors[:most]]
    return found, _slug(errors[0])


def pointer(*segments: str | int) -> str:
    """A JSON pointer (RFC 6901); a long segment is cut and ends in “…”, and what cannot be printed is left out."""
    return "".join("/" + _plain(str(segment)).replace("~", "~0").replace("/", "~1") for segment in segments)


def _plain(segment: str) -> str:
    if len(segment) > LONGEST_SEGMENT:
        segment = segment[: LONGEST_SEGMENT - 1] + "…"
    return "".join(character for character in segment if character.isprintable())


def _slug(error: Mapping[str, Any]) -> str:
    if isinstance(error.get("ctx", {}).get("error"), SpecificationError):
        return "invalid-network" if "network" in error["loc"] else "invalid-value"
    return SLUGS.get(_kind(error), "invalid-value")


def _kind(error: Mapping[str, Any]) -> str:
    kind: str = error["type"]
    return SAME.get(kind, kind)


def _complaint(error: Mapping[str, Any]) -> Complaint:
    context = error.get("ctx", {})
    place = list(error["loc"])
    if place and place[0] in ("query", "path", "header"):
        name = str(place[-1])
        return {"parameter": name, "detail": f"{name} {_words(error)}."}
    if place and place[0] == "body":
        place = place[1:]
    cause = context.get("error")
    if isinstance(cause, SpecificationError):
        path = pointer(*place) + cause.field
        return {"pointer": path, "detail": f"{path}: {cause}."}
    path = pointer(*place)
    return {"pointer": path, "detail": f"{path or 'The body'} {_words(error)}."}


def _words(error: Mapping[str, Any]) -> str:
    words = WORDS.get(_kind(error), "cannot be used")
    return words if isinstance(words, str) else words(error.get("ctx", {}))
