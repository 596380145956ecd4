"""The document of an expression: as it was typed, every step and every number, and no name taken for an index."""

import csv
import io
import re
from pathlib import Path

import pytest

from backprop_core import (
    TEXTBOOKS,
    Derivation,
    GraphTrace,
    derive_graph,
    graph_examples,
    graph_steps,
    read_expression,
    trace_graph,
)
from backprop_core.derivations.latex import as_latex
from backprop_core.derivations.markdown import as_markdown
from backprop_core.derivations.plain import as_plain_text
from backprop_core.derivations.table import as_csv
from backprop_core.derivations.words import spans
from backprop_core.graph.symbols import GREEK
from tests.core.derivation_cases import formulas, sentences
from tests.core.test_derivation_formulas import COMMANDS, check_document, check_latex, katex_refuses
from tests.core.test_graph_formulas import EVERYTHING, NAMES

NAMED = "# a remark\nhidden_size = w1_23*x_1 + x_1 # twice\n;; loss_rate = relu(hidden_size)**2 / max(hidden_size,\n 2)"
GRANULARITIES = ("pass", "node", "term")


def traced(text: str, value: float = 0.5) -> GraphTrace:
    graph = read_expression(text)
    return trace_graph(graph, {node.name: value + 0.25 * k for k, node in enumerate(graph.inputs)})


def every_document() -> list[Derivation]:
    texts = [*EVERYTHING, *NAMES, NAMED, "log(x - x)", "2", *(f"f = {letter}*x" for letter in sorted(GREEK))]
    texts += [one.request["expression"] for one in graph_examples()]
    books = list(TEXTBOOKS)
    found = [derive_graph(traced(text), text, books[k % len(books)]) for k, text in enumerate(texts)]
    return found + [derive_graph(traced(NAMED), NAMED, granularity=one) for one in GRANULARITIES]


@pytest.mark.parametrize("textbook", TEXTBOOKS)
@pytest.mark.parametrize("granularity", GRANULARITIES)
def test_it_has_every_step_as_it_is_told(textbook: str, granularity: str) -> None:
    trace = traced(NAMED)
    steps, document = graph_steps(trace, textbook, granularity), derive_graph(trace, NAMED, textbook, granularity)
    assert [(one.number, one.name, one.sentence) for one in document.passages] == [
        (step.index + 1, step.name, step.sentence) for step in steps
    ]
    part = derive_graph(trace, NAMED, textbook, granularity, first=1, count=2)
    assert part.passages == document.passages[1:3]


@pytest.mark.parametrize("granularity", GRANULARITIES)
def test_the_table_has_every_number_that_was_computed(granularity: str) -> None:
    trace = traced(NAMED)
    rows = csv.DictReader(io.StringIO(as_csv(derive_graph(trace, NAMED, granularity=granularity)), newline=""))
    found = {row["quantity"]: float(row["value"]) for row in rows}
    expected = {str(one): trace.number(*one) for one in trace.written}
    expected |= {f"value:{node.id}": trace.number("value", node.id) for node in trace.graph.inputs}
    assert found == expected


@pytest.mark.parametrize("text", [NAMED, "f=(x+y)*z", "a = 2 ; b = (a\n+ x)*a\r\nb**2\n", "x − y×z"])
def test_the_expression_is_there_to_be_read_again(text: str) -> None:
    document = derive_graph(traced(text), text)
    again = read_expression("\n".join(document.code))
    assert again == read_expression(text)
    for written in (as_plain_text(document), as_markdown(document)):
        assert all(line in written for line in document.code)


def test_a_name_keeps_its_lines_and_an_index_is_lowered() -> None:
    document = derive_graph(traced(NAMED), NAMED)
    text, latex = as_plain_text(document), as_latex(document)
    assert "hidden_size adds q and x₁." in text
    assert r"hidden\_size adds q and $x_{1}$." in latex
    assert "∂loss_rate/∂hidden_size" in text
    assert "mathit" not in text


def test_katex_and_latex_set_every_formula() -> None:
    documents = every_document()
    found = {tex for one in documents for tex in formulas(one)}
    words = {text for one in documents for text in sentences(one)}
    found |= {part for text in words for is_formula, part in spans(text) if is_formula}
    assert katex_refuses(found) == []
    commands = COMMANDS | GREEK | {"sin", "cos", "mathit", "div", "_"}
    for tex in found:
        check_latex(tex, commands)


def test_the_document_is_one_that_latex_compiles(tmp_path: Path) -> None:
    for k, document in enumerate(every_document()):
        folder = tmp_path / str(k)
        folder.mkdir()
        check_document(as_latex(document), folder)


def test_no_sign_of_an_operation_is_lost() -> None:
    latex = as_latex(derive_graph(traced("(x / y) ** 2 * sqrt(x)"), "(x / y) ** 2 * sqrt(x)"))
    places = re.findall(r"chain rule at (.*?)\}\}", latex)
    assert places == [r"$\times$", r"$\sqrt{\ }$", "$x^{y}$", r"$\div$"]
