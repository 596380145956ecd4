"""The parser reads what Python reads, says where a text is wrong, and nothing that is typed does any harm."""

from typing import Any

import pytest

from backprop_core import ExpressionError, ExpressionTooLarge, GraphLimits, graph_steps, read_expression, trace_graph
from tests.core.graph_oracle import value_of
from tests.effort import light

READ = [
    "-3**2", "(-3)**2", "2**-1", "2**3**2", "-2**-2", "2*-3", "2--3", "2---3", "+3", "-+-3", "8/4/2", "8/4*2", "8-4-2",
    "2-3*4", "2*3**2", "2**2*3", "(2+3)*4", "2**(1+1)", "-(2)**2", "1e3", ".5", "5.", "1.5e-3", "2E+2", "max(1,2,3)",
    "min(4, 2)", "abs(-3)", "relu(-1)", "sqrt(16)", "a = 2\nb = a*3\nb-a", "a=2;b=a;b*a", "a = 2\n\n\na + 1\n",
    "(1+\n2)", "max(1,\n2)", "a = 1 # one\na + 1 # more", "exp(0)", "\t1 +\t2", "1 +2\r\n", "lambda1 = 2; lambda1 * 3",
    "_x = 4; _x", "2**-1*3",
]  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_it_reads_what_python_reads(text: str) -> None:
    graph = read_expression(text)
    assert trace_graph(graph, {}).known("value", graph.output.id) == pytest.approx(
        value_of(text.strip(), {}), rel=1e-15
    )


def test_signs_as_a_page_shows_them_are_read_too() -> None:
    graph = read_expression("−2\u00a0× x · y ÷ 1")
    assert trace_graph(graph, {"x": 3.0, "y": 5.0}).known("value", graph.output.id) == -30.0


WRONG = [
    ("", 1, 1, "nothing to compute"),
    (" \n;\n", 3, 1, "nothing to compute"),
    ("# only words", 1, 13, "nothing to compute"),
    ("x +", 1, 4, "has to stand here"),
    ("x + * y", 1, 5, "has to stand here"),
    ("a = x\n+ y )", 2, 5, "no ( that this ) closes"),
    ("(x + y", 1, 1, "never closed"),
    ("a = 1\nb = max(a,\n2", 2, 8, "never closed"),
    ("()", 1, 2, "has to stand here"),
    ("max(x y)", 1, 7, "a sign is missing"),
    ("2x", 1, 2, "a sign is missing"),
    ("x y", 1, 3, "a sign is missing"),
    ("x(y)", 1, 1, "this is no function"),
    ("2(x)", 1, 2, "a sign is missing"),
    ("1.2.3", 1, 4, "a number has one point"),
    ("1_000", 1, 2, "without _ between them"),
    ("0x10", 1, 2, "the digits 0 to 9"),
    ("x ^ 2", 1, 3, "written with **"),
    ("x // y", 1, 3, "/ divides"),
    ("x % y", 1, 3, "no remainder"),
    ("x.y", 1, 2, "names have no parts"),
    ("x[0]", 1, 2, "no lists"),
    ("{x}", 1, 1, "parentheses are round"),
    ("'x'", 1, 1, "no text here"),
    ("x < y", 1, 3, "no comparisons"),
    ("f == y", 1, 3, "max and min choose"),
    ("x + y = 3", 1, 7, "only a new name may stand before ="),
    ("3 = x", 1, 3, "only a new name may stand before ="),
    ("x, y", 1, 2, "a comma stands only"),
    ("exp", 1, 1, "exp is a function"),
    ("exp = 3", 1, 1, "exp is a function"),
    ("exp()", 1, 5, "has to stand here"),
    ("exp(x, y)", 1, 1, "takes one number"),
    ("max(x)", 1, 1, "two numbers or more"),
    ("sin x", 1, 1, "sin is a function"),
    ("x = x + 1", 1, 1, "read as an input before"),
    ("y = x; x = 2", 1, 8, "read as an input before"),
    ("a = 1; a = 2", 1, 8, "has a value already"),
    ("x + y; z", 1, 1, "only the last line may do without a name"),
    ("1e999", 1, 1, "too large"),
    ("9" * 400, 1, 1, "too large"),
    ("σ(x)", 1, 1, "write sigma for σ"),
    ("λ", 1, 1, "write lambda for λ"),
    ("x if y else z", 1, 3, "no conditions"),
    ("not x", 1, 5, "no conditions"),
    ("x != y", 1, 3, "max and min choose"),
    ("x -> y", 1, 3, "no arrows"),
    ("f = x\nf += 1", 2, 3, "write a new name"),
    ("return x", 1, 8, "only expressions"),
    ("1e", 1, 2, "an exponent is missing"),
    ("x1.5", 1, 3, "a sign is missing"),
    ("1j", 1, 2, "a sign is missing"),
    ("= x", 1, 1, "a name is missing before this ="),
    ("x +\ny", 1, 4, "several lines"),
    ("x\n+ y", 1, 1, "several lines"),
    ("ln(x)", 1, 1, "written log"),
    ("r²", 1, 2, "written with **"),
    ("|x|", 1, 1, "abs(…)"),
    ("√x", 1, 1, "sqrt(…)"),
    ("1,5", 1, 2, "a decimal has a point"),
    ("x\t+\t@", 1, 5, "has no meaning"),
    ("x\u200by", 1, 2, "U+200B"),
    ("x\x00", 1, 2, "U+0000"),
    ("x $ y", 1, 3, "has no meaning"),
    ("a\nb = 𝑥", 2, 5, "letters a to z"),
    ("a\nb = x", 1, 1, "only the last line"),
]


@pytest.mark.parametrize(("text", "line", "column", "words"), WRONG)
def test_what_is_wrong_is_said_with_its_place(text: str, line: int, column: int, words: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        read_expression(text)
    error = caught.value
    assert (error.line, error.column) == (line, column), error
    assert words in error.words, error.words
    shown, caret = error.excerpt.split("\n")
    assert caret.strip() == "^"
    assert len(shown) <= 60
    assert shown.isprintable()
    written = text.split("\n")[line - 1]
    here = written[column - 1] if column <= len(written) else ""
    assert shown[len(caret) - 1 : len(caret)] == (here if here.isprintable() else "·")


HARMLESS = [
    "__import__('os').system('true')",
    "__import__(os)",
    "().__class__.__bases__[0].__subclasses__()",
    "x.__class__",
    "x.real",
    "lambda: 0",
    "lambda x: x",
    "[x for x in y]",
    "(x for x in y)",
    "open(x)",
    "eval(x)",
    "exec(x)",
    "globals()",
    "f'{x}'",
    '"".join(x)',
    "x if y else z",
    "import os",
    "while 1: 1",
    "def f(): 1",
    "(x := 3)",
    "x @ y",
    "~x",
    "x & y",
    "x; import os",
    r"\input{/etc/passwd}",
    r"$\evil$",
    "<script>alert(1)</script>",
    "%s%s%n",
    "x\u202ey",
    "ＡＢＣ",
    "１",
    "٣",
    "x²",
    "(" * 10_000,
    "(" * 10_000 + "x" + ")" * 10_000,
    "-" * 10_000 + "x",
    "exp(" * 10_000,
    "2**" * 10_000 + "2",
    "x+" * 10_000 + "x",
    "x" * 10_000,
    "1" * 10_000,
    "\n" * 10_000,
    "a" * 41,
    "(" * 65 + "x" + ")" * 65,
    "-" * 65 + "x",
    "2**" * 65 + "2",
    "+".join("x" * 300),
]


@pytest.mark.parametrize("text", HARMLESS, ids=range(len(HARMLESS)))
@pytest.mark.parametrize("limits", [GraphLimits(), GraphLimits(characters=10**6)], ids=["", "long"])
def test_nothing_does_harm(text: str, limits: GraphLimits) -> None:
    def refused() -> None:
        with pytest.raises(ExpressionError):
            read_expression(text, limits)

    light(refused, 50)


@pytest.mark.parametrize("text", ["9**9**9**9", "9**9**9", "-9**9**9*0", "exp(exp(exp(9)))", "1/0", "0/0", "log(0)",
                                  "log(-1)", "sqrt(-1)", "(-8)**(1/3)", "0**-1", "1e308*10"])  # fmt: skip
def test_what_is_not_finite_is_an_answer(text: str) -> None:
    graph = read_expression(text)
    trace = light(lambda: trace_graph(graph, {}), 50)
    assert trace.not_finite is not None
    *_, last = light(lambda: graph_steps(trace), 50)
    assert last.remarks[-1].kind == "not_finite"
    assert last.remarks[-1].ref in last.writes


@pytest.mark.parametrize("word", ["__import__", "eval", "lambda", "import", "None", "self", "e", "pi", "if"])
def test_any_word_is_a_name_and_no_more(word: str) -> None:
    graph = read_expression(f"f = {word} * 2")
    assert [node.name for node in graph.inputs] == [word]
    assert trace_graph(graph, {word: 3.0}).known("value", graph.output.id) == 6.0


LIMITS: list[tuple[dict[str, int], str, str]] = [
    ({"characters": 5}, "x + y", " "),
    ({"name_characters": 3}, "abc", "d"),
    ({"depth": 3}, "((x))", "("),
    ({"nodes": 3}, "x+y", "+z"),
]


@pytest.mark.parametrize(("limit", "fits", "more"), LIMITS, ids=[next(iter(one[0])) for one in LIMITS])
def test_a_limit_is_named_and_holds_to_the_last(limit: dict[str, Any], fits: str, more: str) -> None:
    limits = GraphLimits(**limit)
    read_expression(fits, limits)
    over = f"{more}{fits})" if more == "(" else fits + more
    with pytest.raises(ExpressionTooLarge) as caught:
        read_expression(over, limits)
    assert {caught.value.name: caught.value.value} == limit
    assert f"at most {caught.value.value}" in caught.value.words
