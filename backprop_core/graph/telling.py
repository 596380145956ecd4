"""A graph told as Steps, the same that a network is told in: forward node by node, then backward.

Of a graph a step's ``layer`` is its node, and its ``result`` and ``intermediate`` are numbers by their references.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from backprop_core.coarse import joined
from backprop_core.graph.scenes import GRAPH_GRANULARITIES, PHASES, GraphScene, passes, script
from backprop_core.graph.symbols import Writer
from backprop_core.graph.told import Told
from backprop_core.graph.told_backward import Backward
from backprop_core.graph.told_forward import tell_inputs, tell_operation
from backprop_core.graph.trace import GraphTrace
from backprop_core.graph.words import LENSES, why_not_finite
from backprop_core.memory import Quantity
from backprop_core.step import Link, PartOfStep, Step
from backprop_core.steps import Divergence
from backprop_core.textbooks import TEXTBOOKS
from backprop_core.textbooks.pieces import to_tex
from backprop_core.textbooks.scenes import Remark

LABELLED = 3
"""Gradients that the label of a whole pass names."""


def graph_divergence(trace: GraphTrace, granularity: str = "node") -> Divergence | None:
    """Where ``trace`` stopped being finite, if it did: always in its last step; ``layer`` is the node of that step."""
    if trace.not_finite is None:
        return None
    scenes = script(trace, by_term=granularity == "term")
    count = len(passes(scenes)) if granularity == "pass" else len(scenes)
    return Divergence(count - 1, scenes[-1].node, trace.not_finite.writes.name)


def graph_steps(trace: GraphTrace, textbook: str = "nielsen", granularity: str = "node") -> list[Step]:
    """The steps of ``trace`` in the words of ``textbook``; one in which a number stops being finite is the last.

    ``granularity`` is “pass”, “node” or “term”, one edge at a time. Raises ``KeyError`` for an unknown textbook and
    ``ValueError`` for an unknown granularity.
    """
    if granularity not in GRAPH_GRANULARITIES:
        raise ValueError(f"choose a granularity: {', '.join(GRAPH_GRANULARITIES)}")
    return _Teller(trace, TEXTBOOKS[textbook].name, granularity).steps()


class _Teller:
    def __init__(self, trace: GraphTrace, textbook: str, granularity: str) -> None:
        self._trace, self._graph = trace, trace.graph
        self._write = Writer(trace)
        self._by_term = granularity == "term"
        self._scenes = script(trace, by_term=self._by_term)
        groups = passes(self._scenes) if granularity == "pass" else [[scene] for scene in self._scenes]
        self._at = [index for index, group in enumerate(groups) for _ in group]
        self._back = Backward(self._write, LENSES[textbook])
        self._is_pass = granularity == "pass"
        self._where: dict[Quantity, int] = {}
        self._readers: dict[Quantity, list[int]] = {}
        for k, scene in enumerate(self._scenes):
            self._where |= dict.fromkeys((*scene.inner, *scene.results), self._at[k])
            for quantity in scene.reads:
                self._readers.setdefault(quantity, []).append(k)

    def steps(self) -> list[Step]:
        told = [self._told(scene) for scene in self._scenes]
        steps = [self._step(k, scene, said) for k, (scene, said) in enumerate(zip(self._scenes, told, strict=True))]
        if self._is_pass:
            return [self._whole(list(members)) for _, members in groupby(steps, lambda step: step.index)]
        parts = self._parts(told) if self._by_term else {}
        return [replace(step, part=parts.get(step.index)) for step in steps]

    def _told(self, scene: GraphScene) -> Told:
        if scene.kind == "input":
            return tell_inputs(scene, self._write)
        if scene.kind == "operation":
            return tell_operation(scene, self._write)
        if scene.kind == "chain_rule":
            return self._back.arrival(scene) if self._by_term else self._back.chain_rule(scene)
        return {"output_gradient": self._back.start, "gradient_sum": self._back.gradient_sum}[scene.kind](scene)

    def _step(self, k: int, scene: GraphScene, told: Told) -> Step:
        phase = PHASES[scene.kind]
        group = phase.capitalize()
        main = scene.results[-1] if scene.results else scene.inner[-1]
        return Step(
            index=self._at[k],
            phase=phase,
            kind=scene.kind,
            layer=scene.node,
            covers=((scene.kind, scene.node),),
            group=group,
            group_short=group,
            name=told.name,
            label=told.label,
            tag="",
            label_text=told.label_text,
            place=told.place,
            in_text=False,
            symbols=to_tex(told.lines[0].symbols),
            numbers=to_tex(told.lines[0].numbers),
            shapes="",
            sentence=told.sentence,
            note=told.note,
            errata=(),
            orientation="scalar",
            scale=1.0,
            quantity=main.name,
            operands=tuple(map(str, (*scene.reads, *scene.inner))),
            result=self._numbers(scene.results),
            result_ref=str(main) if len(scene.results) == 1 else "",
            intermediate=self._numbers(scene.inner),
            lines=told.lines,
            terms=None,
            reads=tuple(self._link(quantity) for quantity in scene.reads),
            used_by=self._used_by(k, scene),
            writes=tuple(map(str, (*scene.inner, *scene.results))),
            remarks=self._remarks(scene),
        )

    def _numbers(self, quantities: tuple[Quantity, ...]) -> dict[str, float]:
        return {str(quantity): self._trace.number(*quantity) for quantity in quantities}

    def _link(self, quantity: Quantity) -> Link:
        return Link(str(quantity), self._write.link_text(*quantity), self._where.get(quantity))

    def _used_by(self, own: int, scene: GraphScene) -> tuple[Link, ...]:
        made = (*scene.inner, *scene.results)
        later = sorted({k for quantity in made for k in self._readers.get(quantity, ())} - {own})
        results = [(self._at[k], self._scenes[k].results) for k in later]
        return tuple(Link(str(one[-1]), self._write.link_text(*one[-1]), step) for step, one in results if one)

    def _remarks(self, scene: GraphScene) -> tuple[Remark, ...]:
        found = []
        if scene.kind in ("operation", "chain_rule"):
            corners = (one for one in self._trace.corners if one.node == scene.node)
            found += [Remark("kink", f"value:{one.node}", one.sentence) for one in corners]
        if scene.kind == "output_gradient":
            f = self._write.text(self._graph.output.id)
            apart = (node for node in self._graph.inputs if node.id not in self._graph.leading)
            words = "does not depend on"
            found += [Remark("apart", f"gradient:{k.id}", f"{f} {words} {k.symbol}: its gradient is 0.") for k in apart]
        stop = self._trace.not_finite
        if stop is not None and scene is self._scenes[-1]:
            node = self._graph.nodes[scene.node]
            reason = f": {why_not_finite(node.operation, self._trace.operands(node))}" if node.operands else ""
            text = f"{self._write.link_text(*stop.writes)} is no longer finite{reason}. The trace ends here."
            found.append(Remark("not_finite", str(stop.writes), text))
        return tuple(found)

    def _whole(self, members: list[Step]) -> Step:
        whole = joined(members[0].index, members, {})
        f, is_forward = self._write.text(self._graph.output.id), whole.phase == "forward"
        sentence = (
            f"Every node is computed from those before it, up to {f}."
            if is_forward
            else f"The gradient runs back from {f} through every node and leaves each input its own."
        )
        gradients = [node.id for node in self._graph.inputs if node.id in self._graph.leading]
        shown, more = gradients[:LABELLED], len(gradients) > LABELLED
        label, text = whole.label, whole.label_text
        if not is_forward and shown:
            label = r",\ ".join([*map(self._write.gradient_label, shown), *([r"\dots"] if more else [])])
            text = ", ".join([*map(self._write.gradient_text, shown), *(["…"] if more else [])])
        return replace(
            whole,
            name=f"{whole.group} pass",
            sentence=sentence,
            label=label,
            label_text=text,
            place="",
            result={ref: number for member in members for ref, number in member.result.items()},
            result_ref="",
            members=tuple(k for k, index in enumerate(self._at) if index == whole.index),
        )

    def _parts(self, every: Sequence[Told]) -> dict[int, PartOfStep]:
        """Where each step of an edge stands among those of its node."""
        coarse = {(one.kind, one.node): k for k, one in enumerate(script(self._trace))}
        of = [(index, scene) for index, scene in enumerate(self._scenes) if scene.kind == "chain_rule"]
        found = {}
        for node, group in groupby(of, lambda one: one[1].node):
            members = list(group)
            for at, (index, _) in enumerate(members):
                told = every[index]
                found[index] = PartOfStep(
                    of=coarse["chain_rule", node],
                    index=at,
                    count=len(members),
                    kind="product",
                    label=told.label_text,
                    row=0,
                    column=None,
                    at=told.arrival[0],
                    among=told.arrival[1],
                    running=told.running,
                )
        return found
