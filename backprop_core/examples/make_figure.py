"""A figure drawn by hand, as a network sees it: strokes of a pen on a square of pixels, the edges blended.

Run as ``python -m backprop_core.examples.make_figure`` it writes figure.json anew; the file is what the wide
examples read. Nobody's data set is behind it: the strokes are ours.
"""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from backprop_core.activations import Array

# Corners of the pen's way in a unit square, x to the right and y down; a four is two strokes.
FOUR = (((0.6, 0.22), (0.24, 0.64), (0.78, 0.64)), ((0.6, 0.22), (0.6, 0.78)))
# Pixels along a side, and the width of the pen: few pixels need a broader one.
PENS = {28: 0.11, 8: 0.18}
SOURCE = "Drawn by make_figure.py: two strokes of a round pen, each pixel as dark as the pen covers it."
LICENCE = "Our own drawing, under the licence of this program."


def draw(side: int) -> Array:
    """The figure, ``side`` pixels wide and high, row by row: 0 is paper, 1 ink. ``side`` is one of ``PENS``."""
    centres = (np.arange(side) + 0.5) / side
    points = np.stack(np.meshgrid(centres, centres), axis=-1)
    away = np.full((side, side), np.inf)
    for stroke in FOUR:
        for start, end in pairwise(stroke):
            away = np.minimum(away, _distance(points, np.array(start), np.array(end)))
    # Half a pixel on either side of the pen's edge the ink fades from full to none.
    ink = np.clip(0.5 + (PENS[side] / 2 - away) * side, 0.0, 1.0)
    return np.round(ink, 2).ravel()


def _distance(points: Array, start: Array, end: Array) -> Array:
    """From each point, (side, side, 2), to the nearest of the segment, (side, side)."""
    along = end - start
    share = np.clip((points - start) @ along / (along @ along), 0.0, 1.0)
    away: Array = np.linalg.norm(points - start - share[..., None] * along, axis=-1)
    return away


def make_figure() -> dict[str, Any]:
    """The drawing at each size, one example a row, and the digit it shows among ten."""
    drawings = {f"four_{side}": [draw(side).tolist()] for side in PENS}
    return {"source": SOURCE, "licence": LICENCE, **drawings, "target": [[int(digit == 4) for digit in range(10)]]}


def main() -> None:
    """Write figure.json beside this file, one array a line."""
    lines = [f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in make_figure().items()]
    path = Path(__file__).with_name("figure.json")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
