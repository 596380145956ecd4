"""The strict reading of a JSON body: bytes in, a checked value out, or a problem that says what to do.

Cheap counts over the bytes come first, so a small body cannot become a large structure; then orjson, which
refuses NaN, Infinity, 1e400 and half surrogates; then the types of the request, without any conversion.
Of a key that stands twice in one object the last one counts.
"""

import re
from functools import cache
from typing import Any, TypeVar

import orjson
from pydantic import BaseModel, TypeAdapter, ValidationError

from app.limits import Limits
from app.problems import Problem, from_validation

# A string is one token, so a bracket inside it does not count; an unfinished one runs to the end.
_TOKENS = re.compile(rb'"(?:[^"\\]+|\\.)*+"?|[\[\]{}]', re.DOTALL)
# Without escapes the rest of the body can be dropped first, which is several times faster.
_REST = bytes(byte for byte in range(256) if byte not in b'"[]{}')
_COUNTED = ((b",", "body_values", "values"), (b"[", "body_arrays", "arrays"), (b"{", "body_objects", "objects"))


T = TypeVar("T", bound=BaseModel)


def decode(body: bytes, shape: type[T], limits: Limits) -> T:
    """``body`` as a ``shape``; raises ``Problem`` (400, 413 or 422)."""
    check_size(body, limits)
    try:
        orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Problem("malformed-json", _malformed(body, error)) from None
    try:
        # Read from the bytes again: only there do strict types know an array for a tuple.
        return adapter(shape).validate_json(body)  # type: ignore[no-any-return]
    except ValidationError as error:
        raise from_validation(error.errors(include_url=False, include_input=False), limits.errors) from None


def check_size(body: bytes, limits: Limits) -> None:
    """Raise ``Problem`` for a body with too many values, or too deep, before anything is made of it."""
    for token, name, words in _COUNTED:
        if (given := body.count(token)) > (most := getattr(limits, name)):
            raise Problem(
                "body-too-large",
                f"The body has more than {most} {words}, the limit {name} of this server.",
                limit={"name": name, "value": most, "given": given},
            )
    depth = 0
    for match in _TOKENS.finditer(body if b"\\" in body else body.translate(None, _REST)):
        token = match.group()
        if token in b"[{":
            depth += 1
            if depth > limits.body_depth:
                raise Problem(
                    "malformed-json",
                    f"Arrays and objects lie more than {limits.body_depth} deep, the limit body_depth of this server.",
                    limit={"name": "body_depth", "value": limits.body_depth},
                )
        elif token in b"]}":
            depth -= 1


@cache
def adapter(shape: type[BaseModel]) -> TypeAdapter[Any]:
    """The validator of ``shape``, built once."""
    return TypeAdapter(shape)


def _malformed(body: bytes, error: orjson.JSONDecodeError) -> str:
    if not body.strip():
        return "The body is empty. Send a JSON object."
    if "infinity" in error.msg:
        return f"A number at character {error.pos} is too large for a 64-bit float."
    return (
        f"The body stops being JSON at character {error.pos}."
        " JSON has no NaN, no Infinity, no comments and no trailing commas."
    )
