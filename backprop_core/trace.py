"""A Trace: the finished record of one update, its program and the memory that the program wrote.

Nothing in it is ever written again; every number a reader sees is read from here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backprop_core.activations import Array
from backprop_core.backprop import Program, compile
from backprop_core.equations import Equation
from backprop_core.memory import Memory, Quantity
from backprop_core.network import NetworkSpec, Parameters, SpecificationError
from backprop_core.optimizer_spec import OptimizerSpec, OptimizerState

Layer = dict[str, Array | None]


@dataclass(frozen=True, slots=True)
class Trace:
    """One update of a network on a batch, or its gradients alone where no learning rate was given."""

    program: Program
    learning_rate: float | None
    freeze_biases: bool
    not_finite: Equation | None

    @property
    def memory(self) -> Memory:
        """Every array of the update."""
        return self.program.memory

    @property
    def spec(self) -> NetworkSpec:
        """The network."""
        return self.memory.spec

    @property
    def batch_size(self) -> int:
        """m, the number of examples."""
        return self.memory.batch_size

    @property
    def cost(self) -> float:
        """C, the mean over the batch."""
        return float(self.memory["cost", self.spec.depth])

    @property
    def costs(self) -> Array:
        """C_x of every example, (m,)."""
        return self.memory["costs", self.spec.depth]

    @property
    def program_updates(self) -> bool:
        """True where the program ends with an update of the parameters."""
        return any(equation.writes.name.startswith("updated_") for equation in self.program.equations)

    @property
    def written(self) -> list[Quantity]:
        """What the program wrote, in order, up to the quantity at which a number stopped being finite."""
        written: list[Quantity] = []
        for equation in self.program.equations:
            written.append(equation.writes)
            if equation is self.not_finite:
                break
        return written

    def layers(self) -> list[Layer]:
        """Layer by layer the arrays of the update under the API's words; ``None`` for what was not reached."""
        given = {"weighted_input"} if self.spec.input_activation != "identity" else {"weighted_input", "activation"}
        known = set(self.written) | {Quantity(name, 0) for name in given}
        layers: list[Layer] = [{} for _ in self.spec.sizes]
        for name, l in self.memory:
            if name in _NOT_OF_A_LAYER or (name.startswith(("updated_", "regularized_")) and not self.program_updates):
                continue
            is_known = Quantity(name, l) in known or name in ("weights", "biases", "target")
            is_known |= Quantity(f"updated_{name}", l) in self.memory
            # Frozen biases are not written by the update, and are what they were, as is what is remembered of them.
            is_frozen = self.freeze_biases and name.startswith(("updated_biases", "updated_bias_"))
            is_known |= is_frozen and self.not_finite is None
            layers[l][name] = self.memory[name, l] if is_known else None
        if not self.spec.has_target:
            layers[-1].pop("target", None)
        for layer in layers[1:]:
            if self.spec.bias and "example_weight_gradient" in layer:
                layer["example_bias_gradient"] = layer["error"] if layer["bias_gradient"] is not None else None
        return layers


_COUNTED = ("updates_made", "update_number", "moment_correction", "square_correction")
_NOT_OF_A_LAYER = ("cost", "costs", "learning_rate", "target_sum", *_COUNTED)


def trace_update(
    spec: NetworkSpec,
    parameters: Parameters,
    inputs: Sequence[object] | Array,
    targets: Sequence[object] | Array | None = None,
    *,
    learning_rate: float | None = None,
    freeze_biases: bool = False,
    dtype: str = "float64",
    optimizer: OptimizerSpec = OptimizerSpec(),  # noqa: B008 - frozen, so it may be shared
    optimizer_state: OptimizerState | None = None,
) -> Trace:
    """Run one update of ``spec`` on the batch ``inputs`` (m, n_0), ``targets`` (m, n_L) and keep all of it.

    The parameters move as ``optimizer`` says, which remembers ``optimizer_state``, or nothing yet.

    Raises ``SpecificationError`` where network, parameters and batch do not fit together, ``OutOfRange`` for a number
    that ``dtype`` cannot hold.
    """
    if not len(inputs):
        raise SpecificationError("/batch/inputs", "a batch needs at least one example")
    with np.errstate(over="ignore"):  # a float64 beyond float32 becomes ∞, which is found below
        memory = Memory(spec, len(inputs), dtype, optimizer).load_parameters(parameters).load_batch(inputs, targets)
        memory.load_state(optimizer_state)
        if learning_rate is not None:
            memory.load_learning_rate(learning_rate)
    memory.check_given()
    program = compile(memory, update=learning_rate is not None, freeze_biases=freeze_biases).run()
    memory.freeze()
    return Trace(program, learning_rate, freeze_biases, program.first_not_finite())


def forward(spec: NetworkSpec, parameters: Parameters, inputs: Sequence[object] | Array) -> list[Array]:
    """The activations a_0, …, a_L of every layer, each (m, n_l)."""
    memory = Memory(spec, len(inputs)).load_parameters(parameters).load_inputs(inputs)
    last = Quantity("activation", spec.depth)
    compile(memory, update=False, asides=False).only([last]).run()
    return [memory["activation", l] for l in range(spec.depth + 1)]


def backward(
    spec: NetworkSpec,
    parameters: Parameters,
    inputs: Sequence[object] | Array,
    targets: Sequence[object] | Array | None = None,
) -> Parameters:
    """∂C/∂W and ∂C/∂b of the mean cost, in the shape of the parameters."""
    trace = trace_update(spec, parameters, inputs, targets)
    layers = range(1, spec.depth + 1)
    return Parameters(
        tuple(trace.memory["weight_gradient", l] for l in layers),
        tuple(trace.memory["bias_gradient", l] for l in layers) if spec.bias else (),
    )
