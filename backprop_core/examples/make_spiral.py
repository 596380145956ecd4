"""The spiral of the CS231n notes, drawn again: three arms of a hundred points, and both networks' first weights.

Run as ``python -m backprop_core.examples.make_spiral`` it writes spiral.json anew. The file is what the examples
read, because sine and cosine differ in the last bit from one processor to the next.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

CLASSES, POINTS, HIDDEN = 3, 100, 100
# The notebook behind the notes draws these many normals between the data and the weights of each run.
DRAWN_BEFORE_LINEAR, DRAWN_BEFORE_NETWORK = 18, 24
SOURCE = (
    "Made by make_spiral.py from the recipe of the CS231n notes, “Putting it together: Minimal Neural Network Case"
    " Study” (cs231n.github.io/neural-networks-case-study): NumPy's legacy generator, seed 0."
)
LICENCE = "Facts and figures; no text copied. The numbers come from our own script."


def make_spiral() -> dict[str, Any]:
    """Points and one-hot classes, one row an example, and the first weights in our orientation, W[j][k]."""
    rng = _generator()
    points = _points(rng)
    rng.standard_normal(DRAWN_BEFORE_LINEAR)
    linear = 0.01 * rng.standard_normal((2, CLASSES))
    rng = _generator()
    _points(rng)
    rng.standard_normal(DRAWN_BEFORE_NETWORK)
    hidden = 0.01 * rng.standard_normal((2, HIDDEN))
    output = 0.01 * rng.standard_normal((HIDDEN, CLASSES))
    return {
        "source": SOURCE,
        "licence": LICENCE,
        "inputs": points.tolist(),
        "targets": np.repeat(np.eye(CLASSES, dtype=int), POINTS, axis=0).tolist(),
        "linear": linear.T.tolist(),
        "hidden": hidden.T.tolist(),
        "output": output.T.tolist(),
    }


def _generator() -> np.random.RandomState:
    # The notes drew from this generator; no newer one gives its numbers.
    return np.random.RandomState(0)


def _points(rng: np.random.RandomState) -> np.ndarray[Any, np.dtype[np.float64]]:
    arms = []
    radius = np.linspace(0.0, 1.0, POINTS)
    for arm in range(CLASSES):
        angle = np.linspace(4.0 * arm, 4.0 * (arm + 1), POINTS) + 0.2 * rng.standard_normal(POINTS)
        arms.append(np.column_stack((radius * np.sin(angle), radius * np.cos(angle))))
    return np.concatenate(arms)


def main() -> None:
    """Write spiral.json beside this file, one array a line."""
    lines = [f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in make_spiral().items()]
    path = Path(__file__).with_name("spiral.json")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
