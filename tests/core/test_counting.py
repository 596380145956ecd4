"""What a gradient costs: counts made by hand, the program's own products, and how they grow."""

import numpy as np
import pytest

from backprop_core import LayerSpec, Memory, NetworkSpec, compile, count_knowing, resized
from backprop_core.laboratory.counting import Count


def test_by_hand_for_two_two_two() -> None:
    found = count_knowing(NetworkSpec(2, (LayerSpec(2), LayerSpec(2))))
    assert (found.parameters, found.edges, found.neurons) == (12, 8, 4)
    # z: 4 products a layer, for each of 4 neurons one sum of two and one bias; 4 σ; the cost of 2 outputs, added up.
    assert found.forward == Count(8, 8 + 1, 4 + 2)
    # σ′ of 4; ∇C: 2 subtractions; δ of the output: 2 products; back over the weights 4 and 2 sums; δ 2; ∂C/∂W 4 + 4.
    assert found.backward == Count(2 + 4 + 2 + 8, 2 + 2, 4)
    assert found.update == Count(12, 12, 0)
    # 24 forward passes, and for each parameter a difference and a quotient.
    assert found.numerical == Count(24 * 8 + 12, 24 * 9 + 12, 24 * 6)


def test_by_hand_for_a_softmax_and_for_short_forms() -> None:
    softmax = count_knowing(NetworkSpec(3, (LayerSpec(2, "softmax"),)))
    # (∇C − Σ ∇C a) a: 2 products and 1 addition for the sum, 2 subtractions, 2 products.
    assert softmax.backward == Count(4 + 6, 2 + 3, 0)
    short = count_knowing(NetworkSpec(3, (LayerSpec(2, "softmax"),), cost="cross_entropy"))
    assert short.backward == Count(6, 2, 0)


def test_a_residual_edge_adds_without_products() -> None:
    plain = NetworkSpec(2, (LayerSpec(2, "tanh"), LayerSpec(2)))
    skip = NetworkSpec(2, (LayerSpec(2, "tanh"), LayerSpec(2, adds=(1,))))
    for phase in ("forward", "backward"):
        one, other = getattr(count_knowing(plain), phase), getattr(count_knowing(skip), phase)
        assert other.multiplications == one.multiplications
        assert other.additions == one.additions + 2


@pytest.mark.parametrize("sizes", [(1, 1), (4, 3, 2), (2, 5, 5, 5, 1), (784, 30, 10)])
def test_multiplications_are_those_the_program_says(sizes: tuple[int, ...]) -> None:
    spec = NetworkSpec(sizes[0], tuple(LayerSpec(size) for size in sizes[1:]))
    program = compile(Memory(spec, 1), update=False, asides=False).equations
    found = count_knowing(spec)
    said = sum(one.products for one in program if not one.aside)
    assert found.forward.multiplications + found.backward.multiplications == said
    assert found.forward.multiplications == found.edges
    # Every weight twice, once for its gradient and once on the way back, but for the first layer; one product a neuron.
    assert found.backward.multiplications == 2 * found.edges - sizes[0] * sizes[1] + found.neurons
    assert found.neurons == sum(sizes[1:])


@pytest.mark.parametrize("along", ["width", "depth"])
def test_backpropagation_is_linear_and_the_check_is_quadratic(along: str) -> None:
    base = NetworkSpec(3, (LayerSpec(4), LayerSpec(4), LayerSpec(2)))
    grown = [
        resized(base, 3, width) if along == "width" else resized(base, depth, 32)
        for width, depth in ((64, 8), (128, 16), (256, 32), (512, 64))
    ]
    found = [count_knowing(spec) for spec in grown]
    parameters = np.log([one.parameters for one in found])
    for way, power in (("forward", 1.0), ("backward", 1.0), ("numerical", 2.0)):
        counts = np.log([getattr(one, way).multiplications for one in found])
        slopes = np.diff(counts) / np.diff(parameters)
        assert slopes == pytest.approx(power, abs=0.05), way
    ratios = [one.backward.multiplications / one.forward.multiplications for one in found]
    assert ratios == pytest.approx([2.0] * 4, abs=0.15)
    check = [one.numerical.multiplications / one.forward.multiplications / (2 * one.parameters) for one in found]
    assert check == pytest.approx([1.0] * 4, rel=0.01)


def test_only_what_is_inside_is_resized() -> None:
    base = NetworkSpec(3, (LayerSpec(4, "tanh"), LayerSpec(4, "relu"), LayerSpec(2, "softmax")), cost="cross_entropy")
    grown = resized(base, 4, 7)
    assert grown.sizes == (3, 7, 7, 7, 2)
    assert [grown.activation(l) for l in range(1, 5)] == ["tanh", "tanh", "tanh", "softmax"]
    assert resized(base, 1, 7).sizes == (3, 2)
