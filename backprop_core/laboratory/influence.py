"""Influence: what changes in an update if one number changes, and by leaving it out, what does not.

The cone is a matter of structure, followed through the equations in their order: it holds however large the change is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from backprop_core.equations import Equation
from backprop_core.laboratory import motion_links
from backprop_core.references import Reference
from backprop_core.trace import Trace


@dataclass(frozen=True, slots=True)
class Touched:
    """The part of one array that changes: whole ``rows``, and with two indices whole ``columns`` and single ``cells``.

    A single number, such as the cost, has the row 0; ``count`` of its ``size`` numbers change.
    """

    quantity: str
    layer: int
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    cells: tuple[tuple[int, ...], ...]
    count: int
    size: int


@dataclass(slots=True)
class _Places:
    """The same while it grows."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    cells: set[tuple[int, ...]] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.rows or self.columns or self.cells)


def influence(trace: Trace, of: Reference) -> tuple[Touched, ...]:
    """What changes if ``of`` alone does, array by array in the order of the program; the number itself is left out.

    It is told for one example. A parameter touches every example alike; what an example has touches its own numbers
    and the means over the batch.
    """
    cone = _Cone(trace, of)
    for equation in trace.program.equations:
        cone.follow(equation)
    return tuple(
        cone.told(name, l) for (name, l), places in cone.places.items() if places and (name, l) != (of.name, of.layer)
    )


class _Cone:
    """What is touched so far, by quantity and layer."""

    def __init__(self, trace: Trace, of: Reference) -> None:
        self.trace, self.spec = trace, trace.spec
        self.places: dict[tuple[str, int], _Places] = {}
        start = _Places(cells={of.index}) if len(of.index) > 1 else _Places(rows=set(of.index or (0,)))
        self.places[of.name, of.layer] = start
        # An input that is not activated is one array under two names.
        if of == Reference("weighted_input", 0, of.index) and self.spec.input_activation == "identity":
            self.places["activation", 0] = start

    def at(self, name: str, l: int) -> _Places:
        return self.places.get((name, l), _Places())

    def rows(self, l: int, *names: str) -> set[int]:
        return set().union(*(self.at(name, l).rows for name in names))

    def cells(self, name: str, l: int, axis: int) -> set[int]:
        return {cell[axis] for cell in self.at(name, l).cells}

    def every(self, l: int, when: object) -> set[int]:
        return set(range(self.spec.sizes[l])) if when else set()

    def follow(self, equation: Equation) -> None:
        """Touch what the equation writes, as far as what it reads is touched."""
        kind, l = equation.kind, equation.layer
        if kind in motion_links.COUNTED or kind == "join":  # what is joined keeps its name
            return
        if kind in motion_links.KINDS:
            places = self._moved(equation)
        elif kind in ("weight_gradient", "example_weight_gradient"):
            places = self._matrix(kind, l)
        elif kind == "activation_jacobian":
            rows = self.rows(l, "activation")
            places = _Places(rows, set(rows))
        else:
            places = _Places(self._vector(kind, l))
        self._touch(equation.writes.name, l, places)
        if kind == "cost":
            self._touch("costs", l, places)
        if kind == "bias_gradient":
            self._touch("example_bias_gradient", l, _Places(self.rows(l, "error")))

    def _touch(self, name: str, l: int, places: _Places) -> None:
        if not places:
            return
        known = self.places.setdefault((name, l), _Places())
        known.rows |= places.rows
        known.columns |= places.columns
        known.cells |= places.cells

    def _vector(self, kind: str, l: int) -> set[int]:
        rows, every, softmax = self.rows, self.every, self.spec.activation(l) == "softmax"
        linear = self.spec.activation(l) == "identity"
        joined = kind == "output_error" and (self.spec.fused or softmax)
        rules: dict[str, Callable[[], set[int]]] = {
            "weighted_input": lambda: every(l, self._entering(l)).union(
                self.cells("weights", l, 0),
                rows(l, "biases"),
                *(rows(other, "activation") for other in self.spec.adds(l)),
            ),
            "activation": lambda: every(l, rows(l, "weighted_input")) if softmax else rows(l, "weighted_input"),
            # The slope of the identity is 1 whatever comes in.
            "activation_slope": lambda: set() if linear else rows(l, "weighted_input", "activation"),
            "cost": lambda: {0} if rows(l, "weighted_input", "activation", "target", "costs") else set(),
            "cost_gradient": lambda: rows(l, "activation", "target") if self.spec.has_target else set(),
            "backpropagated_error": lambda: self._arriving(l),
            "bias_gradient": lambda: rows(l, "error", "example_bias_gradient"),
        }
        if joined:
            return self._joined_error(l, softmax)
        return rules.get(kind, lambda: rows(l, "activation_gradient", "activation_slope"))()

    def _entering(self, l: int) -> set[int]:
        """Columns of the weights of layer ``l`` that are multiplied with something else."""
        found, first = set[int](), 0
        for source in self.spec.sources(l):
            found |= {first + k for k in self.rows(source, "activation")}
            first += self.spec.sizes[source]
        return found

    def _arriving(self, l: int) -> set[int]:
        """Neurons of layer ``l`` to which something else comes back."""
        found = set[int]().union(*(self.rows(other, "error") for other in self.spec.adders(l)))
        for one in self.spec.readers(l):
            columns = {k - one.first for k in self.cells("weights", one.layer, 1)}
            found |= self.every(l, self.at("error", one.layer)) | columns.intersection(range(one.size))
        return found

    def _joined_error(self, l: int, softmax: bool) -> set[int]:
        """δ of the output where it is computed in short form, or through the Jacobian of softmax."""
        if self.spec.fused:
            # With softmax a_j is weighted by the sum of all targets.
            changed = self.rows(l, "target")
            return self.rows(l, "activation") | (self.every(l, changed) if softmax else changed)
        whole = self.rows(l, "activation", "activation_gradient")
        return self.every(l, whole) | self.cells("activation_jacobian", l, 1)

    def _moved(self, equation: Equation) -> _Places:
        """Every parameter moves for itself, and all of them by the learning rate."""
        found = _Places()
        for name, l in motion_links.names_read(equation):
            places = self.at(name, l)
            found.rows |= self.every(equation.layer, places) if name == "learning_rate" else places.rows
            found.columns |= places.columns
            found.cells |= places.cells
        return found

    def _matrix(self, kind: str, l: int) -> _Places:
        cells = set(self.at("example_weight_gradient", l).cells) if kind == "weight_gradient" else set()
        return _Places(self.rows(l, "error"), self._entering(l), cells)

    def told(self, name: str, l: int) -> Touched:
        """What changes of one array, counted."""
        places, quantity = self.places[name, l], Reference(name, l)
        array = self.trace.memory[quantity.quantity]
        shape = array.shape[1:] if quantity.is_per_example else array.shape
        size = 1
        for n in shape:
            size *= n
        cells = {cell for cell in places.cells if cell[0] not in places.rows and cell[1] not in places.columns}
        count = len(places.rows)
        if len(shape) > 1:
            n, width = shape
            count = count * width + len(places.columns) * (n - count) + len(cells)
        rows, columns = tuple(sorted(places.rows)), tuple(sorted(places.columns))
        return Touched(name, l, rows, columns, tuple(sorted(cells)), count, size)
