"""What is said of one step of a graph, before it becomes a Step: title, equations, sentences."""

from dataclasses import dataclass

from backprop_core.textbooks.pieces import Line


@dataclass(frozen=True, slots=True)
class Told:
    """A step told: ``label`` is TeX, ``label_text`` the same in plain text.

    ``arrival`` is which of how many gradients comes back to a node that is used more than once, counted from 0, and
    ``running`` what they add up to so far.
    """

    name: str
    lines: tuple[Line, ...]
    sentence: str
    label: str
    label_text: str
    place: str = ""
    note: str = ""
    arrival: tuple[int, int] = (0, 1)
    running: float | None = None
