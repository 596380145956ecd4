"""The way back in words: where it starts, what a node hands to its operands, and what adds up at forks."""

from collections.abc import Sequence
from itertools import accumulate
from math import isfinite

from backprop_core.graph.operations import OPERATIONS
from backprop_core.graph.scenes import GraphScene
from backprop_core.graph.structure import Edge, Node
from backprop_core.graph.symbols import Writer, joined
from backprop_core.graph.told import Told
from backprop_core.graph.words import Words, formula, listed, said_backward, said_pace, title
from backprop_core.textbooks.numbers import plain
from backprop_core.textbooks.pieces import Line, Number, Piece
from backprop_core.textbooks.sums import addends, symbols_of


class Backward:
    """Tells the steps of one trace in the words of one textbook."""

    def __init__(self, write: Writer, words: Words) -> None:
        self._write, self._words = write, words
        self._trace, self._graph = write.trace, write.graph
        self._given = {node.id for node in self._graph.inputs}
        self._cornered = {corner.node for corner in self._trace.corners}
        forks = {node.id: uses for node in self._graph.nodes if len(uses := self._graph.uses(node.id)) > 1}
        self._arrivals = {edge.id: at for uses in forks.values() for at, edge in enumerate(uses)}
        self._sums = {k: self._sums_of(uses) for k, uses in forks.items()}
        used = [edge.source for edge in self._graph.edges if edge.source in self._graph.varying]
        self._has_forks = len(set(used)) < len(used)

    def start(self, scene: GraphScene) -> Told:
        """∂f/∂f = 1."""
        k, write = scene.node, self._write
        f = write.text(k)
        onward = (
            "from here gradients flow back" if self._graph.flowing else "no input leads here, so nothing flows back"
        )
        return Told(
            name="The way back starts with 1",
            lines=(Line((write.gradient(k), "=", "1"), (Number(1.0, f"gradient:{k}", result=True),)),),
            sentence=f"{f} changes with itself at the rate 1: {onward}.",
            label=write.gradient_label(k),
            label_text=write.gradient_text(k),
        )

    def chain_rule(self, scene: GraphScene) -> Told:
        """∂f/∂u = ∂f/∂v · ∂v/∂u for every operand u of v."""
        node, edges = self._graph.nodes[scene.node], scene.edges
        chain = Line(joined(self._chain_symbols(edge) for edge in edges), joined(self._chain_numbers(e) for e in edges))
        forks = [edge.source for edge in edges if not self._is_only(edge)]
        return Told(
            name=title(node.operation),
            lines=(chain, *(self._local_line(edge) for edge in edges)),
            sentence=self._received(node, edges),
            note=self._fork_note(list(dict.fromkeys(forks))) or self._no_fork_note(edges[-1]),
            label=r",\ ".join(dict.fromkeys(self._label(edge) for edge in edges)),
            label_text=", ".join(dict.fromkeys(self._label_text(edge) for edge in edges)),
            place=f"chain rule at {OPERATIONS[node.operation].sign}",
        )

    def gradient_sum(self, scene: GraphScene) -> Told:
        """∂f/∂u as the sum over the uses of u."""
        k, write = scene.node, self._write
        count = len(self._graph.uses(k))
        u, f = write.text(k), write.text(self._graph.output.id)
        return Told(
            name=f"{u} is used {count} times: its gradients add up",
            lines=(self._sum_line(k),),
            sentence=f"A change of {u} reaches {f} over each of its {count} uses, and the changes add up:"
            f" so does what comes back.{self._outcome([k])}",
            label=write.gradient_label(k),
            label_text=write.gradient_text(k),
            place="fan-out",
        )

    def arrival(self, scene: GraphScene) -> Told:
        """What comes back over one edge; where its source has other uses, what that makes so far."""
        (edge,) = scene.edges
        told = self.chain_rule(scene)
        if self._is_only(edge):
            return told
        at, sums = self._arrivals[edge.id], self._sums[edge.source]
        among = len(sums)
        return Told(
            name=f"{self._write.text(edge.source)} gets gradient {at + 1} of {among}",
            lines=(told.lines[0], *((self._running_line(edge.source, at),) if at else ()), *told.lines[1:]),
            sentence=told.sentence + self._added(edge.source, at),
            note=self._arrival_note(edge.source, at),
            label=rf"\text{{{at + 1} of {among}: }}{self._write.gradient_label(edge.source)}",
            label_text=f"{self._write.gradient_text(edge.source)}, {at + 1} of {among}",
            place=told.place,
            arrival=(at, among),
            running=sums[at],
        )

    def _received(self, node: Node, edges: Sequence[Edge]) -> str:
        """How fast the node moves with its operands, what they receive for that, and what that says of the inputs."""
        write, number = self._write, self._trace.number
        names = [write.text(k) for k in node.operands]
        slopes = [(write.text(one.source), write.place_text(one), number("local_gradient", one.id)) for one in edges]
        d, n = write.gradient_text(node.id), plain(number("gradient", node.id))
        upstream = self._words.upstream.format(d=d, n=n, v=node.symbol)
        places, values = [edge.place for edge in edges], self._trace.operands(node)
        received = said_backward(node, places, names, node.symbol, values, upstream)
        if node.id in self._cornered or not all(isfinite(slope) for *_, slope in slopes):
            return f"{received}."
        pace = said_pace(f"{node.symbol} = {formula(node, names)}", slopes)
        inputs = [one.source for one in edges if self._is_only(one) and one.source in self._given]
        return f"{pace}. So {received}.{self._outcome(inputs) if node is not self._graph.output else ''}"

    def _outcome(self, nodes: Sequence[int]) -> str:
        """What gradients that are complete say of the output, where no corner makes them a choice."""
        slopes = [(self._write.text(k), "", self._trace.number("gradient", k)) for k in nodes]
        if not slopes or self._cornered or not all(isfinite(slope) for *_, slope in slopes):
            return ""
        return f" In the end {said_pace(self._write.text(self._graph.output.id), slopes)}."

    def _fork_note(self, forks: list[int]) -> str:
        write = self._write
        many = [f"{write.text(k)} is used {len(self._graph.uses(k))} times" for k in forks]
        parts = [f"a part of {write.gradient_text(k)}" for k in forks]
        return f"{listed(many)}: what comes back here is {listed(parts)}." if forks else ""

    def _no_fork_note(self, edge: Edge) -> str:
        """Said once, where the way back ends."""
        if self._has_forks or edge.target != min(one.target for one in self._graph.flowing):
            return ""
        return "When a value is used twice, its gradients from all its uses add up. Here each value is used once."

    def _arrival_note(self, k: int, at: int) -> str:
        count = len(self._graph.uses(k))
        if at + 1 == count:
            every = "both" if count == 2 else f"all {count}"
            return f"Now {every} are there, and their sum is {self._write.gradient_text(k)}."
        left = count - at - 1
        return f"This is not yet {self._write.gradient_text(k)}: {left} more {'comes' if left == 1 else 'come'} back."

    def _added(self, k: int, at: int) -> str:
        """What the sum is with this one; once it is complete, what that says of the output."""
        if not at:
            return ""
        sums = self._sums[k]
        outcome = self._outcome([k]) if at + 1 == len(sums) else ""
        return f" Added to the {plain(sums[at - 1])} from before that makes {plain(sums[at])}.{outcome}"

    def _sums_of(self, uses: Sequence[Edge]) -> list[float]:
        """What the gradients that come back add up to as they arrive."""
        return list(accumulate(self._trace.number("contribution", edge.id) for edge in uses))

    def _is_only(self, edge: Edge) -> bool:
        return len(self._graph.uses(edge.source)) == 1

    def _label(self, edge: Edge) -> str:
        label = self._write.gradient_label(edge.source)
        return label if self._is_only(edge) else rf"\text{{part of }}{label}"

    def _label_text(self, edge: Edge) -> str:
        text = self._write.gradient_text(edge.source)
        return text if self._is_only(edge) else f"part of {text}"

    def _chain_symbols(self, edge: Edge) -> list[Piece]:
        write = self._write
        product: list[Piece] = [write.gradient(edge.target), r"\cdot ", write.local(edge)]
        return [write.gradient(edge.source), "=", *product] if self._is_only(edge) else product

    def _chain_numbers(self, edge: Edge) -> list[Piece]:
        number = self._trace.number
        upstream = Number(number("gradient", edge.target), f"gradient:{edge.target}")
        local = Number(number("local_gradient", edge.id), f"local_gradient:{edge.id}", paren=True)
        name, k = ("gradient", edge.source) if self._is_only(edge) else ("contribution", edge.id)
        return [upstream, r"\cdot ", local, "=", Number(number(name, k), f"{name}:{k}", result=True)]

    def _local_line(self, edge: Edge) -> Line:
        write = self._write
        symbols = (write.local(edge), "=", *write.local_formula(edge, numbers=False))
        value = Number(self._trace.number("local_gradient", edge.id), f"local_gradient:{edge.id}")
        formula = write.local_formula(edge, numbers=True)
        written_out = len(formula) > 1 and any(isinstance(piece, Number) for piece in formula)
        v, u = write.text(edge.target), write.text(edge.source)
        return Line(
            symbols,
            (*formula, "=", value) if written_out else (value,),
            self._words.local.format(v=v, u=u) + write.place_text(edge),
        )

    def _sum_line(self, k: int) -> Line:
        edges = self._graph.uses(k)
        parts = [Number(self._trace.number("contribution", edge.id), f"contribution:{edge.id}") for edge in edges]
        total = Number(self._trace.number("gradient", k), f"gradient:{k}", result=True)
        return Line((self._write.gradient(k), "=", *self._sum_symbols(edges)), (*addends(parts), "=", total))

    def _sum_symbols(self, edges: Sequence[Edge]) -> list[Piece]:
        write = self._write
        return symbols_of(len(edges), lambda k: (write.gradient(edges[k].target), write.local(edges[k])))

    def _running_line(self, k: int, at: int) -> Line:
        """The sum so far and what has arrived now; the last one makes it the gradient."""
        uses, sums = self._graph.uses(k), self._sums[k]
        edge, is_last = uses[at], at + 1 == len(uses)
        before = Number(sums[at - 1], f"contribution:{uses[0].id}" if at == 1 else "")
        arrived = Number(self._trace.number("contribution", edge.id), f"contribution:{edge.id}", paren=True)
        total = Number(sums[at], f"gradient:{k}" if is_last else "", result=True)
        return Line(
            (*((self._write.gradient(k), "=") if is_last else ()), *self._sum_symbols(uses[: at + 1])),
            (before, "+", arrived, "=", total),
            "All together" if is_last else "So far",
        )
