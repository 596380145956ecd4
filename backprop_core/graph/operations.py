"""Operations: what a node makes of its operands, each with its local derivatives beside it.

A formula is written with @0, @1, … for the operands and @v for the value; ~0 is an operand that wants parentheses
where it is negative. What networks have too, such as the sigmoid, is taken from the table of activations.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from backprop_core.activations import ACTIVATIONS

Numbers = Sequence[np.float64]
Slope = Callable[[Numbers, np.float64, int], float]
"""(operands, value, place) → ∂value/∂operand at that place."""


@dataclass(frozen=True, slots=True)
class Operation:
    """``value(operands)``, ``slope(operands, value, place)``, and both as formulas.

    ``slope_tex(operands, place)`` is the formula that holds there. ``many`` tells that there may be any number of
    operands from two on; ``side(operands)`` names the piece of a function with corners that holds there, and at a
    corner says so with ``None``.
    """

    name: str
    sign: str
    tex: str
    value: Callable[[Numbers], float]
    slope: Slope
    slope_tex: Callable[[Numbers, int], str]
    many: bool = False
    side: Callable[[Numbers], int | None] | None = None

    def read_by_slope(self, place: int, count: int) -> tuple[list[int], bool]:
        """Which of ``count`` operands the slope at ``place`` is made of, and whether the value is."""
        if self.side or self.slope_tex is _power_tex:
            return [*range(count)], False  # the numbers decide which formula holds
        formula = self.slope_tex((), place)
        return [k for k in range(count) if re.search(f"[@~]{k}", formula)], "v" in re.findall("[@~](.)", formula)


def _table(*rows: Operation) -> dict[str, Operation]:
    return {row.name: row for row in rows}


def _fixed(*formulas: str) -> Callable[[Numbers, int], str]:
    return lambda x, place: formulas[place]


def _activation(name: str) -> tuple[Callable[[Numbers], float], Slope]:
    """σ and σ′ of networks, for one number; σ′(0) of ReLU is 0."""
    rule = ACTIVATIONS[name]

    def value(x: Numbers) -> float:
        a = np.empty(())
        for call in rule.value(np.asarray(x[0]), a):
            call()
        return float(a)

    def slope(x: Numbers, v: np.float64, place: int) -> float:
        s = np.empty(())
        assert rule.slope is not None
        for call in rule.slope(np.asarray(x[0]), np.asarray(v), s, 0.0):
            call()
        return float(s)

    return value, slope


def _power_slope(x: Numbers, v: np.float64, place: int) -> float:
    base, exponent = x
    if place == 0:
        return 0.0 if exponent == 0 else float(exponent * base ** (exponent - 1))
    return 0.0 if base == 0 and exponent > 0 else float(base**exponent * np.log(base))


def _power_tex(x: Numbers, place: int) -> str:
    base, exponent = x
    if (place == 0 and exponent == 0) or (place == 1 and base == 0 and exponent > 0):
        return "0"
    return r"@1\cdot ~0^{@1-1}" if place == 0 else r"~0^{@1}\cdot\ln(@0)"


def _share(choose: Callable[[Numbers], np.float64]) -> Slope:
    """1 where an operand alone is the largest (or smallest) of all; where several are, they share it."""

    def slope(x: Numbers, v: np.float64, place: int) -> float:
        best = choose(x)
        return (1.0 / x.count(best)) if x[place] == best else 0.0

    return slope


def _share_tex(choose: Callable[[Numbers], np.float64]) -> Callable[[Numbers, int], str]:
    def tex(x: Numbers, place: int) -> str:
        best = choose(x)
        among = x.count(best)
        return "0" if x[place] != best else "1" if among == 1 else rf"\frac{{1}}{{{among}}}"

    return tex


def _winner(choose: Callable[[Numbers], np.float64]) -> Callable[[Numbers], int | None]:
    def side(x: Numbers) -> int | None:
        best = choose(x)
        return list(x).index(best) if sum(one == best for one in x) == 1 else None

    return side


def _sign(x: Numbers) -> int | None:
    return int(np.sign(x[0])) or None if np.isfinite(x[0]) else 1


SIGMOID, TANH, RELU, SOFTPLUS = (_activation(name) for name in ("sigmoid", "tanh", "relu", "softplus"))

OPERATIONS = _table(
    Operation("add", "+", "@0+~1", lambda x: x[0] + x[1], lambda x, v, k: 1.0, _fixed("1", "1")),
    Operation("subtract", "−", "@0-~1", lambda x: x[0] - x[1], lambda x, v, k: -1.0 if k else 1.0, _fixed("1", "-1")),
    Operation("multiply", "×", r"@0\cdot ~1", lambda x: x[0] * x[1], lambda x, v, k: x[1 - k], _fixed("@1", "@0")),
    Operation(
        "divide",
        "÷",
        r"\frac{@0}{@1}",
        lambda x: x[0] / x[1],
        lambda x, v, k: -(x[0] / x[1]) / x[1] if k else 1.0 / x[1],
        _fixed(r"\frac{1}{@1}", r"-\frac{@0}{~1^{2}}"),
    ),
    Operation("power", "xʸ", "~0^{@1}", lambda x: x[0] ** x[1], _power_slope, _power_tex),
    Operation("negate", "−", "-~0", lambda x: -x[0], lambda x, v, k: -1.0, _fixed("-1")),
    Operation("identity", "=", "@0", lambda x: x[0], lambda x, v, k: 1.0, _fixed("1")),
    Operation("exp", "exp", "e^{@0}", lambda x: np.exp(x[0]), lambda x, v, k: np.exp(x[0]), _fixed("e^{@0}")),
    Operation("log", "ln", r"\ln(@0)", lambda x: np.log(x[0]), lambda x, v, k: 1.0 / x[0], _fixed(r"\frac{1}{@0}")),
    Operation(
        "sqrt",
        "√",
        r"\sqrt{@0}",
        lambda x: np.sqrt(x[0]),
        lambda x, v, k: 0.5 / np.sqrt(x[0]),
        _fixed(r"\frac{1}{2\cdot\sqrt{@0}}"),
    ),
    Operation("sin", "sin", r"\sin(@0)", lambda x: np.sin(x[0]), lambda x, v, k: np.cos(x[0]), _fixed(r"\cos(@0)")),
    Operation("cos", "cos", r"\cos(@0)", lambda x: np.cos(x[0]), lambda x, v, k: -np.sin(x[0]), _fixed(r"-\sin(@0)")),
    Operation("tanh", "tanh", r"\tanh(@0)", *TANH, _fixed("1-~v^{2}")),
    Operation("sigmoid", "σ", r"\sigma(@0)", *SIGMOID, _fixed(r"@v\cdot(1-@v)")),
    Operation(
        "relu",
        "ReLU",
        r"\max(0,@0)",
        *RELU,
        lambda x, place: "1" if x[0] > 0 else "0",
        side=_sign,
    ),
    Operation("softplus", "softplus", r"\ln(1+e^{@0})", *SOFTPLUS, _fixed(r"\sigma(@0)")),
    Operation(
        "abs",
        "| |",
        "|@0|",
        lambda x: abs(x[0]),
        lambda x, v, k: np.sign(x[0]),
        lambda x, place: str(int(np.sign(x[0]))) if np.isfinite(x[0]) else "1",
        side=_sign,
    ),
    Operation("max", "max", r"\max", max, _share(max), _share_tex(max), many=True, side=_winner(max)),
    Operation("min", "min", r"\min", min, _share(min), _share_tex(min), many=True, side=_winner(min)),
)
"""Name → operation; the sign is what stands in a node."""

FUNCTIONS = tuple(
    name for name in OPERATIONS if name not in ("add", "subtract", "multiply", "divide", "power", "negate", "identity")
)
"""Names that are called with parentheses."""
