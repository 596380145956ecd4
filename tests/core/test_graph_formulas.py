"""Every formula of every step of a graph is one that KaTeX sets in its strict mode, whatever the numbers and names."""

import json
import subprocess

import pytest

from backprop_core import TEXTBOOKS, graph_examples, graph_steps, node_tex, read_expression, trace_graph
from backprop_core.graph.operations import FUNCTIONS
from backprop_core.textbooks.pieces import to_tex
from tests.core.test_derivation_formulas import JUDGE, NODE, ROOT

NUMBERS = [-2.5, 0.0, 1.0, 3.0, 1e-7, -1e-7, 1e9, -1e300, 5e-324]
EVERYTHING = [f"{name}(x, y) + x" if name in ("max", "min") else f"{name}(x) * y" for name in FUNCTIONS]
EVERYTHING += [
    "x ** y",
    "x ** 3 ** y",
    "-x ** -2",
    "x / y / -x",
    "-(x - -y)",
    "f = x",
    "x*x*x*x*x*x*x*x",
    "2 ** -1",
    "(x*y)**2",
]
NAMES = [
    "eta * delta_2 - lambda",
    "_ + __import__ * a__b",
    "input * def / frac",
    "cost = h1_out ** alpha; L = cost / 2",
    "e ** i",
]


def every_formula() -> set[str]:
    asked = [(text, dict(zip("xy", (x, y), strict=True))) for text in EVERYTHING for x in NUMBERS for y in NUMBERS[:3]]
    asked += [(one.request["expression"], one.request["values"]) for one in graph_examples()]
    asked += [(text, {node.name: 0.5 for node in read_expression(text).inputs}) for text in NAMES]
    found: set[str] = set()
    for text, values in asked:
        graph = read_expression(text)
        trace = trace_graph(graph, {node.name: values[node.name] for node in graph.inputs})
        found.update(node_tex(node) for node in graph.nodes)
        for step in graph_steps(trace, list(TEXTBOOKS)[len(found) % len(TEXTBOOKS)]):
            found |= {step.label, *(to_tex(part) for line in step.lines for part in (line.symbols, line.numbers))}
    return found


@pytest.mark.slow
def test_katex_sets_every_formula() -> None:
    found = sorted(every_formula())
    assert len(found) > 1000
    module = (ROOT / "static/vendor/katex/katex.mjs").as_uri()
    judged = subprocess.run(
        [*NODE, "--input-type=module", "--eval", JUDGE % module],
        input=json.dumps(found),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(judged.stdout) == []
