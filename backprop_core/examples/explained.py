"""Explained: a number in print that a classic mistake gives in all its digits, and the right program does not.

Which mistake stands beside which number is said in the example's data; that it is so is found by comparing.
"""

from dataclasses import replace

from backprop_core.examples.catalogue import Example, Printed, example_ids, load_example
from backprop_core.inspection import PrintedByMistake, WrongTurnTold


def explain(turn: WrongTurnTold) -> WrongTurnTold:
    """``turn`` with the printed number that it explains, if it explains one."""
    for name in example_ids():
        example = load_example(name)
        for one in example.printed:
            if one.mistake == turn.mistake and _fits(one, *_both(one, turn)):
                return replace(turn, printed=_told(example, one))
    return turn


def _both(one: Printed, turn: WrongTurnTold) -> tuple[float | None, float | None]:
    """What the mistake makes of the number, and what it should be; of an update itself, in the stepped example."""
    if one.ref == "cost" and one.after < len(turn.wrong_costs):
        return turn.wrong_costs[one.after], turn.costs[one.after]
    pair = next((pair for pair in turn.pairs if pair.ref == one.ref and not one.after), None)
    return (pair.wrong, pair.right) if pair else (None, None)


def _fits(one: Printed, made: float | None, wanted: float | None) -> bool:
    """Whether the mistake alone gives the printed digits."""
    near = one.within * one.unit
    if made is None or abs(made * one.scale - one.value) > near:
        return False
    return wanted is None or abs(wanted * one.scale - one.value) > near


def _told(example: Example, one: Printed) -> PrintedByMistake:
    return PrintedByMistake(example.author, one.words, one.digits, one.note, one.after)
