"""The strict reading of a JSON body: bytes in, a checked value out, or a problem that says what to do.

Cheap counts over the bytes come first, so a small body cannot become a large structure; then orjson, which
refuses NaN, Infinity, 1e400 and half surrogates; then the types of the request, without any conversion.
Of a key that stands twice in one object the last one counts.
"""

import codecs
from functools import cache
from typing import Any, TypeVar

import orjson
from pydantic import BaseModel, TypeAdapter, ValidationError

from app.limits import Limits
from app.problems import Problem, from_validation

_COUNTED = (
    (b",", "body_values", "values"),
    (b":", "body_keys", "keys"),
    (b"[", "body_arrays", "arrays"),
    (b"{", "body_objects", "objects"),
)

T = TypeVar("T", bound=BaseModel)


def decode(body: bytes, shape: type[T], limits: Limits) -> T:
    """``body`` as a ``shape``; raises ``Problem`` (400, 413 or 422)."""
    check_size(body, limits)
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        if "depth" in error.msg:
            raise _too_deep(limits) from None
        raise Problem("malformed-json", _malformed(body, error)) from None
    check_depth(value, limits)
    try:
        # Read from the bytes again: only there do strict types know an array for a tuple.
        return adapter(shape).validate_json(body)  # type: ignore[no-any-return]
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
    if errors[0]["type"] == "json_invalid":  # what lies under the first of two equal keys, orjson leaves out
        raise _too_deep(limits)
    raise from_validation(errors, limits.errors)


def check_size(body: bytes, limits: Limits) -> None:
    """Raise ``Problem`` for a body with too many values, before anything is made of it."""
    for token, name, words in _COUNTED:
        if (given := body.count(token)) > (most := getattr(limits, name)):
            raise Problem(
                "body-too-large",
                f"The body has more than {most} {words}, the limit {name} of this server.",
                limit={"name": name, "value": most, "given": given},
            )


def check_depth(value: Any, limits: Limits) -> None:
    """Raise ``Problem`` where arrays and objects of ``value`` lie too deep inside one another."""
    level = [value]
    for _ in range(limits.body_depth):
        parts = (one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list))
        level = [part for one in parts for part in one if isinstance(part, dict | list)]
        if not level:
            return
    raise _too_deep(limits)


def _too_deep(limits: Limits) -> Problem:
    return Problem(
        "malformed-json",
        f"Arrays and objects lie more than {limits.body_depth} deep, the limit body_depth of this server.",
        limit={"name": "body_depth", "value": limits.body_depth},
    )


@cache
def adapter(shape: type[BaseModel]) -> TypeAdapter[Any]:
    """The validator of ``shape``, built once."""
    return TypeAdapter(shape)


def _malformed(body: bytes, error: orjson.JSONDecodeError) -> str:
    if not body.strip():
        return "The body is empty. Send a JSON object."
    if body.startswith(codecs.BOM_UTF8):
        return "The body starts with a byte-order mark: send it without."
    try:
        body.decode()
    except UnicodeDecodeError as wrong:
        return f"The body is not UTF-8 at byte {wrong.start}."
    if "surrogate" in error.msg:
        return (
            f"A text at character {error.pos} has half of a surrogate pair: send both halves, or the character itself."
        )
    if "infinity" in error.msg:
        return f"A number at character {error.pos} is too large for a 64-bit float."
    return (
        f"The body stops being JSON at character {error.pos}."
        " JSON has no NaN, no Infinity, no comments and no trailing commas."
    )
