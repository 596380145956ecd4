"""Classic mistakes as rewrites: where each goes wrong first, what a gradient check says, what was printed for it.

The right program and central differences of its cost are the judges; Mazur's printed totals are an independent one.
"""

import numpy as np
import pytest

from backprop_core.backprop import Program, compile
from backprop_core.examples import load_example
from backprop_core.initializations import initialise
from backprop_core.laboratory.gradient_check import check_program
from backprop_core.laboratory.mistakes import MISTAKES, Mistake, apply_mistake, first_wrong
from backprop_core.memory import Memory
from backprop_core.network import LayerSpec, NetworkSpec, Parameters
from backprop_core.trace import trace_update

SIGMOID = NetworkSpec(3, (LayerSpec(4, "sigmoid"), LayerSpec(4, "sigmoid"), LayerSpec(2, "sigmoid")))
RELU = NetworkSpec(3, (LayerSpec(4, "relu"), LayerSpec(4, "relu"), LayerSpec(2, "softmax")), cost="cross_entropy")
NETWORKS = {"mask_missing": RELU, "slope_again": RELU}


def memory_of(spec: NetworkSpec, examples: int = 3, seed: int = 5) -> Memory:
    rng = np.random.default_rng(seed)
    parameters = initialise(spec, rng, "xavier_normal")
    biases = tuple(rng.normal(size=b.shape) for b in parameters.biases)
    memory = Memory(spec, examples).load_parameters(Parameters(parameters.weights, biases))
    targets = np.eye(spec.sizes[-1])[rng.permutation(examples) % spec.sizes[-1]]
    return memory.load_batch(rng.normal(size=(examples, spec.inputs)), targets).load_learning_rate(0.5)


def ran(memory: Memory, name: str | None = None, updates: int = 1) -> Program:
    right = compile(memory)
    program = right if name is None else apply_mistake(right, name)
    assert program is not None
    program.run()
    for _ in range(updates - 1):
        memory.load_parameters(memory.parameters(updated=True))
        program.run()
    return program


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=list(MISTAKES))
def test_the_first_wrong_number_is_the_one_documented(mistake: Mistake) -> None:
    spec = NETWORKS.get(mistake.name, SIGMOID)
    for updates in range(1, mistake.update + 1):
        right, wrong = ran(memory_of(spec), updates=updates), ran(memory_of(spec), mistake.name, updates)
        found = first_wrong(right, wrong)
        assert (found.kind if found else None) == (mistake.first if updates == mistake.update else None)


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=list(MISTAKES))
def test_a_gradient_check_is_the_detective(mistake: Mistake) -> None:
    spec = NETWORKS.get(mistake.name, SIGMOID)
    # The judge is the right program at the parameters the wrong one stands at.
    wrong = ran(memory_of(spec), mistake.name, mistake.update)
    judge = compile(memory_of(spec).load_parameters(wrong.memory.parameters())).run()
    assert check_program(judge).passed
    assert check_program(wrong, judge=judge).passed is not mistake.caught


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=list(MISTAKES))
def test_an_equation_made_wrong_still_writes_only_what_it_says(mistake: Mistake) -> None:
    wrong = ran(memory_of(NETWORKS.get(mistake.name, SIGMOID)), mistake.name)
    moved = {"targets_shuffled": {"target", "target_sum"}}.get(mistake.name, set())
    for equation in wrong.equations:
        before = {quantity: wrong.memory[quantity].copy() for quantity in wrong.memory}
        equation.run()
        changed = {q for q in before if not np.array_equal(before[q], wrong.memory[q], equal_nan=True)}
        allowed = {equation.writes} | ({q for q in before if q.name == "costs"} if equation.kind == "cost" else set())
        assert {q for q in changed - allowed if q.name not in moved} == set()


@pytest.mark.parametrize("mistake", [one for one in MISTAKES.values() if one.needs], ids=lambda one: one.name)
def test_where_there_is_no_room_the_program_is_not_rewritten(mistake: Mistake) -> None:
    lonely = NetworkSpec(1, (LayerSpec(1, "identity"),), cost="squared_error", bias=False)
    memory = Memory(lonely, 1).load_parameters(initialise(lonely, np.random.default_rng(1), "xavier_normal"))
    program = compile(memory.load_batch([[1.0]], [[0.5]]), update=False)
    assert apply_mistake(program, mistake.name) is None


@pytest.mark.parametrize("name", ["slope_forgotten", "slope_of_activation"])
@pytest.mark.parametrize("read", ["identity", "tanh"])
def test_slopes_that_no_gradient_has_are_no_room_for_a_mistake(name: str, read: str) -> None:
    layers = (LayerSpec(2, "identity"), LayerSpec(2, "softmax"))
    spec = NetworkSpec(3, layers, cost="cross_entropy", input_activation=read)
    assert apply_mistake(compile(memory_of(spec)), name) is None


def test_stale_weights_print_what_mazur_printed() -> None:
    request = load_example("mazur").request
    spec = trace_spec(request)
    weights, biases = request["parameters"]["weights"], request["parameters"]["biases"]
    parameters = Parameters.of(spec, weights, biases)
    batch = request["batch"]

    def total(name: str | None) -> float:
        memory = Memory(spec, 1).load_parameters(parameters).load_batch(batch["inputs"], batch["targets"])
        program = compile(memory.load_learning_rate(request["learning_rate"]), freeze_biases=True)
        one = program if name is None else apply_mistake(program, name)
        assert one is not None
        moved = one.run().memory.parameters(updated=True)
        return trace_update(spec, moved, batch["inputs"], batch["targets"]).cost

    assert f"{total('stale_weights'):.9f}" == "0.291027924"
    assert f"{total(None):.9f}" == "0.291027774"


def trace_spec(request: dict[str, object]) -> NetworkSpec:
    network = request["network"]
    assert isinstance(network, dict)
    layers = tuple(LayerSpec(**layer) for layer in network["layers"])
    return NetworkSpec(network["inputs"], layers, cost=network["cost"])
