"""Explained: a number in print that a classic mistake gives in all its digits, and the right program does not.

Which mistake stands beside which number is said in the example's data; that it is so is found by comparing.
"""

from collections.abc import Sequence
from dataclasses import replace

from backprop_core.examples.catalogue import Example, Printed, example_ids, load_example
from backprop_core.inspection import PrintedByMistake, WrongTurnTold


def explain(turn: WrongTurnTold) -> WrongTurnTold:
    """``turn`` with the printed number that it explains, if it explains one."""
    for name in example_ids():
        example = load_example(name)
        for one in example.printed:
            if one.mistake == turn.mistake and one.ref == "cost" and _fits(one, turn.wrong_costs, turn.costs):
                return replace(turn, printed=_told(example, one))
    return turn


def _fits(one: Printed, wrong: Sequence[float | None], right: Sequence[float | None]) -> bool:
    """Whether the costs after as many updates have the digits with the mistake alone."""
    if len(wrong) <= one.after:
        return False
    made, wanted = wrong[one.after], right[one.after]
    near = one.within * one.unit
    if made is None or abs(made * one.scale - one.value) > near:
        return False
    return wanted is None or abs(wanted * one.scale - one.value) > near


def _told(example: Example, one: Printed) -> PrintedByMistake:
    return PrintedByMistake(example.author, one.words, one.digits, one.note, one.after)
