"""Parts: a step of an equation taken apart into neurons or single terms, counted before any of them is told.

A step is a few runs of like units, a unit a few beats; which part writes which entry follows by arithmetic alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from backprop_core.textbooks.motion import MOTION_KINDS, parameter_of
from backprop_core.textbooks.scenes import Scene, writes
from backprop_core.textbooks.short_form import long_form_holds
from backprop_core.textbooks.view import View

FINE = ("neuron", "term")
"""The granularities finer than an equation."""


@dataclass(frozen=True, slots=True)
class Beat:
    """``count`` like parts of one unit.

    The last of them writes ``writes``, arrays, at the unit's row, or its row and column. ``edges`` are the weights the
    parts go along, ``turned`` where they go back from the neuron that receives, whose row 0 is column ``first`` of the
    weights. ``along`` names the layers whose numbers are added without weights, one a part.
    """

    kind: str
    count: int = 1
    writes: tuple[str, ...] = ()
    edges: str = ""
    turned: bool = False
    first: int = 0
    along: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """``rows`` like units of one canonical kind, or rows × columns of them where each is one entry of a matrix."""

    kind: str
    layer: int
    rows: int
    columns: int
    beats: tuple[Beat, ...]

    @property
    def each(self) -> int:
        """Parts of one unit."""
        return sum(beat.count for beat in self.beats)

    @property
    def count(self) -> int:
        """Parts of the run."""
        return self.rows * max(self.columns, 1) * self.each


@dataclass(frozen=True, slots=True)
class Place:
    """Where one part stands: its run and beat, the entry its unit is about, and which of its beat it is."""

    run: Run
    beat: Beat
    row: int
    column: int | None
    at: int

    @property
    def ends_beat(self) -> bool:
        """Whether it is the last of its beat."""
        return self.at == self.beat.count - 1

    @property
    def writes(self) -> tuple[str, ...]:
        """References of the entries, or whole rows of a matrix, that it writes."""
        if not self.ends_beat:
            return ()
        where = f":{self.row}" if self.column is None else f":{self.row}:{self.column}"
        return tuple(ref + where if ":" in ref else ref for ref in self.beat.writes)


def parts_of(runs: Sequence[Run]) -> int:
    """How many parts there are."""
    return sum(run.count for run in runs)


def place_of(runs: Sequence[Run], index: int) -> Place:
    """Where part ``index`` stands. Raises ``IndexError`` beyond the last."""
    for run in runs:
        if 0 <= index < run.count:
            return _within(run, index)
        index -= run.count
    raise IndexError("no such part")


def _within(run: Run, index: int) -> Place:
    unit, at = divmod(index, run.each)
    row, column = divmod(unit, run.columns) if run.columns else (unit, None)
    for beat in run.beats:
        if at < beat.count:
            return Place(run, beat, row, column, at)
        at -= beat.count
    raise IndexError("no such part")


def plan(scene: Scene, view: View, granularity: str, *, whole_batch: bool = False) -> tuple[Run, ...]:
    """The runs of ``scene``; with ``whole_batch`` a text that adds over the examples has one share an example."""
    runs: list[Run] = []
    for kind, l in scene.covers:
        found = _RUNS[kind](view, kind, l, whole_batch)
        if runs and _is_trivial(view, kind, l):
            runs[-1] = _writing_too(runs[-1], found[-1])
        elif runs and _continues(runs[-1], found[0]):
            runs[-1] = replace(found[0], beats=runs[-1].beats + found[0].beats)
        else:
            runs += found
    return tuple(map(_by_neuron, runs)) if granularity == "neuron" else tuple(runs)


def _is_trivial(view: View, kind: str, l: int) -> bool:
    """Whether a later beat of a fused step only passes on the number before it."""
    linear = view.spec.activation(l) == "identity"
    return (kind in ("activation", "output_error") and linear) or (kind == "cost" and view.spec.cost == "output")


def _writing_too(run: Run, passed: Run) -> Run:
    last = run.beats[-1]
    return replace(run, beats=(*run.beats[:-1], replace(last, writes=last.writes + passed.beats[-1].writes)))


def _continues(run: Run, following: Run) -> bool:
    """Whether both go through the same neurons, so that each neuron is finished before the next one."""
    return run.layer == following.layer and run.rows == following.rows and not run.columns + following.columns


_WHOLE = ("value", "slope", "difference", "share", "entry", "update")
"""Kinds of beat that, alone in a unit, are all there is to a neuron."""


def _by_neuron(run: Run) -> Run:
    """The same with one part a neuron, or a row of a matrix."""
    if len(run.beats) == 1 and run.beats[0].kind in _WHOLE and not run.columns:
        return run
    written = tuple(ref for beat in run.beats for ref in beat.writes)
    along = next((beat for beat in run.beats if beat.edges), run.beats[0])
    return replace(run, columns=0, beats=(Beat("neuron", 1, written, along.edges, along.turned, along.first),))


def _written(view: View, kind: str, l: int) -> tuple[str, ...]:
    names = (view.cost_ref if one.name == "cost" else str(one) for one in writes(view.spec, kind, l))
    return tuple(names)


def _forward(view: View, kind: str, l: int, whole_batch: bool) -> list[Run]:
    beats = [Beat("product", view.spec.input_size(l), (), f"weights:{l}")]
    beats += [Beat("bias")] if view.spec.bias else []
    beats += _added(view.spec.adds(l))
    return [Run(kind, l, view.spec.sizes[l], 0, _summed(beats, _written(view, kind, l)[-1:]))]


def _added(layers: tuple[int, ...]) -> list[Beat]:
    return [Beat("added", len(layers), along=layers)] if layers else []


def _summed(beats: list[Beat], written: tuple[str, ...]) -> tuple[Beat, ...]:
    """What is added up, and the sum; a single addend is the sum."""
    if len(beats) == 1 and beats[0].count == 1:
        return (replace(beats[0], writes=written),)
    return (*beats, Beat("sum", 1, written))


def _backward(view: View, kind: str, l: int, whole_batch: bool) -> list[Run]:
    written = _written(view, kind, l)
    arrived, after = written[:1], written[1:]
    if len(after) == 1:  # the input itself has no slope, so what arrives is its error
        arrived, after = written, ()
    back = [
        Beat("product", view.spec.sizes[one.layer], (), f"weights:{one.layer}", turned=True, first=one.first)
        for one in view.spec.readers(l)
    ]
    beats = _summed(back + _added(view.spec.adders(l)), arrived)
    return [Run(kind, l, view.spec.sizes[l], 0, (*beats, Beat("slope", 1, after)) if after else beats)]


def _values(view: View, kind: str, l: int, whole_batch: bool) -> list[Run]:
    return [Run(kind, l, view.spec.sizes[l], 0, (Beat("value", 1, _written(view, kind, l)),))]


def _slopes(view: View, kind: str, l: int, whole_batch: bool) -> list[Run]:
    return [Run(kind, l, view.spec.sizes[l], 0, (Beat("slope", 1, _written(view, kind, l)),))]


def _cost(view: View, kind: str, l: int, whole_batch: bool) -> list[Run]:
    shares = view.m if whole_batch else view.spec.sizes[l]
    written = _written(view, kind, l)
    if whole_batch:  # the mean is what such a text calls the cost
        written = tuple(dict.fromkeys((*written, "cost")))
    one = (Beat("share", 1, written),)
    return [Run(kind, l, 1, 0, one if shares == 1 else (Beat("share", shares), Beat("sum", 1, written)))]


def _output_error(view: View, kind: str, l: int, whole_batch: bool) -> list[Run]:
    n, written = view.spec.sizes[l], _written(view, kind, l)
    if view.spec.fused and not long_form_holds(view, l, whole_batch=whole_batch):
        return [Run(kind, l, n, 0, (Beat("difference", 1, written),))]
    if view.spec.activation(l) != "softmax":
        return _slopes(view, kind, l, whole_batch)
    jacobian, error = written[:-1], written[-1:]
    added = Run(kind, l, n, 0, _summed([Beat("product", n)], error))
    return [Run("jacobian", l, n, n, (Beat("entry", 1, jacobian),)), added]


def _weight_gradient(view: View, kind: str, l: int, whole_batch: bool) -> list[Run]:
    n, k = view.spec.sizes[l], view.spec.input_size(l)
    return [Run(kind, l, n, k, _shares(view, kind, l, f"weights:{l}", whole_batch))]


def _bias_gradient(view: View, kind: str, l: int, whole_batch: bool) -> list[Run]:
    return [Run(kind, l, view.spec.sizes[l], 0, _shares(view, kind, l, "", whole_batch))]


def _shares(view: View, kind: str, l: int, edges: str, whole_batch: bool) -> tuple[Beat, ...]:
    written = _written(view, kind, l)
    if not whole_batch or view.m == 1:
        return (Beat("entry", 1, written, edges),)
    return (Beat("share", view.m, (), edges), Beat("sum", 1, written, edges))


def _motion(view: View, kind: str, l: int, whole_batch: bool) -> list[Run]:
    """Every step of an update takes each parameter for itself."""
    written = _written(view, kind, l)
    if parameter_of(kind) == "biases":
        return [Run(kind, l, view.spec.sizes[l], 0, (Beat("update", 1, written),))]
    n, k = view.spec.sizes[l], view.spec.input_size(l)
    return [Run(kind, l, n, k, (Beat("update", 1, written, f"weights:{l}"),))]


_RUNS: dict[str, Callable[[View, str, int, bool], list[Run]]] = {
    "input": _values,
    "weighted_input": _forward,
    "activation": _values,
    "cost": _cost,
    "cost_gradient": _values,
    "output_error": _output_error,
    "backpropagated_error": _backward,
    "error": _slopes,
    "input_error": _backward,
    "weight_gradient": _weight_gradient,
    "bias_gradient": _bias_gradient,
    **dict.fromkeys(MOTION_KINDS, _motion),
}
