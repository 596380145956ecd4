"""The sum over paths: equal to the gradient on any network, and its strongest found without listing all.

The judge lists every path of small networks by itself, and takes slopes of the cost by central differences.
"""

from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_core import LayerSpec, NetworkSpec, SpecificationError, Trace, trace_update
from backprop_core.laboratory.paths import paths
from backprop_core.references import Reference, UnknownReference
from tests.core.strategies import Case, cases, filled


def starting_points(trace: Trace) -> list[Reference]:
    """Every number of the network that paths can start from."""
    sizes = trace.spec.sizes
    found = []
    for l, n in enumerate(sizes):
        found += [Reference(name, l, (j,)) for name in ("weighted_input", "activation") for j in range(n)]
        if l:
            before = sizes[l - 1]
            found += [Reference("weights", l, (j, k)) for j in range(n) for k in range(before)]
            found += [Reference("biases", l, (j,)) for j in range(n) if trace.spec.bias]
    return found


def every_product(trace: Trace, start: Reference, example: int) -> list[float]:
    """All products from a weight (l, j, k), listed neuron by neuron; the output ends in its δ."""
    memory, spec = trace.memory, trace.spec
    l, (j, k) = start.layer, start.index
    found = []
    for middle in product(*(range(n) for n in spec.sizes[l + 1 :])):
        way = [j, *middle]
        value = memory["activation", l - 1][example, k]
        for at, here in enumerate(way[:-1]):
            value *= memory["activation_slope", l + at][example, here]
            value *= memory["weights", l + at + 1][way[at + 1], here]
        found.append(value * memory["error", spec.depth][example, way[-1]])
    return found


@settings(max_examples=60, deadline=None)
@given(cases(largest=3), st.data())
def test_the_sum_over_all_paths_is_the_gradient(case: Case, data: st.DataObject) -> None:
    trace = case.trace()
    example = data.draw(st.integers(0, trace.batch_size - 1))
    for start in starting_points(trace):
        found = paths(trace, start, example, data.draw(st.sampled_from([1, 3, 1000])))
        scale = max([abs(found.value), *(abs(path.product) for path in found.strongest)])
        assert abs(found.sum - found.value) <= 1e-10 * scale
        assert abs(sum(path.product for path in found.strongest) + found.remainder - found.sum) <= 1e-12 * scale
        sizes = [abs(path.product) for path in found.strongest]
        assert sizes == sorted(sizes, reverse=True) or np.allclose(sizes, sorted(sizes, reverse=True), rtol=1e-12)
        for path in found.strongest:
            assert prod(factor.value for factor in path.factors) == pytest.approx(path.product, rel=1e-12)
            for factor in path.factors:
                read = Reference.read(factor.ref, trace).value(trace.memory, example)
                assert read == pytest.approx(factor.value)


@pytest.mark.parametrize(("cost", "output"), [("quadratic", "tanh"), ("binary_cross_entropy", "sigmoid")])
def test_the_strongest_are_the_strongest_of_all(cost: str, output: str) -> None:
    spec = NetworkSpec(2, (LayerSpec(4, "tanh"), LayerSpec(3, "gelu"), LayerSpec(3, output)), cost)
    trace = filled(spec, 4, 2).trace()
    start = Reference("weights", 1, (2, 1))
    listed = sorted(every_product(trace, start, 1), key=abs, reverse=True)
    found = paths(trace, start, 1, 5)
    assert found.number == len(listed) == 9
    np.testing.assert_allclose([path.product for path in found.strongest], listed[:5], rtol=1e-12)
    assert found.remainder == pytest.approx(sum(listed[5:]), rel=1e-9)


def test_paths_of_a_softmax_cross_its_jacobian() -> None:
    spec = NetworkSpec(2, (LayerSpec(3, "sigmoid"), LayerSpec(4, "softmax")), "quadratic")
    trace = filled(spec, 2, 1).trace()
    found = paths(trace, Reference("weights", 1, (0, 1)), 0, 100)
    assert found.number == 16
    assert [factor.ref.split(":")[0] for factor in found.strongest[0].factors] == [
        "activation",
        "activation_slope",
        "weights",
        "activation_jacobian",
        "activation_gradient",
    ]


def test_a_deep_network_counts_its_paths_exactly() -> None:
    spec = NetworkSpec(8, tuple(LayerSpec(8, "tanh") for _ in range(40)))
    trace = filled(spec, 1, 1).trace()
    found = paths(trace, Reference("weights", 1, (0, 0)), 0, 10)
    assert found.number == 8**39
    assert len(found.strongest) == 10


def test_of_equal_paths_the_first_neuron_comes_first() -> None:
    spec = NetworkSpec(1, (LayerSpec(3, "identity"), LayerSpec(1, "identity")), "output", bias=False)
    trace = trace_update(spec, filled(spec, 0, 1).parameters, [[0.0]])
    found = paths(trace, Reference("weighted_input", 0, (0,)), 0, 2)
    assert found.number == 3
    assert len(found.strongest) == 2


def test_what_no_path_starts_from_is_refused() -> None:
    trace = filled(NetworkSpec(1, (LayerSpec(1),)), 0, 1).trace()
    for name in ("error", "weight_gradient"):
        with pytest.raises(SpecificationError, match="start from weights"):
            paths(trace, Reference(name, 1, (0,)))
    for ref in ("", "weights", "weights:1:9:0", "weights:1:0", "weights:0:0:0", "nothing:1:0", "error:1:-1", "cost:7"):
        with pytest.raises(UnknownReference):
            Reference.read(ref, trace)
