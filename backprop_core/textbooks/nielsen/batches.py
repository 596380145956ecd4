"""Nielsen's mini-batch opened: the gradient of every example, their sum, and what the descent makes of it.

The printed range of the update leaves the output layer out; the cost after it says what that costs.
"""

from backprop_core.laboratory.nudge import cost_with
from backprop_core.network import Parameters
from backprop_core.textbooks.furniture import Arrangement, Factor
from backprop_core.textbooks.nielsen.equations import ERRATA
from backprop_core.textbooks.nielsen.notation import up
from backprop_core.textbooks.panels import PANELS, Panel, Table
from backprop_core.textbooks.pieces import Number
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import derivative, plural

SIDE_BY_SIDE = 4
"""Examples whose gradients stand side by side; of more the first ones and the last."""
ROWS = 12


def mini_batch(scene: Scene, view: View) -> Panel:
    """The examples' gradients side by side and their sum, the examples' costs, and the cost after the update."""
    parameter = "weights" if scene.kind == "weight_update" else "biases"
    slip = ERRATA["update"]
    text = (
        (
            f"{plural(view.m, 'example')}: each has a gradient of its own. The update adds them and multiplies by η/m,"
            " so it follows the gradient of their mean cost."
        ),
        f"Slip in {slip.place}: {slip.printed}. What holds: {slip.holds}.",
    )
    tables = (_costs(view), _after(view))
    return Panel("mini_batch", PANELS["mini_batch"], text, (), tables, (_added(view, parameter, scene.layer),))


def _added(view: View, parameter: str, l: int) -> Arrangement:
    letter, form, of = ("w", "matrix", "weight") if parameter == "weights" else ("b", "column", "bias")
    symbol = f"{letter}{up(l)}"
    wide = view.m > SIDE_BY_SIDE
    shown = [*range(SIDE_BY_SIDE - 2), view.m - 1] if wide else list(range(view.m))
    row: list[str | Factor] = []
    for position, x in enumerate(shown):
        row += [r"+\cdots+" if wide and x == view.m - 1 else "+"] if position else []
        tex, words = derivative(f"C_{{{x + 1}}}", symbol), f"of example {x + 1}"
        row.append(view.factor(tex, f"example_{of}_gradient", l, form, words, example=x))
    total = view.factor(
        rf"\sum_x{derivative('C_x', symbol)}", f"{of}_gradient", l, form, "their sum", scale=float(view.m), result=True
    )
    return Arrangement((*row, "=", total), "Whose gradient is this?", "SGD alg. 3")


def _costs(view: View) -> Table:
    rows: list[tuple[str | Number, ...]] = [
        (f"x = {x + 1}", Number(float(view.trace.costs[x]), "costs", example=x)) for x in range(min(view.m, ROWS))
    ]
    return Table(("example", "Cₓ"), (*rows, ("mean", Number(view.trace.cost, "cost"))), "What each example costs")


def _after(view: View) -> Table:
    """The mean cost before, after the update, and after the update as printed, which leaves out the last layer."""
    old, new = view.trace.memory.parameters(), view.trace.memory.parameters(updated=True)
    printed = Parameters((*new.weights[:-1], old.weights[-1]), (*new.biases[:-1], *old.biases[-1:]))
    rows: tuple[tuple[str | Number, ...], ...] = (
        ("before", Number(view.trace.cost, "cost")),
        ("after l = L, …, 2", Number(cost_with(view.trace, new))),
        ("after l = L−1, …, 2, as printed", Number(cost_with(view.trace, printed))),
    )
    return Table(("the update", "mean cost C"), rows, "What the update gains")
