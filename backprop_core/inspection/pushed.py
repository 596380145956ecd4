"""A push told: what the derivative promised and what happened, in the symbols of a text, and what the demon can gain.

The numbers are those of ``laboratory.demon``; here they only get their names and their equations.
"""

from dataclasses import dataclass, fields

from backprop_core.inspection.inspect import name_of
from backprop_core.inspection.reasons import reasons
from backprop_core.inspection.telling import Teller, as_letters, kind_of
from backprop_core.inspection.walk import product
from backprop_core.laboratory.chain import chain
from backprop_core.laboratory.demon import Nudged, push
from backprop_core.laboratory.push import Push
from backprop_core.references import Reference
from backprop_core.textbooks.numbers import plain
from backprop_core.textbooks.pieces import Line, Number
from backprop_core.textbooks.words import derivative
from backprop_core.trace import Trace

NOTHING = 1e-3
"""Share of C up to which what a push of 1 would gain counts as nothing."""
_PRODUCTS = {
    "weights": "example_weight_gradient",
    "biases": "example_bias_gradient",
    "weighted_input": "error",
    "activation": "activation_gradient",
}
"""What is pushed, and the derivative of C_x by it, which is a product along a chain."""
_CALLED = {"weights": "weight", "biases": "bias", "activation": "activation"}


@dataclass(frozen=True, slots=True)
class ChainSymbol:
    """What a text writes for one number of a chain and for the derivative of the next number by it, as TeX."""

    tex: str
    sensitivity: str


@dataclass(frozen=True, slots=True)
class TextOfNudge:
    """A push in the words of a text: names and symbols as TeX, its derivation, and the answer to the demon's question.

    ``cost_text`` is the symbol of C as plain text. ``chain_product`` is the derivative as the product of the
    sensitivities from the pushed number to the cost, of a chain only.
    """

    name: str
    tex: str
    derivative_tex: str
    cost_tex: str
    cost_text: str
    cost_words: str
    derivation: Line
    question: str
    sentence: str
    reasons: tuple[str, ...]
    chain_symbols: tuple[ChainSymbol, ...]
    chain_product: Line | None


@dataclass(frozen=True, slots=True)
class NudgeTold(Nudged):
    """What the demon did, and how a text says it."""

    told: TextOfNudge


def tell_push(
    trace: Trace, ref: str, change: float, textbook: str = "nielsen", example: int = 0, halvings: int = 5
) -> NudgeTold:
    """``push`` in the words of ``textbook``; raises what ``push`` does, and ``KeyError`` for an unknown textbook."""
    teller = Teller(trace, textbook, example)
    found = push(trace, ref, change, example, halvings)
    told = _told(teller, found, Reference.read(found.ref, trace), Reference.read(found.derivative_ref, trace))
    return NudgeTold(**{one.name: getattr(found, one.name) for one in fields(Nudged)}, told=told)


def _told(teller: Teller, found: Nudged, one: Reference, slope: Reference) -> TextOfNudge:
    tex, cost_tex = number_symbol(teller, one), cost_symbol(teller, found.of_mean, slope)
    slope_tex = slope_symbol(teller, one, slope, cost_tex)
    cost_text = as_letters(cost_tex)
    is_chain = bool(found.chain)
    small = abs(found.derivative) <= NOTHING * abs(found.cost)
    return TextOfNudge(
        name=f"{_subject(teller, one)} of {_whose(teller, one)}" if one.name != "weights" else _whose(teller, one),
        tex=tex,
        derivative_tex=slope_tex,
        cost_tex=cost_tex,
        cost_text=cost_text,
        cost_words=_cost_words(teller, found.of_mean),
        derivation=_derivation(found, tex, slope_tex, cost_tex),
        question="Which way should the demon push, and how much can it gain?",
        sentence=_sentence(found, cost_text),
        reasons=tuple(remark.text for remark in reasons(teller, one, kind_of(one))) if small else (),
        chain_symbols=_chain_symbols(teller, cost_tex) if is_chain else (),
        chain_product=_chain_product(teller, one) if is_chain else None,
    )


def _subject(teller: Teller, one: Reference) -> str:
    return _CALLED.get(one.name, "weighted input" if one.layer else "value").capitalize()


def _whose(teller: Teller, one: Reference) -> str:
    if one.name == "weights":
        return name_of(teller, one, "weight")
    return teller.neuron(one.layer, one.index[0])


def cost_symbol(teller: Teller, of_mean: bool, slope: Reference) -> str:
    """The symbol that the text's derivative has: a text that writes J for one example too is taken at its word."""
    last = teller.trace.spec.depth
    cost, alone = (teller.symbol(Reference(name, last)).tex for name in ("cost", "costs"))
    is_of_cost = teller.view.m == 1 and f"{cost}}}" in teller.symbol(slope).tex
    return cost if of_mean or is_of_cost else alone


def _plain_input(teller: Teller, one: Reference) -> bool:
    """Whether it is an input that is not activated: one number under two names, and z and δ are not what texts say."""
    return one.layer == 0 and teller.trace.spec.input_activation == "identity"


def number_symbol(teller: Teller, one: Reference) -> str:
    """The text's symbol of a number; an input that is not activated is written as an activation."""
    return teller.symbol(Reference("activation", 0, one.index) if _plain_input(teller, one) else one).tex


def slope_symbol(teller: Teller, one: Reference, slope: Reference, cost_tex: str) -> str:
    """The text's symbol of the derivative; plainly ∂C/∂z where the text's is a multiple of it or of something else."""
    is_its_own = slope.is_per_example or slope.name == "weights" or teller.view.m == 1
    if teller.scale(slope.name) == 1.0 and is_its_own and not (_plain_input(teller, slope)):
        return teller.symbol(slope).tex
    return derivative(cost_tex, number_symbol(teller, one))


def _cost_words(teller: Teller, of_mean: bool) -> str:
    if teller.trace.spec.cost == "output":
        return "the output"
    if teller.view.m == 1:
        return "the cost"
    return "the mean cost of the batch" if of_mean else f"the cost of example {teller.example + 1}"


def _derivation(found: Nudged, tex: str, slope_tex: str, cost_tex: str) -> Line:
    first = found.pushes[0]
    numbers: tuple[str | Number, ...] = ()
    if first.predicted is not None:
        factors = (
            Number(found.derivative, found.derivative_ref, paren=True),
            r"\cdot ",
            Number(first.change, paren=True),
        )
        numbers = (*factors, "=", Number(first.predicted, result=True))
    return Line((rf"\Delta {cost_tex}\approx {slope_tex}\,\Delta {tex}",), numbers, "What the demon gets")


def _sentence(found: Nudged, cost: str) -> str:
    """Which way to push, and what that gains: promised, and in truth."""
    slope, best = found.derivative, found.downhill
    if best is None or best.change == 0.0:
        if slope == 0.0:
            return f"Nothing to gain: the derivative is 0, so {cost} leans neither way here."
        return f"To lower {cost} push it {'down' if slope > 0.0 else 'up'}, against the sign of {plain(slope)}."
    if abs(slope) <= NOTHING * abs(found.cost):
        return (
            f"Next to nothing to gain: the derivative is {plain(slope)}, so even a push of 1 promises to lower {cost}"
            f" = {plain(found.cost)} by less than a thousandth of it."
        )
    way, sign = ("down", "positive") if slope > 0.0 else ("up", "negative")
    return f"Push it {way}: the derivative {plain(slope)} is {sign}. {_gain(best, cost)}"


def _gain(best: Push, cost: str) -> str:
    """What a push that way gains: promised, and in truth."""
    if best.predicted is None or best.actual is None:
        return f"A push of {plain(best.change)} leaves the finite numbers."
    promised = f"A push of {plain(best.change)} promises to lower {cost} by {plain(-best.predicted)}"
    if best.actual < 0.0:
        return f"{promised} and lowers it by {plain(-best.actual)}."
    met = "A corner lies on the way." if best.kinks else "The push is too long: a shorter one gains."
    happens = f"rises by {plain(best.actual)}" if best.actual else "stays where it is"
    return f"{promised}, but {cost} {happens}. {met}"


def _chain_symbols(teller: Teller, cost_tex: str) -> tuple[ChainSymbol, ...]:
    alone = cost_symbol(teller, False, Reference("activation_gradient", teller.trace.spec.depth, (0,)))
    found = []
    for one, slope in chain(teller.trace.spec):
        tex = alone if one.name == "costs" else number_symbol(teller, one)
        found.append(ChainSymbol(tex, slope_symbol(teller, one, slope, alone) if slope else ""))
    return tuple(found)


def _chain_product(teller: Teller, one: Reference) -> Line | None:
    """The derivative of C_x by the number as the product of the sensitivities after it, from the cost back."""
    is_plain = _plain_input(teller, one)
    start = Reference("weighted_input", 0, one.index) if is_plain else one
    factors = [slope for number, slope in chain(teller.trace.spec) if slope and _is_after(number, start)]
    if one.name == "weights":
        factors = [Reference("activation", one.layer - 1, (0,)), *factors]
    result = Reference("activation_gradient" if is_plain else _PRODUCTS[one.name], one.layer, one.index)
    line = product(teller, factors[::-1], teller.scale(result.name), result)
    # A saturated output may have an infinite ∂C/∂a, whose product with a slope of 0 is no number.
    finite = all(abs(piece.value) < float("inf") for piece in line.numbers if isinstance(piece, Number))
    return line if finite and len(factors) > 1 else None


def _is_after(number: Reference, one: Reference) -> bool:
    """Whether ``number`` is ``one`` or comes after it: a parameter comes in at the weighted input of its layer."""
    if number.layer != one.layer:
        return number.layer > one.layer
    return one.name != "activation" or number.name != "weighted_input"
