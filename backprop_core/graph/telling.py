"""A graph told as Steps, the same that a network is told in: forward node by node, then backward.

Of a graph a step's ``layer`` is its node, and its ``result`` and ``intermediate`` are numbers by their references.
"""

from typing import Any

from backprop_core.graph.operations import OPERATIONS
from backprop_core.graph.scenes import PHASES, GraphScene, script
from backprop_core.graph.structure import Edge, Node
from backprop_core.graph.symbols import Writer, joined
from backprop_core.graph.trace import GraphTrace
from backprop_core.graph.words import LENSES, THINGS, listed, said_backward, said_forward, title, why_not_finite
from backprop_core.memory import Quantity
from backprop_core.step import Link, Step
from backprop_core.steps import Divergence
from backprop_core.textbooks import TEXTBOOKS
from backprop_core.textbooks.pieces import Line, Number, Piece, Symbol, to_tex
from backprop_core.textbooks.scenes import Remark
from backprop_core.textbooks.sums import addends, symbols_of


def graph_divergence(trace: GraphTrace) -> Divergence | None:
    """Where ``trace`` stopped being finite, if it did: always in its last step; ``layer`` is the node of that step."""
    if trace.not_finite is None:
        return None
    scenes = script(trace)
    return Divergence(len(scenes) - 1, scenes[-1].node, trace.not_finite.writes.name)


def graph_steps(trace: GraphTrace, textbook: str = "nielsen") -> list[Step]:
    """The steps of ``trace`` in the words of ``textbook``; one in which a number stops being finite is the last.

    Raises ``KeyError`` for an unknown textbook.
    """
    return _Teller(trace, TEXTBOOKS[textbook].name).steps()


class _Teller:
    def __init__(self, trace: GraphTrace, textbook: str) -> None:
        self._trace, self._graph, self._words = trace, trace.graph, LENSES[textbook]
        self._write = Writer(trace)
        self._scenes = script(trace)
        self._where = {
            quantity: index for index, scene in enumerate(self._scenes) for quantity in (*scene.inner, *scene.results)
        }
        self._readers: dict[Quantity, list[int]] = {}
        for index, scene in enumerate(self._scenes):
            for quantity in scene.reads:
                self._readers.setdefault(quantity, []).append(index)

    def steps(self) -> list[Step]:
        tell = {
            "input": self._input,
            "operation": self._operation,
            "output_gradient": self._output_gradient,
            "chain_rule": self._chain_rule,
            "gradient_sum": self._gradient_sum,
        }
        return [self._step(index, scene, **tell[scene.kind](scene)) for index, scene in enumerate(self._scenes)]

    def _input(self, scene: GraphScene) -> dict[str, Any]:
        write = self._write
        given = [quantity.layer for quantity in scene.results]
        symbols = joined(write.symbol(k) for k in given)
        numbers = joined(self._equals(k) for k in given)
        names = [write.text(k) for k in given]
        sentence = f"The numbers that the expression starts from: {listed(names)}."
        forks = [k for k in given if len(self._graph.uses(k)) > 1]
        uses = (f"{write.text(k)} is used {len(self._graph.uses(k))} times" for k in forks)
        note = f"{listed(list(uses))}: the gradients of all uses will add up." if forks else ""
        return {
            "name": "What is given",
            "lines": (Line(symbols, numbers),),
            "sentence": sentence,
            "note": note,
            "label": to_tex(symbols),
            "label_text": ", ".join(names),
            "place": "",
        }

    def _equals(self, k: int) -> list[Piece]:
        number = Number(self._trace.number("value", k), f"value:{k}", result=True)
        return [*self._write.symbol(k), "=", number] if self._graph.nodes[k].symbol else [number]

    def _operation(self, scene: GraphScene) -> dict[str, Any]:
        node, write = self._graph.nodes[scene.node], self._write
        value = Number(self._trace.number("value", node.id), f"value:{node.id}", result=True)
        symbols = (*write.symbol(node.id), "=", *write.operation(node, numbers=False))
        numbers = (*write.operation(node, numbers=True), "=", value)
        names = [write.text(k) for k in node.operands]
        return {
            "name": f"Forward: {node.symbol}",
            "lines": (Line(symbols, numbers),),
            "sentence": said_forward(node, names, node.symbol),
            "label": to_tex(symbols),
            "label_text": node.symbol,
            "place": OPERATIONS[node.operation].sign,
        }

    def _output_gradient(self, scene: GraphScene) -> dict[str, Any]:
        k, write = scene.node, self._write
        f = write.text(k)
        line = Line((write.gradient(k), "=", "1"), (Number(1.0, f"gradient:{k}", result=True),))
        return {
            "name": "The way back starts with 1",
            "lines": (line,),
            "label": write.gradient_label(k),
            "sentence": f"{f} changes with itself at the rate 1: from here gradients flow back.",
            "label_text": write.gradient_text(k),
            "place": "",
        }

    def _chain_rule(self, scene: GraphScene) -> dict[str, Any]:
        node, write = self._graph.nodes[scene.node], self._write
        edges = self._graph.into(node.id)
        chain = Line(joined(self._chain_symbols(edge) for edge in edges), joined(self._chain_numbers(e) for e in edges))
        names = [write.text(k) for k in node.operands]
        received = said_backward(node, [edge.place for edge in edges], names, node.symbol, self._trace.operands(node))
        forks = [edge.source for edge in edges if len(self._graph.uses(edge.source)) > 1]
        return {
            "name": title(node.operation),
            "lines": (chain, *(self._local_line(edge) for edge in edges)),
            "sentence": f"{self._upstream(node)} goes back through {THINGS[node.operation]}: {received}.",
            "note": self._fork_note(list(dict.fromkeys(forks))),
            "label": r",\ ".join(dict.fromkeys(self._label(edge) for edge in edges)),
            "label_text": ", ".join(dict.fromkeys(self._label_text(edge) for edge in edges)),
            "place": f"chain rule at {OPERATIONS[node.operation].sign}",
        }

    def _upstream(self, node: Node) -> str:
        d, output = self._write.gradient_text(node.id), self._graph.output
        return f"{d} = 1" if node is output else self._words.upstream.format(d=d, f=output.symbol, v=node.symbol)

    def _fork_note(self, forks: list[int]) -> str:
        many = (f"{self._write.text(k)} is used {len(self._graph.uses(k))} times" for k in forks)
        return f"{listed(list(many))}; this is what comes back over one node that uses it." if forks else ""

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

    def _gradient_sum(self, scene: GraphScene) -> dict[str, Any]:
        k, write = scene.node, self._write
        edges = self._graph.uses(k)
        terms: list[tuple[Symbol, Symbol]] = [(write.gradient(edge.target), write.local(edge)) for edge in edges]
        parts = [Number(self._trace.number("contribution", edge.id), f"contribution:{edge.id}") for edge in edges]
        total = Number(self._trace.number("gradient", k), f"gradient:{k}", result=True)
        line = Line((write.gradient(k), "=", *symbols_of(len(terms), terms.__getitem__)), (*addends(parts), "=", total))
        u, f = write.text(k), write.text(self._graph.output.id)
        return {
            "name": f"{u} is used {len(edges)} times: its gradients add up",
            "lines": (line,),
            "sentence": f"A change of {u} reaches {f} over each of its {len(edges)} uses, and the changes add up:"
            f" so does what comes back.",
            "label": write.gradient_label(k),
            "label_text": write.gradient_text(k),
            "place": "fan-out",
        }

    def _step(self, index: int, scene: GraphScene, **told: Any) -> Step:
        lines: tuple[Line, ...] = told["lines"]
        phase = PHASES[scene.kind]
        group = phase.capitalize()
        read = [quantity for quantity in scene.reads if quantity not in scene.inner]
        main = scene.results[-1] if scene.results else scene.inner[-1]
        return Step(
            index=index,
            phase=phase,
            kind=scene.kind,
            layer=scene.node,
            covers=((scene.kind, scene.node),),
            group=group,
            group_short=group,
            name=told["name"],
            label=told["label"],
            tag="",
            label_text=told["label_text"],
            place=told["place"],
            in_text=False,
            symbols=to_tex(lines[0].symbols),
            numbers=to_tex(lines[0].numbers),
            shapes="",
            sentence=told["sentence"],
            note=told.get("note", ""),
            errata=(),
            orientation="scalar",
            scale=1.0,
            quantity=main.name,
            operands=tuple(map(str, (*read, *scene.inner))),
            result=self._numbers(scene.results),
            result_ref=str(main) if len(scene.results) == 1 else "",
            intermediate=self._numbers(scene.inner),
            lines=lines,
            terms=None,
            reads=tuple(self._link(quantity) for quantity in read),
            used_by=self._used_by(index, scene),
            writes=tuple(map(str, (*scene.inner, *scene.results))),
            remarks=self._remarks(index, scene),
        )

    def _numbers(self, quantities: tuple[Quantity, ...]) -> dict[str, float]:
        return {str(quantity): self._trace.number(*quantity) for quantity in quantities}

    def _link(self, quantity: Quantity) -> Link:
        return Link(str(quantity), self._write.link_text(*quantity), self._where.get(quantity))

    def _used_by(self, index: int, scene: GraphScene) -> tuple[Link, ...]:
        later = {step for quantity in (*scene.inner, *scene.results) for step in self._readers.get(quantity, ())}
        results = [(step, self._scenes[step].results) for step in sorted(later - {index})]
        return tuple(Link(str(made[-1]), self._write.link_text(*made[-1]), step) for step, made in results if made)

    def _remarks(self, index: int, scene: GraphScene) -> tuple[Remark, ...]:
        found = []
        if scene.kind in ("operation", "chain_rule"):
            corners = (one for one in self._trace.corners if one.node == scene.node)
            found += [Remark("kink", f"value:{one.node}", one.sentence) for one in corners]
        if scene.kind == "output_gradient":
            found += [
                Remark(
                    "apart",
                    f"gradient:{node.id}",
                    f"{self._write.text(self._graph.output.id)} does not depend on {node.symbol}: its gradient is 0.",
                )
                for node in self._graph.inputs
                if node.id not in self._graph.leading
            ]
        stop = self._trace.not_finite
        if stop is not None and index == len(self._scenes) - 1:
            node = self._graph.nodes[scene.node]
            reason = f": {why_not_finite(node.operation, self._trace.operands(node))}" if node.operands else ""
            text = f"{self._write.link_text(*stop.writes)} is no longer finite{reason}. The trace ends here."
            found.append(Remark("not_finite", str(stop.writes), text))
        return tuple(found)
