"""A step's parts as a sequence: its length is known at once, and a part is told when it is asked for.

Which function tells a part follows from the kind of its run and of its beat.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import overload

from backprop_core.textbooks import parts_backward, parts_cost, parts_forward, parts_gradient
from backprop_core.textbooks.part_scope import PartTold, Scope
from backprop_core.textbooks.parts import Place, Run, parts_of, place_of

Teller = Callable[[Scope, Place], PartTold]

_TELL: dict[tuple[str, str], Teller] = {
    ("input", "value"): parts_forward.entering,
    ("weighted_input", "product"): parts_forward.product,
    ("weighted_input", "bias"): parts_forward.bias,
    ("weighted_input", "sum"): parts_forward.weighted_sum,
    ("weighted_input", "neuron"): parts_forward.one_neuron,
    ("activation", "value"): parts_forward.activation,
    ("cost", "share"): parts_cost.share,
    ("cost", "sum"): parts_cost.total,
    ("cost", "neuron"): parts_cost.whole,
    ("cost_gradient", "value"): parts_cost.gradient,
    ("jacobian", "entry"): parts_backward.jacobian_entry,
    ("jacobian", "neuron"): parts_backward.jacobian_row,
    ("output_error", "product"): parts_backward.softmax_product,
    ("output_error", "sum"): parts_backward.softmax_sum,
    ("output_error", "slope"): parts_backward.slope,
    ("output_error", "difference"): parts_backward.difference,
    ("output_error", "neuron"): parts_backward.softmax_sum,
    ("backpropagated_error", "product"): parts_backward.product,
    ("backpropagated_error", "sum"): parts_backward.returned_sum,
    ("backpropagated_error", "neuron"): parts_backward.one_arrival,
    ("error", "product"): parts_backward.product,
    ("error", "sum"): parts_backward.returned_sum,
    ("error", "slope"): parts_backward.slope,
    ("error", "neuron"): parts_backward.one_error,
    ("input_error", "product"): parts_backward.product,
    ("input_error", "sum"): parts_backward.returned_sum,
    ("input_error", "slope"): parts_backward.slope,
    ("input_error", "neuron"): parts_backward.one_error,
    ("weight_gradient", "entry"): parts_gradient.weight_entry,
    ("weight_gradient", "share"): parts_gradient.weight_share,
    ("weight_gradient", "sum"): parts_gradient.weight_sum,
    ("weight_gradient", "neuron"): parts_gradient.weight_row,
    ("bias_gradient", "entry"): parts_gradient.bias_entry,
    ("bias_gradient", "share"): parts_gradient.bias_share,
    ("bias_gradient", "sum"): parts_gradient.bias_entry,
    ("bias_gradient", "neuron"): parts_gradient.bias_entry,
    ("weight_update", "update"): parts_gradient.weight_update,
    ("weight_update", "neuron"): parts_gradient.update_row,
    ("bias_update", "update"): parts_gradient.bias_update,
    ("bias_update", "neuron"): parts_gradient.bias_update,
}
"""(kind of the run, kind of the beat) → teller."""


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
        return _TELL[place.run.kind, place.beat.kind](self.scope, place)
