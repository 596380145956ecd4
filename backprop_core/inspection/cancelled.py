r"""What a cost makes of the slope: the error of one output, factor by factor, in the symbols of a text.

Under a squared cost σ′(z), or the Jacobian of softmax, stays in the product; under its cross-entropy the same factor
stands below and above and is struck through, as \cancel{…}, in symbols and with the numbers.
"""

from dataclasses import dataclass
from functools import cached_property

from backprop_core.inspection.pushed import cost_symbol, slope_symbol
from backprop_core.inspection.telling import Teller
from backprop_core.references import Reference
from backprop_core.textbooks import sums
from backprop_core.textbooks.pieces import Line, Number, Piece, Symbol
from backprop_core.textbooks.short_form import long_form_holds, target_factor

Pieces = tuple[Piece, ...]

TITLES = {
    "sigmoid": "The slope of the output",
    "softmax": "An entry of the Jacobian of softmax",
}
TERMS = 4
"""Terms of a sum over classes that are written out with their fractions."""


def error_told(teller: Teller, j: int) -> tuple[Line, ...]:
    """δ of output ``j``: ∂C/∂a, the slope, their product and a gradient of a weight; only one that cancels is struck.

    Where an output is so near 0 or 1 that the factors lose their digits, they are told in symbols alone.
    """
    activation = teller.trace.spec.activation(teller.trace.spec.depth)
    told = _Softmax(teller, j) if activation == "softmax" else _Neuron(teller, j)
    slope = told.slope()
    return (
        Line(*told.asked(), "How the cost changes with the output"),
        *((Line(*slope, TITLES[activation]),) if slope is not None else ()),
        Line(*told.error(), "Both together: the error"),
        Line(*told.gradient(), "The gradient of a weight"),
    )


@dataclass(frozen=True)
class _Output:
    """Output neuron ``j`` of a trace: its symbols and numbers, each tied to its reference."""

    teller: Teller
    j: int

    @cached_property
    def last(self) -> int:
        return self.teller.trace.spec.depth

    @cached_property
    def whole(self) -> bool:
        """Whether ∂C/∂a and the slope, taken apart, still make δ."""
        return long_form_holds(self.teller.view, self.last)

    def symbol(self, name: str, *index: int) -> Symbol:
        """The text's symbol of one number; of a derivative that the text scales, plainly ∂C/∂z."""
        one = Reference(name, self.last, index)
        by = {"error": "weighted_input", "activation_gradient": "activation", "example_weight_gradient": "weights"}
        if name not in by:
            return Symbol(self.teller.symbol(one).tex, str(one))
        cost = cost_symbol(self.teller, False, Reference("activation_gradient", self.last, (self.j,)))
        return Symbol(slope_symbol(self.teller, Reference(by[name], self.last, index), one, cost), str(one))

    def number(self, name: str, *index: int, paren: bool = False, result: bool = False) -> Number:
        """One number as the engine has it."""
        return self.teller.view.number(name, self.last, *index, paren=paren, result=result)

    def difference(self, k: int) -> tuple[Pieces, Pieces]:
        """a − y of output ``k``, in symbols and with numbers."""
        symbols = (self.symbol("activation", k), "-", self.symbol("target", k))
        return symbols, (self.number("activation", k), "-", self.number("target", k, paren=True))

    def input(self) -> tuple[Symbol, Number]:
        """What the first weight of the neuron is multiplied by."""
        l = self.teller.trace.spec.sources(self.last)[0]
        one = Reference("activation", l, (0,))
        return Symbol(self.teller.symbol(one).tex, str(one)), Number(self.teller.raw(one), str(one), paren=True)

    def gradient_of(self, symbols: Pieces, numbers: Pieces) -> tuple[Pieces, Pieces]:
        """The derivative by the first weight, as the product of what is given and the input."""
        own, result = ("example_weight_gradient", self.j, 0), "="
        (x, value) = self.input()
        head = self.symbol(*own)
        return (head, "=", *symbols, r"\,", x), (*numbers, r"\cdot ", value, result, self.number(*own, result=True))


@dataclass(frozen=True)
class _Neuron(_Output):
    """An output whose slope is its own: δ = ∂C/∂a · σ′(z)."""

    def _factor(self) -> str:
        return "2" if self.teller.trace.spec.cost == "squared_error" else ""

    def _bracketed(self) -> tuple[Pieces, Pieces]:
        symbols, numbers = self.difference(self.j)
        return (f"{self._factor()}(", *symbols, ")"), (rf"{self._factor()}\left(", *numbers, r"\right)")

    def asked(self) -> tuple[Pieces, Pieces]:
        head = self.symbol("activation_gradient", self.j)
        symbols, numbers = self.difference(self.j)
        result = ("=", self.number("activation_gradient", self.j, result=True))
        if not self.teller.trace.spec.fused:
            symbols, numbers = (symbols, numbers) if not self._factor() else self._bracketed()
            return (head, "=", *symbols), (*numbers, *result)
        a, y = self.symbol("activation", self.j), self.symbol("target", self.j)
        value = self.number("activation", self.j)
        told = (
            head,
            r"=\frac{1-",
            y,
            "}{1-",
            a,
            r"}-\frac{",
            y,
            "}{",
            a,
            r"}=\frac{",
            *symbols,
            "}{",
            a,
            "(1-",
            a,
            ")}",
        )
        below = (r"\frac{", *numbers, "}{", value, r"\left(1-", value, r"\right)}")
        return told, (*below, *result) if self.whole else ()

    def slope(self) -> tuple[Pieces, Pieces] | None:
        if self.teller.trace.spec.activation(self.last) != "sigmoid":
            return None
        a, value = self.symbol("activation", self.j), self.number("activation", self.j)
        numbers = (value, r"\left(1-", value, r"\right)=", self.number("activation_slope", self.j, result=True))
        return (self.symbol("activation_slope", self.j), "=", a, "(1-", a, ")"), numbers

    def error(self) -> tuple[Pieces, Pieces]:
        delta, asked = self.symbol("error", self.j), self.symbol("activation_gradient", self.j)
        slope, value = self.symbol("activation_slope", self.j), self.number("activation_slope", self.j)
        symbols, numbers = self.difference(self.j)
        result = ("=", self.number("error", self.j, result=True))
        product = (delta, "=", asked, r"\cdot ", slope)
        if not self.teller.trace.spec.fused:
            symbols, numbers = self._bracketed()
            return (*product, "=", *symbols, r"\cdot ", slope), (*numbers, r"\cdot ", value, *result)
        struck = (r"=\frac{", *symbols, r"}{\cancel{", slope, r"}}\cdot\cancel{", slope, "}=", *symbols)
        above = (r"\frac{", *numbers, r"}{\cancel{", value, r"}}\cdot\cancel{", value, "}=") if self.whole else ()
        return (*product, *struck), (*above, *numbers, *result)

    def gradient(self) -> tuple[Pieces, Pieces]:
        symbols, numbers = self._bracketed()
        if not self.teller.trace.spec.fused:
            symbols = (*symbols, r"\cdot ", self.symbol("activation_slope", self.j))
            numbers = (*numbers, r"\cdot ", self.number("activation_slope", self.j))
        return self.gradient_of(symbols, numbers)


@dataclass(frozen=True)
class _Softmax(_Output):
    """An output of softmax: δ_j = Σ_k ∂C/∂a_k · ∂a_k/∂z_j, for every output feels z_j."""

    @cached_property
    def right(self) -> int:
        """The output that should have the largest share."""
        return int(self.teller.view.array("target", self.last).argmax())

    def _share(self, k: int) -> str:
        """∂a_k/∂z_j is a_k times this, less a_j."""
        return "1" if k == self.j else "0"

    def asked(self) -> tuple[Pieces, Pieces]:
        k, spec = self.right, self.teller.trace.spec
        head = self.symbol("activation_gradient", k)
        result = ("=", self.number("activation_gradient", k, result=True))
        if spec.fused:
            fraction = (head, r"=-\frac{", self.symbol("target", k), "}{", self.symbol("activation", k), "}")
            told = (r"-\frac{", self.number("target", k), "}{", self.number("activation", k), "}", *result)
            return fraction, told if self.whole else ()
        symbols, numbers = self.difference(k)
        if spec.cost == "squared_error":
            symbols, numbers = ("2(", *symbols, ")"), (r"2\left(", *numbers, r"\right)")
        return (head, "=", *symbols), (*numbers, *result)

    def slope(self) -> tuple[Pieces, Pieces]:
        k, own = self.right, ("activation_jacobian", self.right, self.j)
        a, value = self.symbol("activation", k), self.number("activation", k)
        less = (rf"\left({self._share(k)}-", self.number("activation", self.j), r"\right)")
        symbols = (self.symbol(*own), "=", a, f"({self._share(k)}-", self.symbol("activation", self.j), ")")
        return symbols, (value, *less, "=", self.number(*own, result=True))

    def error(self) -> tuple[Pieces, Pieces]:
        delta, result = self.symbol("error", self.j), ("=", self.number("error", self.j, result=True))
        view = self.teller.view
        factors = [("activation_gradient", k) for k in range(view.spec.sizes[self.last])]
        entries = [("activation_jacobian", k, self.j) for _, k in factors]
        product = sums.symbols_of(len(factors), lambda k: (self.symbol(*factors[k]), self.symbol(*entries[k])))
        if view.spec.fused:
            return self._struck((delta, "=", *product), result)
        values = view.array("activation_gradient", self.last) * view.array("activation_jacobian", self.last)[:, self.j]
        told = sums.products_of(
            [float(one) for one in values], lambda k: (self.number(*factors[k]), self.number(*entries[k]))
        )
        return (delta, "=", *product), (*told, *result)

    def _struck(self, head: Pieces, result: Pieces) -> tuple[Pieces, Pieces]:
        """The terms of the classes that are wanted at all, with the share of each struck out."""
        target = self.teller.view.array("target", self.last)
        wanted = [k for k in range(len(target)) if target[k] != 0.0]
        symbols, numbers = self.difference(self.j)
        in_symbols, in_numbers = target_factor(self.teller.view, self.last, r"\Big(\sum_k y_k\Big)")
        end = (*in_numbers, *numbers, *result)
        if not wanted or len(wanted) > TERMS:
            return (*head, "=", *in_symbols, *symbols), end
        struck: list[Piece] = ["="]
        above: list[Piece] = []
        for k in wanted:
            a, value = self.symbol("activation", k), self.number("activation", k)
            less = rf"\cdot({self._share(k)}-"
            struck += [r"-\frac{", self.symbol("target", k), r"}{\cancel{", a, r"}}\cdot\cancel{", a, "}", less]
            struck += [self.symbol("activation", self.j), ")"]
            above += [r"-\frac{", self.number("target", k), r"}{\cancel{", value, r"}}\cdot\cancel{", value, "}", less]
            above += [self.number("activation", self.j), ")"]
        told = (*head, *struck, "=", *in_symbols, *symbols)
        return told, (*above, "=", *end) if self.whole else end

    def gradient(self) -> tuple[Pieces, Pieces]:
        return self.gradient_of((self.symbol("error", self.j),), (self.number("error", self.j, paren=True),))
