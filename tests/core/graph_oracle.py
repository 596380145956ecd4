"""An oracle for expressions: Python's own reader and its math module, in tests only, and random expressions to judge.

The engine's parser must agree with Python's on every text that both can read.
"""

import ast
import math
import operator
from collections.abc import Callable, Mapping

from hypothesis import strategies as st

BINARY: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: math.pow,
}
FUNCTIONS: dict[str, Callable[..., float]] = {
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "sin": math.sin,
    "cos": math.cos,
    "tanh": math.tanh,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x)),
    "relu": lambda x: max(0.0, x),
    "softplus": lambda x: math.log1p(math.exp(-abs(x))) + max(x, 0.0),
    "abs": abs,
    "max": max,
    "min": min,
}
NAMES = ("x", "y", "z", "w0", "alpha")


class NoNumberError(Exception):
    """Python finds no finite real number."""


def value_of(text: str, values: Mapping[str, float]) -> float:
    """What ``text`` comes to, read by Python and computed with its own floats."""
    names = dict(values)
    found = math.nan
    try:
        for statement in ast.parse(text).body:
            if isinstance(statement, ast.Assign):
                (target,) = statement.targets
                assert isinstance(target, ast.Name)
                found = names[target.id] = _value(statement.value, names)
            else:
                assert isinstance(statement, ast.Expr)
                found = _value(statement.value, names)
    except (ValueError, OverflowError, ZeroDivisionError) as error:
        raise NoNumberError from error
    return found


def _value(node: ast.expr, names: Mapping[str, float]) -> float:
    if isinstance(node, ast.Constant):
        return float(node.value)  # type: ignore[arg-type]
    if isinstance(node, ast.Name):
        return names[node.id]
    if isinstance(node, ast.UnaryOp):
        inside = _value(node.operand, names)
        return -inside if isinstance(node.op, ast.USub) else inside
    if isinstance(node, ast.BinOp):
        found = BINARY[type(node.op)](_value(node.left, names), _value(node.right, names))
    else:
        assert isinstance(node, ast.Call)
        assert isinstance(node.func, ast.Name)
        found = FUNCTIONS[node.func.id](*(_value(part, names) for part in node.args))
    if not math.isfinite(found):
        raise NoNumberError
    return found


numbers = st.one_of(
    st.integers(0, 9).map(str),
    st.floats(0.01, 9, allow_nan=False).map(lambda x: f"{x:.3g}"),
    st.sampled_from(["1e-2", ".5", "3.", "2.5E1"]),
)
blanks = st.sampled_from(["", "", " ", "  "])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(["+", "-", "*", "/", "**"])
    unary = sorted(set(FUNCTIONS) - {"max", "min"})
    return st.one_of(
        # Without parentheses most of the time: precedence is what is to be tried.
        st.builds(lambda a, s, b, gap: f"{a}{gap}{s}{gap}{b}", inner, signs, inner, blanks),
        st.builds(lambda a, s, b: f"{a} {s} {b}", inner, signs, inner),
        st.builds(lambda a, gap: f"({gap}{a}{gap})", inner, blanks),
        st.builds(lambda s, a: f"{s}{a}", st.sampled_from(["-", "+", "--", "- "]), inner),
        st.builds(lambda name, a: f"{name}({a})", st.sampled_from(unary), inner),
        st.builds(lambda name, a: f"{name}({', '.join(a)})", st.sampled_from(["max", "min"]),
                  st.lists(inner, min_size=2, max_size=3)),
    )  # fmt: skip


names_mostly = st.builds(
    lambda name, number, is_number: number if is_number else name,
    st.sampled_from(NAMES),
    numbers,
    st.sampled_from([False, False, False, True]),
)
formulas = st.recursive(names_mostly, _grown, max_leaves=12)


@st.composite
def expressions(draw: st.DrawFn) -> str:
    """One to four statements; each may use the names given before it."""
    count = draw(st.integers(1, 4))
    lines: list[str] = []
    for number in range(count):
        text = draw(formulas)
        if number:
            text = text.replace("w0", f"t{draw(st.integers(0, number - 1))}")
        is_last = number == count - 1
        lines.append(text if is_last and draw(st.booleans()) else f"t{number} = {text}")
    return draw(st.sampled_from(["\n", "; ", "\n\n"])).join(lines)


points = st.fixed_dictionaries({name: st.floats(-3, 3, allow_nan=False).map(lambda x: round(x, 3)) for name in NAMES})
