"""Johnston's chain of φ as a panel, with the numbers at every link, and the cost read from any of them.

C_1, C_2, …, C_L are one number: what differs is how much of the network counts as part of the cost (4). Where layers
skip or join, φ takes every z that its layer reads, and C_l every z that a later layer still reads.
"""

from itertools import pairwise

from backprop_core.laboratory.nudge import cost_at, nudged_cost
from backprop_core.memory import Quantity
from backprop_core.textbooks.furniture import Arrangement, Factor
from backprop_core.textbooks.johnston.notation import a, low, still_read, up, vector, z
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.panels import PANELS, Panel, Table
from backprop_core.textbooks.pieces import Line, Number, Symbol
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import stacked

LINKS = 6
"""Layers whose chain is written in full."""
SHIFT = 1e-3


def phi_panel(scene: Scene, view: View) -> Panel:
    """z^1 –φ_2→ z^2 … –σ→ a^L –C→ C, and the bracketings of (4)."""
    L = view.spec.depth
    shown = list(range(L + 1)) if L < LINKS else [0, 1, L]
    links = [_start(view), *(_link(view, l) for l in shown if l), *_end(view, L)]
    text = (
        (
            "φ begins with σ: it takes the weighted input of one layer, activates it, weighs it and adds the bias (1)."
            " So the whole network is σ after all φ (2), and the text squashes the input like every other layer."
        ),
        (
            "Read from any z, the rest of the network and the cost together are a function of that z alone (4)."
            " All of these functions give the same number."
        ),
        (
            "Slips: (2) is printed one bracket short; φ^l and φ_l are one map; (4) lets every C_l take N_L numbers,"
            " and C_l takes N_l."
        ),
    )
    lines = (*_definitions(view), *links, *_bracketings(view, shown))
    if not view.spec.is_chain:
        return Panel("phi", PANELS["phi"], (*text, _AS_A_GRAPH), lines)
    return Panel("phi", PANELS["phi"], text, lines, (), (_drawn(view, shown),))


_AS_A_GRAPH = (
    "Here layers skip or join, so (2) is no row of maps, one after the other: each φ takes every z that its layer"
    " reads, and the cost is a function of every z that a later layer still reads, not of one alone."
)


def _argument(view: View, l: int) -> str:
    """What φ of layer ``l`` takes: z of every layer that it reads, or that is added to it."""
    return ",".join(z(k) for k in dict.fromkeys((*view.spec.sources(l), *view.spec.adds(l))))


def _drawn(view: View, shown: list[int]) -> Arrangement:
    """The columns of the chain, one after the other, with the maps that lead from one to the next."""
    L = view.spec.depth
    row: tuple[str | Factor, ...] = (view.factor(z(0), "weighted_input", 0, "column", "the sample"),)
    for before, l in pairwise(shown):
        gap = r"\cdots" if l - before > 1 else ""
        row = (*row, rf"{gap}\xrightarrow{{\phi{low(l)}}}", view.factor(z(l), "weighted_input", l, "column"))
    output = view.factor(a(L), "activation", L, "column", "the output")
    row = (*row, r"\xrightarrow{\sigma}", output, r"\xrightarrow{C}C")
    return Arrangement(row, "From the sample to the cost", "Fig. 3")


def _definitions(view: View) -> tuple[Line, ...]:
    shift = r"+\vec b^l" if view.spec.bias else ""
    if not view.spec.is_chain:
        layers = [l for l in range(1, view.spec.depth + 1) if view.spec.depth < LINKS or l == view.spec.depth]
        return tuple(_definition(view, l) for l in layers)
    maps = r"\phi^L\circ\phi^{L-1}\circ\cdots\circ\phi^2"
    return (
        Line((rf"\phi^l(\vec z^{{l-1}})=W^l\cdot\sigma(\vec z^{{l-1}}){shift}",), title="One layer", place="(1)"),
        Line((rf"f(\vec z^1)=\sigma\left({maps}(\vec z^1)\right)",), title="The network", place="(2)"),
        Line((r"C_l=C\circ\sigma\circ\phi_L\circ\cdots\circ\phi_{l+1}",), title="The cost of a z", place="(4)"),
    )


def _definition(view: View, l: int) -> Line:
    """φ of a layer of this network, which may read several and have others added."""
    sources, adds = view.spec.sources(l), view.spec.adds(l)
    activated = [rf"\sigma({z(k)})" for k in sources]
    enters = activated[0] if len(sources) == 1 else stacked(activated)
    shift = rf"+\vec b{up(l)}" if view.spec.bias else ""
    added = "".join(rf"+\sigma({z(k)})" for k in adds)
    return Line(
        (rf"\phi{up(l)}({_argument(view, l)})=W{up(l)}\cdot{enters}{shift}{added}",), (), f"Layer {l + 1}", "(1)"
    )


def _start(view: View) -> Line:
    return Line((vector(view, "weighted_input", 0),), (view.column("weighted_input", 0),), "The sample")


def _link(view: View, l: int) -> Line:
    return Line(
        (rf"\phi{up(l)}({_argument(view, l)})=", vector(view, "weighted_input", l)),
        (view.column("weighted_input", l),),
        f"φ{superscript(l + 1)}",
    )


def _end(view: View, L: int) -> tuple[Line, ...]:
    value = Number(float(view.trace.costs[view.example]), view.cost_ref)
    activation = (rf"\sigma({z(L)})=", vector(view, "activation", L))
    return (
        Line(activation, (view.column("activation", L),), "σ"),
        Line((rf"C({a(L)})=", Symbol("C", view.cost_ref)), (value,), "C"),
    )


def _bracketings(view: View, shown: list[int]) -> list[Line]:
    L = view.spec.depth
    lines = []
    for l in reversed(shown):
        takes = ",".join(z(k) for k in still_read(view, l))
        chain = "".join(rf"\circ\phi{low(k)}" for k in range(L, l, -1))
        composed = rf"=(C\circ\sigma{chain})({z(l)})" if view.spec.is_chain else ""
        # Nothing is added: everything above z is computed again from z.
        value = Number(nudged_cost(view.trace, Quantity("weighted_input", l), (view.example, 0), 0.0, view.example))
        lines.append(
            Line(
                (rf"C{low(l)}({takes}){composed}",),
                (rf"C{low(l)}({takes})=", value),
                f"Read from layer {l + 1} on",
                "(4)",
            )
        )
    return lines


def touch_panel(scene: Scene, view: View) -> Panel:
    """What δ of the sample is for: each input moved a little, the cost predicted by δ and found anew."""
    here, sample = cost_at(view.trace, view.example), Quantity("weighted_input", 0)
    rows: list[tuple[str | Number, ...]] = []
    for j in range(min(view.spec.inputs, LINKS)):
        change = nudged_cost(view.trace, sample, (view.example, j), SHIFT, view.example) - here
        predicted = Number(float(view.array("error", 0)[j]) * SHIFT, f"error:0:{j}", scale=SHIFT)
        rows.append((f"z¹ at {j + 1}", Number(SHIFT), predicted, Number(change)))
    text = (
        (
            "δ¹ says how the cost depends on the raw sample. No weight and no bias uses it:"
            " it is there because the rule goes on by itself."
        ),
    )
    table = Table(("moved", "by", "predicted by δ¹", "true change of C"), tuple(rows))
    line = Line((vector(view, "error", 0),), (view.row("error", 0),), "How the cost depends on the sample", "(9)")
    return Panel("touch", PANELS["touch"], text, (line,), (table,))
