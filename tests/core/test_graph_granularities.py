"""A graph told by pass and by term: the same numbers in other portions, and gradients that add up as they arrive."""

from itertools import accumulate

import numpy as np
import pytest
from hypothesis import assume, given, settings

from backprop_core import GraphTrace, Step, graph_divergence, graph_examples, graph_steps
from backprop_core.graph.scenes import GRAPH_GRANULARITIES
from tests.core.graph_oracle import expressions, points
from tests.core.graph_tex import recombined
from tests.core.test_graph_random import BUSY, read
from tests.core.test_graph_steps import FORK, PRODUCT, STOPS, TEXTS, traced

EIGHT = "x+x+x+x+x+x+x+x", {"x": 1.5}


def labels(text: str, values: dict[str, float], granularity: str) -> list[str]:
    return [step.label_text for step in graph_steps(traced(text, values), "sun", granularity)]


def test_the_first_example_by_pass_and_by_term() -> None:
    assert labels(*PRODUCT, "pass") == ["f", "∂f/∂x, ∂f/∂y, ∂f/∂z"]
    assert labels(*PRODUCT, "term") == ["x, y, z", "q", "f", "∂f/∂f", "∂f/∂q", "∂f/∂z", "∂f/∂x", "∂f/∂y"]
    forward, backward = graph_steps(traced(*PRODUCT), "sun", "pass")
    assert (forward.name, forward.members, forward.used_by[0].step) == ("Forward pass", (0, 1, 2), 1)
    assert (backward.name, backward.members, backward.used_by) == ("Backward pass", (3, 4, 5), ())
    assert {link.step for link in backward.reads} == {0}
    assert forward.numbers == r"x=-2,\quad y=5,\quad z=-4\\ -2+5=3\\ 3\cdot (-4)=-12"


def test_gradients_arrive_at_a_fork_one_after_the_other() -> None:
    steps = graph_steps(traced(*FORK), "sun", "term")
    first, second = [step for step in steps if step.part is not None and step.part.among == 2]
    assert (first.name, first.label_text) == ("x gets gradient 1 of 2", "∂y/∂x, 1 of 2")
    assert first.part is not None
    assert (first.part.at, first.part.running) == (0, -1.0)
    assert first.note == "This is not yet ∂y/∂x: 1 more comes back."
    assert first.result == {"contribution:6": -1.0}
    assert second.part is not None
    assert (second.part.at, second.part.running) == (1, 0.5)
    assert second.result == {"contribution:1": 1.5, "gradient:1": 0.5}
    assert second.lines[1].title == "All together"
    assert second.sentence.endswith(
        " Added to the −1 from before that makes 0.5. In the end y grows 0.5 times as fast as x."
    )
    assert second.note == "Now both are there, and their sum is ∂y/∂x."
    assert [(link.ref, link.step) for link in second.reads][-1] == ("contribution:6", first.index)
    assert second.index in [link.step for link in first.used_by]
    assert not any(step.kind == "gradient_sum" for step in steps)


def test_every_arrival_adds_to_the_sum_before_it() -> None:
    steps = graph_steps(traced(*EIGHT), "nielsen", "term")
    sums = [step.part.running for step in steps if step.part is not None and step.part.among == 8]
    assert sums == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]
    titles = [step.lines[1].title for step in steps if step.part is not None and step.part.among == 8][1:]
    assert titles == ["So far"] * 6 + ["All together"]


def test_part_says_where_an_edge_stands_among_those_of_its_node() -> None:
    trace = traced(*FORK)
    coarse = graph_steps(trace)
    for step in graph_steps(trace, granularity="term"):
        if step.kind != "chain_rule":
            assert step.part is None
            continue
        assert step.part is not None
        whole = coarse[step.part.of]
        assert (whole.kind, whole.layer) == (step.kind, step.layer)
        assert step.part.count == len(trace.graph.into(step.layer))
        assert step.lines[0].numbers[-1] in whole.lines[0].numbers


@pytest.mark.parametrize("granularity", GRAPH_GRANULARITIES)
@pytest.mark.parametrize(("text", "values"), [*TEXTS, EIGHT], ids=range(len(TEXTS) + 1))
def test_every_number_is_told_once_and_in_order(granularity: str, text: str, values: dict[str, float]) -> None:
    trace = traced(text, values)
    steps = graph_steps(trace, granularity=granularity)
    known: dict[str, int] = {}
    for index, step in enumerate(steps):
        assert step.index == index
        assert step.sentence.endswith(".")
        assert not set(step.writes) & set(known)
        assert all(link.step == known.get(link.ref) for link in step.reads)
        known |= dict.fromkeys(step.writes, index)
        assert {**step.intermediate, **step.result}.keys() == set(step.writes)
        for link in step.used_by:
            assert link.step is not None
            assert link.step > index
            assert set(step.writes) & {read.ref for read in steps[link.step].reads}
    assert known.keys() >= {str(equation.writes) for equation in trace.equations}


@settings(max_examples=150, deadline=None, suppress_health_check=BUSY)
@given(text=expressions(), at=points)
def test_lines_and_sums_hold_at_every_granularity(text: str, at: dict[str, float]) -> None:
    graph, values = read(text, at)
    trace = traced(text, values)
    assume(trace.not_finite is None)
    for granularity in GRAPH_GRANULARITIES:
        for step in graph_steps(trace, granularity=granularity):
            judge(step, trace)
    for node in graph.nodes:
        uses = graph.uses(node.id)
        arrivals = [step for step in graph_steps(trace, granularity="term") if arrives_at(step, node.id, trace)]
        sums = [step.part.running for step in arrivals if step.part is not None]
        if len(uses) < 2:
            assert sums == [None] * len(uses)
            continue
        shares = [step.result[f"contribution:{edge.id}"] for step, edge in zip(arrivals, uses, strict=True)]
        assert sums == [*accumulate(shares)]
        assert sums[-1] == trace.known("gradient", node.id)


def arrives_at(step: Step, node: int, trace: GraphTrace) -> bool:
    edges = [trace.graph.edges[int(ref.partition(":")[2])] for ref in step.intermediate]
    return step.kind == "chain_rule" and [edge.source for edge in edges] == [node] and bool(step.part)


def judge(step: Step, trace: GraphTrace) -> None:
    for line in step.lines:
        for sides in (sides for both in recombined(line, trace) for sides in both):
            size = max(1.0, *map(abs, sides))
            np.testing.assert_allclose(sides, sides[0], rtol=1e-9, atol=1e-12 * size, err_msg=str(line))


@pytest.mark.parametrize("granularity", GRAPH_GRANULARITIES)
@pytest.mark.parametrize(("text", "values", "quantity", "reason"), STOPS, ids=[one[0] for one in STOPS])
def test_what_is_not_finite_ends_the_last_step(
    granularity: str, text: str, values: dict[str, float], quantity: str, reason: str
) -> None:
    trace = traced(text, values)
    steps = graph_steps(trace, "catching-ai", granularity)
    diverged = graph_divergence(trace, granularity)
    assert diverged is not None
    assert (diverged.step, diverged.quantity) == (len(steps) - 1, quantity)
    assert reason in steps[-1].remarks[-1].text
    told = {ref for step in steps for ref in step.writes}
    for node in trace.graph.nodes:
        for name in ("value", "gradient"):
            given = name == "value" and not node.operands
            assert (trace.known(name, node.id) is not None) == (f"{name}:{node.id}" in told or given)


def test_an_expression_without_inputs_has_nothing_to_hand_back() -> None:
    for granularity in GRAPH_GRANULARITIES:
        steps = graph_steps(traced("3", {}), "nielsen", granularity)
        assert [step.label_text for step in steps] == ["f", "∂f/∂f"]
    assert "no input leads here" in graph_steps(traced("f = 2 + 3", {}))[-1].sentence


def test_an_unknown_granularity_is_refused() -> None:
    with pytest.raises(ValueError, match="pass, node, term"):
        graph_steps(traced(*PRODUCT), granularity="layer")


def test_every_example_is_told_in_every_way() -> None:
    for example in graph_examples():
        trace = traced(example.request["expression"], example.request["values"])
        counts = [len(graph_steps(trace, "sun", granularity)) for granularity in GRAPH_GRANULARITIES]
        assert counts[0] == 2
        assert counts[1] <= counts[2] == 2 + sum(bool(k.operands) for k in trace.graph.nodes) + len(trace.graph.flowing)
