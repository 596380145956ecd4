"""The way forward in words: what is given, and what each node makes of its operands."""

from math import isfinite

from backprop_core.graph.scenes import GraphScene
from backprop_core.graph.symbols import Writer, joined
from backprop_core.graph.told import Told
from backprop_core.graph.words import THINGS, formula, listed, said_forward
from backprop_core.textbooks.numbers import plain
from backprop_core.textbooks.pieces import Line, Number, Piece, to_tex


def tell_inputs(scene: GraphScene, write: Writer) -> Told:
    """The numbers that the expression starts from."""
    given = [quantity.layer for quantity in scene.results]
    symbols = joined(write.symbol(k) for k in given)
    names = [write.text(k) for k in given]
    uses = [f"{write.text(k)} is used {count} times" for k in given if (count := len(write.graph.uses(k))) > 1]
    return Told(
        name="What is given",
        lines=(Line(symbols, joined(_equals(k, write) for k in given)),),
        sentence=f"The numbers that the expression starts from: {listed(names)}.",
        note=f"{listed(uses)}: the gradients of all uses will add up." if uses else "",
        label=to_tex(symbols),
        label_text=", ".join(names),
    )


def _equals(k: int, write: Writer) -> list[Piece]:
    number = Number(write.trace.number("value", k), f"value:{k}", result=True)
    return [*write.symbol(k), "=", number] if write.graph.nodes[k].symbol else [number]


def tell_operation(scene: GraphScene, write: Writer) -> Told:
    """v = operation(u, …)."""
    node = write.graph.nodes[scene.node]
    value = Number(write.trace.number("value", node.id), f"value:{node.id}", result=True)
    symbols = (*write.symbol(node.id), "=", *write.operation(node, numbers=False))
    names = [write.text(k) for k in node.operands]
    said = said_forward(node, names, node.symbol)
    is_ours = not node.name and node is not write.graph.output
    return Told(
        name=f"{node.symbol} = {formula(node, names)}",
        lines=(Line(symbols, (*write.operation(node, numbers=True), "=", value)),),
        sentence=f"{said} That makes {plain(value.value)}." if isfinite(value.value) else said,
        note=f"The expression has no name for this part; here it is called {node.symbol}." if is_ours else "",
        label=to_tex(symbols),
        label_text=node.symbol,
        place=THINGS[node.operation].removeprefix("the "),
    )
