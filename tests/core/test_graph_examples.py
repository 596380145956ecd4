"""Expressions to begin with: every digit an author printed agrees with ours; a network is a graph like any other."""

from dataclasses import replace

import numpy as np
import pytest

from backprop_core import (
    Example,
    check_graph,
    compare_graph,
    graph_examples,
    load_example,
    read_expression,
    trace_graph,
    trace_update,
)
from backprop_core.examples.comparison import first_parameters, specification

EXAMPLES = {example.id: example for example in graph_examples()}
PROMISED = {"cs231n-product": 7, "cs231n-neuron": 21, "cs231n-patterns": 12, "cs231n-staged": 0, "cs231n-softmax": 6,
            "mazur": 9, "two-neurons": 0, "fork": 0}  # fmt: skip
"""Id → how many digits the author printed."""


def test_those_that_were_promised_are_there() -> None:
    assert {name: len(example.printed) for name, example in EXAMPLES.items()} == PROMISED


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_every_printed_digit_agrees(example: Example) -> None:
    for found in compare_graph(example):
        assert found.agrees, found
        assert abs(found.computed - found.printed) <= 0.5 * next(
            one.unit for one in example.printed if one.digits == found.digits
        )


def test_a_digit_that_is_off_does_not_agree() -> None:
    example = EXAMPLES["cs231n-neuron"]
    wrong = replace(example, printed=(replace(example.printed[0], digits="-0.21"),))
    assert not compare_graph(wrong)[0].agrees


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_central_differences_agree(example: Example) -> None:
    found = check_graph(trace_graph(read_expression(example.request["expression"]), example.request["values"]))
    assert found.passed
    assert not any(one.kinks for one in found.checks)


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_where_it_is_from_is_said(example: Example) -> None:
    for text in (example.title, example.author, example.source, example.licence, example.settings, example.name):
        assert text


def test_softmax_with_cross_entropy_gives_p_minus_y() -> None:
    example = EXAMPLES["cs231n-softmax"]
    trace = trace_graph(read_expression(example.request["expression"]), example.request["values"])
    gradients = [trace.known("gradient", node.id) for node in trace.graph.inputs]
    np.testing.assert_allclose(np.array(gradients, dtype=float), [0.2, 0.3 - 1, 0.5], rtol=1e-14)


def test_the_staged_expression_has_the_numbers_that_were_recomputed() -> None:
    example = EXAMPLES["cs231n-staged"]
    trace = trace_graph(read_expression(example.request["expression"]), example.request["values"])
    by_name = {node.name: node.id for node in trace.graph.nodes}
    found = [
        trace.known(*one) for one in (("value", by_name["f"]), ("gradient", by_name["x"]), ("gradient", by_name["y"]))
    ]
    np.testing.assert_allclose(np.array(found, dtype=float), [1.5456448841, 2.0595697956, 1.5922327515], atol=6e-11)


def test_a_network_written_out_is_the_network() -> None:
    """Mazur's network as one expression has the very gradients that its layers have."""
    request = load_example("mazur").request
    network = trace_update(specification(request), first_parameters(request), **request["batch"])
    example = EXAMPLES["mazur"]
    trace = trace_graph(read_expression(example.request["expression"]), example.request["values"])
    gradient = {node.name: trace.number("gradient", node.id) for node in trace.graph.nodes if node.name}
    weights = [network.memory["weight_gradient", l].ravel() for l in (1, 2)]
    np.testing.assert_allclose([gradient[f"w{k}"] for k in range(1, 9)], np.concatenate(weights), rtol=1e-14)
    # One bias of the article is used by both neurons of its layer: what comes back adds up.
    biases = [float(network.memory["bias_gradient", l].sum()) for l in (1, 2)]
    np.testing.assert_allclose([gradient["b1"], gradient["b2"]], biases, rtol=1e-14)
    np.testing.assert_allclose([gradient["i1"], gradient["i2"]], network.memory["error", 0][0], rtol=1e-14)
    assert trace.known("value", trace.graph.output.id) == pytest.approx(network.cost, rel=1e-15)
