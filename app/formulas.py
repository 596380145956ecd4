"""Symbolic differentiation with SymPy: run as a process of its own, a graph's nodes in, formulas and counts out.

It is a script that imports nothing of this service. SymPy can take minutes, and gigabytes, over a short expression, so
whoever asks ends this process when its time is over; nothing here is parsed or evaluated as code.
"""

import json
import math
import operator
import re
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

NOT_INSTALLED = 3
"""Exit status where there is no SymPy."""

MEMORY = 1 << 29
"""Bytes that the process may take, where the system can hold it to that."""

Table = dict[str, Callable[..., Any]]


def builders(sympy: Any) -> Table:
    """What makes SymPy's expression of each operation of a graph."""
    return {
        "add": operator.add,
        "subtract": operator.sub,
        "multiply": operator.mul,
        "divide": operator.truediv,
        "power": operator.pow,
        "negate": operator.neg,
        "identity": lambda x: x,
        "exp": sympy.exp,
        "log": sympy.log,
        "sqrt": sympy.sqrt,
        "sin": sympy.sin,
        "cos": sympy.cos,
        "tanh": sympy.tanh,
        "sigmoid": lambda x: 1 / (1 + sympy.exp(-x)),
        "relu": lambda x: sympy.Max(0, x),
        "softplus": lambda x: sympy.log(1 + sympy.exp(x)),
        "abs": sympy.Abs,
        "max": sympy.Max,
        "min": sympy.Min,
    }


def constant(sympy: Any, number: float) -> Any:
    """A number as SymPy has it: small whole and half ones are exact, as a person writes them, others as they are."""
    if (2.0 * number).is_integer() and abs(number) <= 1000.0:
        return sympy.Rational(int(2.0 * number), 2)
    return sympy.Float(number, precision=53)


def build(sympy: Any, nodes: list[dict[str, Any]]) -> list[Any]:
    """SymPy's expression of every node; a number stands for each that no input reaches."""
    make, built = builders(sympy), list[Any]()
    for k, node in enumerate(nodes):
        if node["operation"] == "input":
            built.append(sympy.Symbol(f"x{k}", real=True))
        elif node["number"] is not None:
            built.append(constant(sympy, node["number"]))
        else:
            built.append(make[node["operation"]](*(built[one] for one in node["operands"])))
    return built


Look = tuple[int, list[Any]]
"""The operations that stand in a part itself, and the parts that they are made of."""


def walked(expressions: Iterable[Any], look: Callable[[Any], Look]) -> dict[Any, Look]:
    """Every different part of the expressions as ``look`` sees it, each after what it is made of."""
    found: dict[Any, Look] = {}
    open_parts: list[tuple[Any, Look | None]] = [(one, None) for one in expressions]
    while open_parts:
        part, seen = open_parts.pop()
        if seen is not None:
            found[part] = seen
        elif part not in found:
            seen = look(part)
            open_parts.append((part, seen))
            open_parts += [(one, None) for one in seen[1]]
    return found


def parts(expression: Any) -> list[Any]:
    """Every different part of an expression as SymPy has it, each after what it is made of."""
    return list(walked([expression], lambda part: (1, list(part.args))))


SORTED = 24
"""Terms of a sum up to which it is found out which one is written first; no longer sum is shown whole."""


def inside(sympy: Any, part: Any) -> Look:
    """A part as it is written down.

    SymPy has x − y as x + (−1)·y and x/y as x·y⁻¹; for a reader each is one operation.
    """
    if part.is_Add:
        terms = part.as_ordered_terms() if len(part.args) <= SORTED else part.args
        return len(terms) - 1, [terms[0], *(-one if is_minus(one) else one for one in terms[1:])]
    if part.is_Mul or (part.is_Pow and part.exp.is_Rational and part.exp.is_negative):
        minus = is_minus(part)
        above, below = (
            [one for one in sympy.Mul.make_args(product) if one != 1]
            for product in sympy.fraction(-part if minus else part, exact=True)
        )
        # A negative number has its sign of its own; −x is x with a sign.
        sign = int(minus and part.as_coeff_Mul()[0] == -1)
        return sign + max(len(above) - 1, 0) + len(below), [*above, *below]
    return int(bool(part.args)), list(part.args)


def is_minus(part: Any) -> bool:
    """Whether it is written with a minus before it."""
    return bool(part.as_coeff_Mul()[0].is_negative)


def counted(sympy: Any, expressions: Iterable[Any]) -> dict[Any, Look]:
    """Every different part of the expressions as they are written down."""
    return walked(expressions, lambda part: inside(sympy, part))


def written(sympy: Any, expression: Any) -> int:
    """Operations of an expression as it is written out, however often the same stands in it."""
    counts: dict[Any, int] = {}
    for part, (own, made) in counted(sympy, [expression]).items():
        counts[part] = own + sum(counts[one] for one in made)
    return counts[expression]


def shared(sympy: Any, expressions: Iterable[Any]) -> int:
    """Operations of all of them where each different part is computed only once."""
    return sum(own for own, _ in counted(sympy, expressions).values())


VALUES: Table = {
    "Add": lambda *x: math.fsum(x),
    "Mul": lambda *x: math.prod(x),
    "Pow": lambda x, y: x**y,
    "exp": math.exp,
    "log": math.log,
    "sin": math.sin,
    "cos": math.cos,
    "tanh": math.tanh,
    "Abs": abs,
    "sign": lambda x: float((x > 0) - (x < 0)),
    "Max": max,
    "Min": min,
    # 0 at the corner of ReLU, as the graph has it.
    "Heaviside": lambda x, at_zero: float(x > 0),
}


def value(expression: Any, numbers: dict[Any, float]) -> float | None:
    """The number that a formula comes to; ``None`` where it is not a finite real one."""
    found: dict[Any, Any] = dict(numbers)
    try:
        for part in parts(expression):
            if part not in found:
                known = VALUES.get(part.func.__name__)
                found[part] = float(part) if known is None else known(*(found[one] for one in part.args))
    except (ArithmeticError, TypeError, ValueError):
        return None
    result = found[expression]
    return float(result) if isinstance(result, float | int) and math.isfinite(result) else None


def cut(sympy: Any, expression: Any, depth: int) -> Any:
    """The expression with dots for everything that lies deeper inside than ``depth``."""
    if not expression.args:
        return expression
    if depth == 0:
        return sympy.Symbol("cut")
    return expression.func(*(cut(sympy, one, depth - 1) for one in expression.args), evaluate=False)


def told(sympy: Any, expression: Any, names: dict[Any, str], longest: int, characters: int) -> dict[str, Any]:
    """A formula as TeX with its counts, cut where it has more than ``longest`` operations or ``characters``."""
    count, shown, tex = written(sympy, expression), expression, ""
    for depth in range(12, -2, -1):
        if written(sympy, shown) <= longest and len(tex := written_out(sympy, shown, names)) <= characters:
            break
        shown = cut(sympy, expression, depth)
    is_cut = shown is not expression
    return {"tex": tex, "cut": is_cut, "operations": count, "shared": shared(sympy, [expression])}


def written_out(sympy: Any, expression: Any, names: dict[Any, str]) -> str:
    """An expression as TeX; a number that is whole is written without a point."""
    names = names | {sympy.Symbol("cut"): r"(\cdots)"}
    tex = sympy.latex(expression, symbol_names=names, ln_notation=True)
    return re.sub(r"(\d)\.0(?!\d)", r"\1", tex)


def differentiate(asked: dict[str, Any]) -> dict[str, Any]:
    """The formula of the last node and its derivatives by the inputs ``by``, each with TeX, counts and value.

    Of the nodes ``ends``, and of the last one, ``growth`` has the counts of all their derivatives.
    """
    sympy = import_module("sympy")
    built = build(sympy, asked["nodes"])
    numbers = {built[k]: node["value"] for k, node in enumerate(asked["nodes"]) if node["operation"] == "input"}
    names = {built[k]: node["tex"] for k, node in enumerate(asked["nodes"]) if node["operation"] == "input"}
    by, most = [built[k] for k in asked["by"]], (asked["longest"], asked["characters"])
    derivatives = [built[-1].diff(one) for one in by]
    each = [*([built[end].diff(one) for one in by] for end in asked["ends"]), derivatives]
    growth = [{"derivatives": sum(written(sympy, one) for one in ones), "shared": shared(sympy, ones)} for ones in each]
    return {
        "formula": told(sympy, built[-1], names, *most),
        "derivatives": [
            {"formula": told(sympy, one, names, *most), "value": value(one, numbers)} for one in derivatives
        ],
        "operations": growth[-1]["derivatives"],
        "shared": growth[-1]["shared"],
        "growth": growth,
    }


def main() -> int:
    """Answer a question, from standard input to standard output, in as many seconds of work as the argument says."""
    try:
        limits = import_module("resource")
        limits.setrlimit(limits.RLIMIT_AS, (MEMORY, MEMORY))
        seconds = int(sys.argv[1])
        limits.setrlimit(limits.RLIMIT_CPU, (seconds, seconds))
    except ImportError:  # a system without such limits; the time that the process is given remains
        pass
    try:
        import_module("sympy")
    except ImportError:
        return NOT_INSTALLED
    json.dump(differentiate(json.load(sys.stdin)), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
