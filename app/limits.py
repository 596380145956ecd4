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
        200_000_000,
        "multiplications",
        "multiplications of the updates of one answer, their activations counted as some",
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
    graph_characters: int = _limit(2_000, "characters", "characters of an expression")
    graph_name_characters: int = _limit(40, "characters", "characters of a name in an expression")
    graph_depth: int = _limit(64, "levels", "things inside one another in an expression")
    graph_nodes: int = _limit(256, "nodes", "numbers and operations of an expression")
    nesting: int = _limit(8, "times", "times that an expression is put into itself")
    symbolic_operations: int = _limit(
        400, "operations", "operations of a formula, written out without names, that is differentiated symbolically"
    )
    symbolic_seconds: int = _limit(8, "seconds", "processor time for SymPy to differentiate one formula")
    symbolic_wait_seconds: int = _limit(10, "seconds", "time for an answer of SymPy, its waiting for others included")
    compared_updates: int = _limit(
        1_000, "updates", "further updates of a comparison with a classic mistake, or of two costs"
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
    table_bytes: int = _limit(2 * 1024 * 1024, "bytes", "a table to be read (CSV)")
    table_lines: int = _limit(10_000, "lines", "lines of a table to be read, blank ones counted")
    table_columns: int = _limit(256, "columns", "columns of a table to be read")
    table_cells: int = _limit(200_000, "cells", "cells of a table to be read")
    table_cell_characters: int = _limit(1_000, "characters", "characters of one cell of a table to be read")
    table_classes: int = _limit(50, "classes", "classes found in a table to be read")
    dataset_numbers: int = _limit(200_000, "numbers", "numbers of the examples of a data set sent in one answer")
    body_seconds: int = _limit(5, "seconds", "time for a body to arrive")
    header_bytes: int = _limit(16 * 1024, "bytes", "address and headers of a request")
    header_seconds: int = _limit(5, "seconds", "time for the headers to arrive")
    websocket_message_bytes: int = _limit(64 * 1024, "bytes", "one message to a WebSocket")
    websocket_messages: int = _limit(120, "messages a second", "messages to a WebSocket")
    unwatched_seconds: int = _limit(10, "seconds", "time for which a session trains with nobody watching")
    session_viewers: int = _limit(100, "viewers", "streams of one session that are open at the same time")
    unread_seconds: int = _limit(10, "seconds", "time for which a viewer may not read what it was sent")
    training_seconds: int = _limit(600, "seconds", "time of training after one start")
    training_updates: int = _limit(5_000_000, "updates", "updates of training after one start")
    waiting: int = _limit(256, "requests", "requests that wait for a free processor")
    session_examples: int = _limit(20_000, "examples", "examples that one session learns from")
    session_numbers: int = _limit(4_000_000, "numbers", "inputs and targets that one session learns from")
    session_batch_numbers: int = _limit(
        8_000_000, "numbers", "numbers kept while an update on one mini-batch of a session is made"
    )
    session_updates: int = _limit(5_000_000, "updates", "updates of one session")
    session_changes: int = _limit(1_000, "changes", "changes of one session that lie on its way")
    session_steps: int = _limit(500, "steps", "steps that one move of the cursor of a session passes")
    session_data_numbers: int = _limit(600_000, "numbers", "numbers of the data of a session sent in one answer")
    move_updates: int = _limit(1_000_000, "updates", "updates of one move of a session")
    move_seconds: int = _limit(10, "seconds", "predicted time of one move of a session; training takes any time")
    live_sessions: int = _limit(400, "sessions", "sessions held in memory; others rest in the store")
    idle_seconds: int = _limit(1_800, "seconds", "time after which a session not in use rests in the store")
    expiry_seconds: int = _limit(604_800, "seconds", "time after which a session not in use is forgotten")
    history_points: int = _limit(10_000, "points", "points of the costs in one answer")
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
