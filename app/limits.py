"""Every limit of the service, each under one name with its words.

The guard, the budget, the page and the documentation read the same fields, so a refusal can always name
the limit that caused it, and `GET /api/v1/limits` lists them all.
"""

from dataclasses import dataclass, field, fields
from typing import Any


def _limit(default: int, unit: str, words: str) -> Any:
    return field(default=default, metadata={"unit": unit, "words": words})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may ask for; the environment variable of a field is BACKSCOPE_LIMIT_<NAME>."""

    parameters: int = _limit(200_000, "numbers", "weights and biases of one network")
    layers: int = _limit(12, "layers", "layers with weights")
    width: int = _limit(1_024, "neurons", "inputs, and neurons of one layer")
    batch: int = _limit(512, "examples", "examples of one batch")
    trace_numbers: int = _limit(2_000_000, "numbers", "numbers in the layers of one trace")
    narrated_numbers: int = _limit(500_000, "numbers", "numbers in the layers of a trace that is told step by step")
    told_steps: int = _limit(3_000, "steps", "steps told in one answer; a stream tells any number")
    multiplications: int = _limit(
        200_000_000, "multiplications", "multiplications of one update, its activations counted as some"
    )
    check_parameters: int = _limit(5_000, "numbers", "parameters of a network whose gradient is checked")
    check_multiplications: int = _limit(
        500_000_000, "multiplications", "multiplications of one gradient check, its activations counted as some"
    )
    told_paths: int = _limit(100, "paths", "strongest paths told in one answer")
    path_products: int = _limit(
        20_000_000,
        "multiplications",
        "multiplications of a search for the strongest paths, or for what a number touches",
    )
    halvings: int = _limit(20, "halvings", "times that a push of a number is halved")
    listed_kinks: int = _limit(1_000, "kinks", "kinks listed in the answer to a gradient check")
    curve_points: int = _limit(2_001, "points", "points of an activation's curve")
    seed: int = _limit(2**53 - 1, "", "the largest seed, the largest whole number every JSON reader keeps exactly")
    body_bytes: int = _limit(64 * 1024, "bytes", "the body of a request")
    trace_body_bytes: int = _limit(
        6 * 1024 * 1024, "bytes", "the body of a request that may carry every weight of a network"
    )
    body_values: int = _limit(400_000, "commas", "values in a body, counted by its commas")
    body_arrays: int = _limit(30_000, "arrays", "arrays in a body")
    body_objects: int = _limit(256, "objects", "objects in a body")
    body_keys: int = _limit(1_000, "colons", "keys in a body, counted by its colons")
    body_depth: int = _limit(16, "levels", "arrays and objects inside one another")
    body_seconds: int = _limit(5, "seconds", "time for a body to arrive")
    header_bytes: int = _limit(16 * 1024, "bytes", "address and headers of a request")
    header_seconds: int = _limit(5, "seconds", "time for the headers to arrive")
    websocket_message_bytes: int = _limit(64 * 1024, "bytes", "one message to a WebSocket")
    websocket_messages: int = _limit(30, "messages a second", "messages to a WebSocket")
    waiting: int = _limit(256, "requests", "requests that wait for a free processor")
    errors: int = _limit(20, "errors", "errors listed in one problem document")

    def listed(self) -> list[dict[str, Any]]:
        """Every limit with its name, value, unit and words."""
        return [
            {
                "name": one.name,
                "value": getattr(self, one.name),
                "unit": one.metadata["unit"],
                "words": one.metadata["words"],
            }
            for one in fields(self)
        ]
