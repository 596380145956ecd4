"""Letters and remarks where layers skip or join: they name the layers that are read, and only where it is so."""

import re

import numpy as np
import pytest

from backprop_core import TEXTBOOKS, LayerSpec, NetworkSpec, narrate
from backprop_core.textbooks.pieces import to_tex
from backprop_core.textbooks.ways_told import NOT_IN_TEXT
from tests.core.strategies import filled
from tests.core.test_wirings_told import JOINED, RESIDUAL

per_lens = pytest.mark.parametrize("lens", list(TEXTBOOKS))
RATE = 0.5

LAID = {"nielsen": "T", "catching-ai": "T", "sun": r"\top"}


@pytest.mark.parametrize("lens", list(LAID))
def test_what_is_joined_is_laid_down_in_its_own_brackets(lens: str) -> None:
    for step in narrate(filled(JOINED, 3, 1).trace(), textbook=lens):
        if step.kind == "weight_gradient" and step.layer == 3:
            tex = to_tex(step.lines[0].symbols)
            assert rf"\end{{bmatrix}}^{LAID[lens]}" in tex
            assert r"(\begin" not in tex


def test_an_update_is_written_with_the_layers_that_are_read() -> None:
    """Nielsen's sum over the examples; the errors times the activations that it names, computed, make the change."""
    case = filled(JOINED, 3, 3)
    trace = case.trace(RATE)
    steps = [step for step in narrate(trace, textbook="nielsen") if step.kind == "weight_update"]
    named = {step.layer: re.findall(r"(?<!t)a\^\{x,(\d+)\}", to_tex(step.lines[0].symbols)) for step in steps}
    assert named == {3: ["2", "3", "1"], 2: ["1"], 1: ["1"]}
    for l, letters in named.items():
        entering = np.hstack([trace.memory["activation", int(one) - 1] for one in letters])
        change = RATE / trace.batch_size * trace.memory["error", l].T @ entering
        moved = trace.memory["weights", l] - change
        np.testing.assert_allclose(moved, trace.memory["updated_weights", l], rtol=1e-12)


@per_lens
def test_a_gradient_of_weights_is_of_the_text_whatever_is_added_beside_them(lens: str) -> None:
    told = {(step.kind, step.layer): step for step in narrate(filled(RESIDUAL, 3, 1).trace(), textbook=lens)}
    assert NOT_IN_TEXT not in told["weight_gradient", 2].note
    joined = {(step.kind, step.layer): step for step in narrate(filled(JOINED, 3, 1).trace(), textbook=lens)}
    assert NOT_IN_TEXT in joined["weight_gradient", 3].note


def test_johnston_reads_the_cost_from_such_layers_alone_as_decide_it() -> None:
    """The input skips past both hidden layers, so neither of their z decides the cost by itself."""

    def cost(spec: NetworkSpec) -> tuple[str, str]:
        told = next(step for step in narrate(filled(spec, 3, 1).trace(), textbook="johnston") if step.kind == "cost")
        return told.note, to_tex(told.derivation[0].symbols)

    note, composed = cost(JOINED)
    assert note.startswith("C₁(z¹) = C₄(z⁴) = C:")
    assert composed == r"C_{4}=C\circ\sigma"
    assert cost(RESIDUAL)[0].startswith("C₁(z¹) = C₂(z²) = C₃(z³) = C₄(z⁴) = C:")
    _, in_a_chain = cost(NetworkSpec(2, (LayerSpec(3), LayerSpec(1))))
    assert in_a_chain == r"C_{3}=C\circ\sigma,\quad C_1=C\circ\sigma\circ\phi_{3}\circ\phi_{2}"


def test_johnston_says_what_x_is_where_activations_are_joined() -> None:
    told = {(step.kind, step.layer): step for step in narrate(filled(JOINED, 3, 1).trace(), textbook="johnston")}
    tensor = {l: told["weight_gradient", l].derivation[2].title for l in (2, 3)}
    assert tensor[3] == "A 3-tensor; x is what enters, the activations one below the other"
    assert tensor[2] == "A 3-tensor"


@pytest.mark.parametrize("lens", ["catching-ai", "sun"])
def test_a_neuron_is_said_to_collect_what_is_added_as_it_is(lens: str) -> None:
    ends = NetworkSpec(
        2, (LayerSpec(2, "tanh"), LayerSpec(2, "relu", sources=(0,)), LayerSpec(2, "sigmoid", (2,), (1,)))
    )
    over, added = "over all its edges onward, gradient times weight", "where it is added, the gradient as it is"
    for spec, layer, said in ((RESIDUAL, 1, f"{over}, and {added}"), (JOINED, 2, over), (ends, 1, added)):
        told = narrate(filled(spec, 3, 1).trace(), "neuron", lens)
        sentence = next(one.sentence for one in told if one.kind == "backpropagated_error" and one.layer == layer)
        assert f" collects, {said}: " in sentence
