"""The edge where arrays become text: encoding, and the choice of a format.

orjson reads NumPy arrays where they lie, so an answer is written straight from the memory of the trace;
a number that is not finite becomes null.
"""

from dataclasses import asdict
from typing import Any

import numpy as np
import orjson
from starlette.responses import Response

from app.problems import Problem
from backprop_core import NetworkSpec

JSON, NDJSON, EVENTS = "application/json", "application/x-ndjson", "text/event-stream"
_OPTIONS = orjson.OPT_SERIALIZE_NUMPY


def encode(value: Any) -> bytes:
    """``value`` as JSON: dataclasses, mappings, sequences, numbers and arrays."""
    return orjson.dumps(value, default=_plain, option=_OPTIONS)


def network_document(spec: NetworkSpec) -> dict[str, Any]:
    """A network as it is asked for: layers of a chain say nothing of what they read."""
    layers = [{name: value for name, value in asdict(layer).items() if value != ()} for layer in spec.layers]
    return asdict(spec) | {"layers": layers}


def _plain(value: Any) -> Any:
    # orjson takes contiguous arrays only; a transposed view of one is copied here.
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    raise TypeError(f"no JSON for {type(value).__name__}")


def answer(value: Any, headers: dict[str, str] | None = None) -> Response:
    """A JSON answer."""
    return Response(encode(value), headers=headers, media_type=JSON)


def negotiate(accept: str | None, offers: tuple[str, ...] = (JSON,)) -> str:
    """The offer that an Accept header likes best, the first of equals; raises ``Problem`` (406) if it takes none."""
    if accept is None or not accept.strip():
        return offers[0]
    ranges = [_media_range(part) for part in accept.split(",")]
    liked = [(_quality(offer, ranges), -index, offer) for index, offer in enumerate(offers)]
    quality, _, offer = max(liked)
    if quality <= 0.0:
        raise Problem("not-acceptable", f"This address sends {', '.join(offers)}.")
    return offer


def _media_range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, min(1.0, max(0.0, float(parameter[2:])))
            except ValueError:
                return name, 0.0
    return name, 1.0


def _quality(offer: str, ranges: list[tuple[str, float]]) -> float:
    family = offer.split("/", maxsplit=1)[0] + "/*"
    # The most specific range that fits decides, whatever its weight (RFC 9110, 12.5.1).
    for wanted in (offer, family, "*/*"):
        found = [quality for name, quality in ranges if name == wanted]
        if found:
            return max(found)
    return 0.0
