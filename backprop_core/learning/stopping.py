"""Stop rules: why training is finished, looked at after whole epochs, so that a run always ends at the same update.

What a rule needs is measured at that moment and on request alone; training without rules measures nothing.
"""

from collections.abc import Callable

from backprop_core.learning.recipe import Stop

Measured = Callable[[int], tuple[float | None, float | None]]
"""Cost and accuracy on the training (0) or the test examples (1)."""


def finished(stop: Stop, epochs: int, since: int, measured: Measured | None) -> str | None:
    """The rule that holds when ``epochs`` are done, as a sentence.

    ``since`` counts the epochs without a better cost on the test examples; ``measured`` is needed where a rule
    needs measuring.
    """
    if stop.epochs is not None and epochs >= stop.epochs:
        return f"{stop.epochs} epochs are done" if stop.epochs > 1 else "1 epoch is done"
    if measured is None:
        return None
    if stop.cost_below is not None:
        cost, _ = measured(0)
        if cost is not None and cost < stop.cost_below:
            return f"the cost on the training examples is below {stop.cost_below:g}"
    if stop.accuracy is not None:
        _, accuracy = measured(1)
        if accuracy is not None and accuracy >= stop.accuracy:
            return f"{100.0 * stop.accuracy:g} % of the test examples are right"
    if stop.patience is not None and since >= stop.patience:
        return f"the cost on the test examples has not fallen for {stop.patience} epochs"
    return None
