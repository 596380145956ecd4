"""The steps of a graph: the six of the first example, links that hold, forks that add up, corners that are named."""

import re
from pathlib import Path

import numpy as np
import pytest

from backprop_core import (
    TEXTBOOKS,
    GraphTrace,
    SpecificationError,
    Step,
    check_graph,
    graph_divergence,
    graph_examples,
    graph_steps,
    read_expression,
    trace_graph,
)
from backprop_core.graph import words
from backprop_core.graph.memory import GraphMemory
from backprop_core.graph.operations import FUNCTIONS, OPERATIONS
from backprop_core.graph.program import compile_graph
from backprop_core.graph.symbols import name_tex
from tests.core import graph_oracle
from tests.core.graph_tex import recombined

PRODUCT = "f = (x + y) * z", {"x": -2.0, "y": 5.0, "z": -4.0}
FORK = "u = w1*x\nz = relu(u)\ny = w2*z + w3*x", {"w1": 0.5, "x": 2.0, "w2": 3.0, "w3": -1.0}
TEXTS = [PRODUCT, FORK, ("a = x*x; b = a/(1 + a); f = b*a - x", {"x": 1.5}), ("x*x*x*x*x*x*x*x", {"x": 1.1}),
         *((one.request["expression"], one.request["values"]) for one in graph_examples())]  # fmt: skip


def traced(text: str, values: dict[str, float]) -> GraphTrace:
    return trace_graph(read_expression(text), values)


def test_the_first_example_is_told_as_it_is_drawn() -> None:
    steps = graph_steps(traced(*PRODUCT), "sun")
    assert [(step.phase, step.kind, step.label_text) for step in steps] == [
        ("forward", "input", "x, y, z"),
        ("forward", "operation", "q"),
        ("forward", "operation", "f"),
        ("backward", "output_gradient", "∂f/∂f"),
        ("backward", "chain_rule", "∂f/∂q, ∂f/∂z"),
        ("backward", "chain_rule", "∂f/∂x, ∂f/∂y"),
    ]
    last = steps[-1]
    assert last.name == "A sum hands its gradient on"
    assert last.place == "chain rule at +"
    assert last.numbers == r"-4\cdot 1=-4,\quad -4\cdot 1=-4"
    assert last.result == {"gradient:0": -4.0, "gradient:1": -4.0}
    assert last.intermediate == {"local_gradient:0": 1.0, "local_gradient:1": 1.0}
    assert [(link.text, link.step) for link in last.reads] == [("∂f/∂q", 4)]  # no value: a sum's slopes are 1
    assert last.used_by == ()


@pytest.mark.parametrize("lens", list(TEXTBOOKS))
@pytest.mark.parametrize(("text", "values"), TEXTS, ids=range(len(TEXTS)))
def test_every_text_tells_every_number_once_and_in_order(lens: str, text: str, values: dict[str, float]) -> None:
    trace = traced(text, values)
    steps = graph_steps(trace, lens)
    assert [step.index for step in steps] == list(range(len(steps)))
    known: dict[str, int] = {}
    for step in steps:
        assert step.sentence.endswith(".")
        assert step.name
        for link in step.reads:
            assert link.step == known.get(link.ref), link  # a constant is given, and no step makes it known
        assert not set(step.writes) & set(known)
        known |= dict.fromkeys(step.writes, step.index)
        assert all(link.step > step.index for link in step.used_by if link.step is not None)
        assert {**step.intermediate, **step.result}.keys() == set(step.writes)
    assert known.keys() >= {str(equation.writes) for equation in trace.equations}


def test_the_lenses_lend_their_words() -> None:
    sentences = {lens: graph_steps(traced(*PRODUCT), lens)[-1].sentence for lens in TEXTBOOKS}
    assert len(set(sentences.values())) == len(TEXTBOOKS)
    assert "receive the rate ∂f/∂q = −4 unchanged" in sentences["nielsen"]
    titles = {graph_steps(traced(*PRODUCT), lens)[-1].lines[1].title for lens in TEXTBOOKS}
    assert len(titles) == len(TEXTBOOKS)


@pytest.mark.parametrize(("text", "values"), TEXTS, ids=range(len(TEXTS)))
def test_the_lines_hold(text: str, values: dict[str, float]) -> None:
    trace = traced(text, values)
    checked = 0
    for step in graph_steps(trace):
        for line in step.lines:
            for sides in (sides for both in recombined(line, trace) for sides in both):
                np.testing.assert_allclose(sides, sides[0], rtol=1e-12, atol=1e-14)
                checked += len(sides) > 1
    assert checked >= 2 * len(trace.graph.nodes) / 3


def test_a_fork_adds_up_and_says_so() -> None:
    trace = traced(*FORK)
    steps = graph_steps(trace)
    (total,) = [step for step in steps if step.kind == "gradient_sum"]
    x = next(node.id for node in trace.graph.nodes if node.name == "x")
    assert total.name == "x is used 2 times: its gradients add up"
    assert total.result == {f"gradient:{x}": 0.5}
    assert total.numbers == "(-1)+1.5=0.5"
    parts = [step for step in steps if "part of ∂y/∂x" in step.label_text]
    assert len(parts) == 2
    assert all("x is used 2 times" in step.note for step in parts)
    assert parts[-1].index < total.index
    assert "x is used 2 times" in steps[0].note
    assert [trace.contribution(edge) for edge in trace.graph.uses(x)] == [-1.0, 1.5]


CORNERS = [
    ("relu(x)", {"x": 0.0}, 0.0),
    ("abs(x)", {"x": 0.0}, 0.0),
    ("max(x, 2)", {"x": 2.0}, 0.5),
    ("min(x, y, z)", {"x": 1.0, "y": 1.0, "z": 1.0}, 1 / 3),
]


@pytest.mark.parametrize(("text", "values", "slope"), CORNERS, ids=[one[0] for one in CORNERS])
def test_a_corner_is_named_and_not_failed(text: str, values: dict[str, float], slope: float) -> None:
    trace = traced(text, values)
    (corner,) = trace.corners
    assert corner.node == trace.graph.output.id
    assert trace.known("gradient", trace.graph.inputs[0].id) == slope
    remarks = [[remark.kind for remark in step.remarks] for step in graph_steps(trace)]
    assert remarks == [[], ["kink"], [], ["kink"]]
    found = check_graph(trace)
    assert found.passed
    assert all(one.kinks == (corner.node,) for one in found.checks)
    assert all(one.relative_error * max(abs(one.numerical), slope) == one.absolute_error for one in found.checks)


def test_a_wrong_gradient_does_not_pass() -> None:
    trace = traced(*PRODUCT)
    array = trace.memory["gradient", 0]
    array.flags.writeable = True
    array[...] = -4.00001
    assert not check_graph(trace).passed


def test_what_leads_nowhere_has_gradient_zero_and_that_is_said() -> None:
    trace = traced("a = x * 2; f = y", {"x": 3.0, "y": 1.0})
    x, *_ = trace.graph.inputs
    assert trace.known("gradient", x.id) == 0.0
    said = [remark.text for step in graph_steps(trace) for remark in step.remarks]
    assert said == ["f does not depend on x: its gradient is 0."]
    assert [step.label_text for step in graph_steps(trace)][-2:] == ["∂f/∂f", "∂f/∂y"]


def test_a_use_that_leads_nowhere_is_no_fork() -> None:
    trace = traced("a = x * 2; f = x * 3", {"x": 1.0})
    assert trace.known("gradient", trace.graph.inputs[0].id) == 3.0
    assert not any(step.note or step.kind == "gradient_sum" for step in graph_steps(trace)[3:])


def test_no_two_nodes_are_called_alike() -> None:
    symbols = [node.symbol for node in read_expression("q*x + r*f - s*q1 + sin(t)").nodes]
    assert len(set(symbols)) == len(symbols)
    assert symbols[-1] not in {"f", "q", "r", "s", "t", "q1"}


def test_what_nothing_varies_has_no_gradient() -> None:
    trace = traced("f = x ** (1 + 1)", {"x": -3.0})
    assert [trace.known("gradient", node.id) for node in trace.graph.nodes] == [-6.0, None, None, None, 1.0]
    assert [trace.known("local_gradient", edge.id) for edge in trace.graph.edges] == [None, None, -6.0, None]


STOPS = [
    ("a = x * 2; f = y / (a - 2) + 1", {"x": 1.0, "y": 3.0}, "value", "it divides by 0"),
    ("a = x * 2; f = 1 / y", {"x": 1.0, "y": 0.0}, "value", "it divides by 0"),
    ("sqrt(x)", {"x": 0.0}, "local_gradient", "rises without bound"),
    ("x**y", {"x": 0.0, "y": 0.0}, "local_gradient", "as soon as the exponent grows"),
    ("x ** -1", {"x": 0.0}, "value", "divides by 0"),
    ("x ** 0.5", {"x": 0.0}, "local_gradient", "rises without bound"),
    ("x ** y", {"x": -2.0, "y": 3.0}, "local_gradient", "whole constant"),
    ("exp(x) * 2", {"x": 800.0}, "value", "largest number"),
    ("log(x)", {"x": -1.0}, "value", "no logarithm"),
    ("(x*1e200)*(y*1e-200*1e200)", {"x": 1.0, "y": 1e109}, "value", "largest number"),
    ("x**2 * 1e200 / y", {"x": 1e50, "y": 1e-5}, "local_gradient", "largest number"),
    ("x * 1e200 * 1e200", {"x": 1e-300}, "gradient", "largest number"),
]


@pytest.mark.parametrize(("text", "values", "quantity", "reason"), STOPS, ids=[one[0] for one in STOPS])
def test_what_is_not_finite_ends_the_steps(text: str, values: dict[str, float], quantity: str, reason: str) -> None:
    trace = traced(text, values)
    steps = graph_steps(trace)
    diverged = graph_divergence(trace)
    assert diverged is not None
    assert (diverged.step, diverged.quantity) == (len(steps) - 1, quantity)
    assert diverged.layer == steps[-1].layer
    assert reason in steps[-1].remarks[-1].text
    finite = [step for step in steps[:-1] for number in step.result.values() if not np.isfinite(number)]
    assert finite == []
    told = {ref for step in steps for ref in step.writes}
    for node in trace.graph.nodes:
        for name in ("value", "gradient"):
            known = trace.known(name, node.id) is not None
            given = name == "value" and not node.operands
            assert known == (f"{name}:{node.id}" in told or given)


def test_a_graph_that_stays_finite_did_not_diverge() -> None:
    assert graph_divergence(traced(*PRODUCT)) is None


@pytest.mark.parametrize(("text", "values"), TEXTS, ids=range(len(TEXTS)))
def test_an_equation_reads_and_writes_only_what_it_says(text: str, values: dict[str, float]) -> None:
    trace = traced(text, values)
    graph = trace.graph
    quantities = {one for equation in trace.equations for one in (*equation.reads, equation.writes)}
    for index in range(len(trace.equations)):
        memory = GraphMemory(graph)
        equation = compile_graph(graph, memory)[index]
        for quantity in quantities:
            memory[quantity][...] = trace.memory[quantity] if quantity in equation.reads else np.nan
        equation.run()
        assert memory[equation.writes] == trace.memory[equation.writes]
        for quantity in quantities - {equation.writes}:
            kept = trace.number(*quantity) if quantity in equation.reads else np.nan
            np.testing.assert_array_equal(memory[quantity], kept)


def test_a_finished_graph_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="read-only"):
        traced(*PRODUCT).memory["gradient", 0][...] = 1.0


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({}, "/values/x"),
        ({"x": 1.0, "f": 2.0}, "/values/f"),
        ({"x": np.inf}, "/values/x"),
        ({"x": np.nan}, "/values/x"),
    ],
)
def test_values_have_to_fit(values: dict[str, float], place: str) -> None:
    with pytest.raises(SpecificationError) as caught:
        traced("f = x * 2", values)
    assert caught.value.field == place


NAMES = {
    "x": "x",
    "w0": "w_{0}",
    "w_12": "w_{12}",
    "eta": r"\eta ",
    "delta2": r"\delta_{2}",
    "cost": r"\mathit{cost}",
    "h1_out": r"\mathit{h1\_out}",
    "_": r"\mathit{\_}",
    "__import__": r"\mathit{\_\_import\_\_}",
    "input": r"\mathit{input}",
    "x_": "x",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_becomes_tex_by_our_own_printer(name: str) -> None:
    assert name_tex(name) == NAMES[name]


def test_every_operation_has_its_words_and_its_oracle() -> None:
    assert set(OPERATIONS) == set(words.THINGS) == set(words.FORWARD)
    assert set(FUNCTIONS) == set(graph_oracle.FUNCTIONS)
    assert set(words.LENSES) == set(TEXTBOOKS)
    by_value = {"relu", "abs", "max", "min"}  # what these hand on depends on the numbers
    assert set(words.RECEIVED) == set(OPERATIONS) - by_value
    text = (Path(__file__).resolve().parents[2] / "docs/api.md").read_text(encoding="utf-8")
    for name in FUNCTIONS:
        assert re.search(rf"[`\s]{name}[`\s]", text)


def every_line(step: Step) -> str:
    return step.symbols + step.numbers + step.label


def test_no_line_of_tex_is_longer_than_its_graph_asks_for() -> None:
    """Eight uses of one node: the sum of what comes back shows the largest and the rest, and still adds up."""
    trace = traced("x+x+x+x+x+x+x+x", {"x": 1.0})
    total = graph_steps(trace)[-1]
    assert r"\cdots" in total.symbols
    assert r"\text{ smaller}" in total.numbers
    assert total.result == {"gradient:0": 8.0}
    assert max(len(every_line(step)) for step in graph_steps(trace)) < 500


def test_the_place_of_an_operation_is_said_in_words_and_no_sign_stands_alone() -> None:
    steps = graph_steps(traced("p = x*y\nq = p + x\nexp(q) - relu(y)", {"x": 2.0, "y": 3.0}), "nielsen")
    assert [step.place for step in steps if step.kind == "operation"] == [
        "product",
        "sum",
        "exponential",
        "ReLU",
        "difference",
    ]
