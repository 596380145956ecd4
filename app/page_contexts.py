"""What each template may read: one type a page, and what all of them are put together from.

A template is rendered with StrictUndefined, so a name that is missing here fails the first time the page is made.
"""

from collections.abc import Callable
from typing import Any, TypedDict


class Frame(TypedDict):
    """What the pages are put together from. Names that end in ``_json`` are safe inside a script element."""

    asset: Callable[[str], str]
    modules: list[str]
    joined: str
    styles: str
    theme_script: str
    nonce: str
    import_map_json: str
    catalogue_json: str
    textbooks: list[dict[str, Any]]
    textbook: str


class TrainContext(Frame):
    """All that templates/train.html may read."""

    notice: str


class GraphsContext(Frame):
    """All that templates/graphs.html may read; ``published`` is the example that the first graph is made of."""

    first_graph_json: str
    examples: dict[str, list[dict[str, Any]]]
    published: dict[str, Any]
    step: dict[str, Any]
    steps: list[dict[str, Any]]
    notice: str


class PageContext(Frame):
    """All that templates/index.html may read; ``here`` is the page, ``script`` what wires it."""

    here: str
    script: str
    first_trace_json: str
    published_json: str
    examples: dict[str, list[dict[str, Any]]]
    example_id: str
    author: str
    step: dict[str, Any]
    steps: list[dict[str, Any]]
    notice: str
