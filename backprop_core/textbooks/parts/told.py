"""A step's parts as a sequence: its length is known at once, and a part is told when it is asked for.

Which function tells a part follows from the kind of its run and of its beat.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import overload

from backprop_core.textbooks import motion_told
from backprop_core.textbooks.parts import backward, cost, forward, gradient, motion
from backprop_core.textbooks.parts.plan import Place, Run, parts_of, place_of
from backprop_core.textbooks.parts.scope import PartTold, Scope

Teller = Callable[[Scope, Place], PartTold]

_TELL: dict[tuple[str, str], Teller] = {
    ("input", "value"): forward.entering,
    ("weighted_input", "product"): forward.product,
    ("weighted_input", "bias"): forward.bias,
    ("weighted_input", "added"): forward.added,
    ("weighted_input", "sum"): forward.weighted_sum,
    ("weighted_input", "neuron"): forward.one_neuron,
    ("activation", "value"): forward.activation,
    ("cost", "share"): cost.share,
    ("cost", "sum"): cost.total,
    ("cost", "neuron"): cost.whole,
    ("cost_gradient", "value"): cost.gradient,
    ("jacobian", "entry"): backward.jacobian_entry,
    ("jacobian", "neuron"): backward.jacobian_row,
    ("output_error", "product"): backward.softmax_product,
    ("output_error", "sum"): backward.softmax_sum,
    ("output_error", "slope"): backward.slope,
    ("output_error", "difference"): backward.difference,
    ("output_error", "neuron"): backward.softmax_sum,
    ("backpropagated_error", "product"): backward.product,
    ("backpropagated_error", "added"): backward.added,
    ("backpropagated_error", "sum"): backward.returned_sum,
    ("backpropagated_error", "neuron"): backward.one_arrival,
    ("error", "product"): backward.product,
    ("error", "added"): backward.added,
    ("error", "sum"): backward.returned_sum,
    ("error", "slope"): backward.slope,
    ("error", "neuron"): backward.one_error,
    ("input_error", "product"): backward.product,
    ("input_error", "added"): backward.added,
    ("input_error", "sum"): backward.returned_sum,
    ("input_error", "slope"): backward.slope,
    ("input_error", "neuron"): backward.one_error,
    ("weight_gradient", "entry"): gradient.weight_entry,
    ("weight_gradient", "share"): gradient.weight_share,
    ("weight_gradient", "sum"): gradient.weight_sum,
    ("weight_gradient", "neuron"): gradient.weight_row,
    ("bias_gradient", "entry"): gradient.bias_entry,
    ("bias_gradient", "share"): gradient.bias_share,
    ("bias_gradient", "sum"): gradient.bias_entry,
    ("bias_gradient", "neuron"): gradient.bias_entry,
    ("weight_update", "update"): gradient.weight_update,
    ("weight_update", "neuron"): gradient.update_row,
    ("bias_update", "update"): gradient.bias_update,
    ("bias_update", "neuron"): gradient.bias_update,
}
"""(kind of the run, kind of the beat) → teller; a step of another rule than gradient descent is told by _MOVE."""

_MOVE: dict[str, Teller] = {"update": motion.entry, "neuron": motion.row}


@dataclass(frozen=True, slots=True)
class Parts(Sequence[PartTold]):
    """The parts of one step at one granularity."""

    scope: Scope
    runs: tuple[Run, ...]

    def __len__(self) -> int:
        return parts_of(self.runs)

    def place(self, index: int) -> Place:
        """Where part ``index`` stands. Raises ``IndexError`` beyond the last."""
        return place_of(self.runs, index)

    @overload
    def __getitem__(self, index: int) -> PartTold: ...
    @overload
    def __getitem__(self, index: slice) -> list[PartTold]: ...
    def __getitem__(self, index: int | slice) -> PartTold | list[PartTold]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        place = self.place(index)
        if motion_told.tells(self.scope.scene, self.scope.view):
            return _MOVE[place.beat.kind](self.scope, place)
        return _TELL[place.run.kind, place.beat.kind](self.scope, place)
