"""Derivations of every kind of network in the words of every text, for the tests of their writers."""

from collections.abc import Iterator
from functools import cache

from backprop_core import COSTS, OPTIMIZERS, TEXTBOOKS, LayerSpec, NetworkSpec, OptimizerSpec, Trace
from backprop_core.derivations import Derivation, derive
from tests.core.strategies import HIDDEN, filled, outputs_for

WIRED = NetworkSpec(2, (LayerSpec(2, "tanh"), LayerSpec(2, "relu", (1, 0), (1,)), LayerSpec(1, sources=(2, 1, 0))))
"""Layers that skip, join and are added."""


@cache
def traces() -> tuple[Trace, ...]:
    """Every activation, hidden and with every cost it goes with at the output; batches; more than eight neurons."""
    found = [
        _trace((2, 3, 1 if cost == "output" else 2), "sigmoid", out, cost)
        for cost in COSTS
        for out in outputs_for(cost)
    ]
    found.append(filled(WIRED, 7, 2).trace())
    found += [_trace((2, 2, 2), hidden, "softmax", "cross_entropy", m=3) for hidden in HIDDEN]
    found += [_trace((11, 12, 10), "relu", "sigmoid", "quadratic"), _trace((9, 2), "tanh", "tanh", "quadratic", m=12)]
    found += [_trace((2, 2, 1), "tanh", "identity", "quadratic", bias=False), overflowing()]
    return (*_moved(), *found)


def _moved() -> list[Trace]:
    """By every rule, with a price on the weights."""
    case = filled(NetworkSpec(2, (LayerSpec(2), LayerSpec(1))), 7, 2)
    return [case.trace(optimizer=OptimizerSpec(name, l1=0.01, l2=0.02)) for name in OPTIMIZERS]


def _trace(sizes: tuple[int, ...], hidden: str, output: str, cost: str, m: int = 1, *, bias: bool = True) -> Trace:
    inner = tuple(LayerSpec(size, hidden) for size in sizes[1:-1])
    spec = NetworkSpec(inputs=sizes[0], layers=(*inner, LayerSpec(sizes[-1], output)), cost=cost, bias=bias)
    return filled(spec, 7, m).trace()


def overflowing() -> Trace:
    """A trace that ends where a number is no longer finite."""
    spec = NetworkSpec(inputs=1, layers=(LayerSpec(1, "identity"), LayerSpec(1, "identity")), cost="quadratic")
    case = filled(spec, 3, 1)
    for weights in case.parameters.weights:
        weights[:] = 1e200
    return case.trace()


@cache
def derivations(textbook: str) -> tuple[Derivation, ...]:
    """All of them in the words of one text, and two told more coarsely and more finely."""
    whole = [derive(trace, textbook) for trace in traces()]
    small, batch = traces()[0], traces()[-4]
    whole += [derive(small, textbook, granularity) for granularity in ("pass", "layer", "neuron", "term")]
    whole += [derive(batch, textbook, "term", count=40), derive(traces()[-5], textbook, "neuron", count=60)]
    return tuple(whole)


def formulas(derivation: Derivation) -> Iterator[str]:
    """Every formula of its equations."""
    for passage in derivation.passages:
        for equation in passage.equations + passage.derivation:
            yield from filter(None, (equation.symbols, equation.numbers))


def sentences(derivation: Derivation) -> Iterator[str]:
    """Everything in it that is words."""
    yield from (derivation.title, derivation.source, *derivation.about)
    for passage in derivation.passages:
        yield from (passage.name, passage.place, passage.sentence, passage.shapes, *passage.remarks)
        for equation in passage.equations + passage.derivation:
            yield from (equation.title, equation.place)


ALL = tuple(TEXTBOOKS)
