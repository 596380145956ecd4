"""Links: what any one number is computed from, and every number that is computed from it, across both passes.

Both are read off the equations entry by entry; a number of every example is linked within its own example.
"""

from collections.abc import Iterable, Iterator

from backprop_core.laboratory import motion_links
from backprop_core.references import Reference
from backprop_core.trace import Trace
from backprop_core.wiring import sender_of

Links = tuple[Reference, ...]


def operands(trace: Trace, of: Reference) -> Links:
    """The numbers that ``of`` is computed from, in the order its equation has them; none for what was given.

    A mean over the batch is made of the number of the same name of every example, told once.
    """
    return tuple(dict.fromkeys(_known(trace, _FROM.get(of.name, _given)(trace, of))))


def readers(trace: Trace, of: Reference) -> Links:
    """The numbers whose equation reads ``of``, forward pass first."""
    return tuple(dict.fromkeys(_known(trace, _TO.get(of.name, _given)(trace, of))))


def _given(_trace: Trace, _of: Reference) -> Iterator[Reference]:
    return iter(())


def _all(trace: Trace, name: str, l: int) -> Iterator[Reference]:
    return (Reference(name, l, (j,)) for j in range(trace.spec.sizes[l]))


def _weighted_input(trace: Trace, of: Reference) -> Iterator[Reference]:
    l, (j,) = of.layer, of.index
    if l == 0:
        return
    for k in range(trace.spec.input_size(l)):
        yield Reference("weights", l, (j, k))
        yield _entering(trace, l, k)
    yield Reference("biases", l, (j,))
    yield from (Reference("activation", other, (j,)) for other in trace.spec.adds(l))


def _entering(trace: Trace, l: int, k: int) -> Reference:
    """The activation that column ``k`` of the weights of layer ``l`` is multiplied with."""
    source, sent = sender_of(trace.spec.layers, trace.spec.sizes, l, k)
    return Reference("activation", source, (sent,))


def _activation(trace: Trace, of: Reference) -> Iterator[Reference]:
    l = of.layer
    if trace.spec.activation(l) == "softmax":
        yield from _all(trace, "weighted_input", l)
    else:
        yield Reference("weighted_input", l, of.index)


def _slope(trace: Trace, of: Reference) -> Iterator[Reference]:
    # The slope of the identity is 1 whatever comes in.
    if trace.spec.activation(of.layer) != "identity":
        yield Reference("weighted_input", of.layer, of.index)
        yield Reference("activation", of.layer, of.index)


def _jacobian(_trace: Trace, of: Reference) -> Iterator[Reference]:
    for place in dict.fromkeys(of.index):
        yield Reference("activation", of.layer, (place,))


def _costs(trace: Trace, of: Reference) -> Iterator[Reference]:
    yield from _all(trace, "activation", of.layer)
    if trace.spec.has_target:
        yield from _all(trace, "target", of.layer)


def _activation_gradient(trace: Trace, of: Reference) -> Iterator[Reference]:
    l, (j,) = of.layer, of.index
    if l < trace.spec.depth:
        for one in trace.spec.readers(l):
            for k in range(trace.spec.sizes[one.layer]):
                yield Reference("weights", one.layer, (k, one.first + j))
                yield Reference("error", one.layer, (k,))
        yield from (Reference("error", other, (j,)) for other in trace.spec.adders(l))
    elif trace.spec.has_target:
        yield Reference("activation", l, of.index)
        yield Reference("target", l, of.index)


def _error(trace: Trace, of: Reference) -> Iterator[Reference]:
    l, is_softmax = of.layer, trace.spec.activation(of.layer) == "softmax"
    if l == trace.spec.depth and trace.spec.fused:
        yield Reference("activation", l, of.index)
        # With softmax a_j is weighted by the sum of all targets, which is 1 for shares.
        yield from _all(trace, "target", l) if is_softmax else [Reference("target", l, of.index)]
    elif is_softmax:
        for k in range(trace.spec.sizes[l]):
            yield Reference("activation_jacobian", l, (k, of.index[0]))
            yield Reference("activation_gradient", l, (k,))
    else:
        yield Reference("activation_gradient", l, of.index)
        yield Reference("activation_slope", l, of.index)


def _example_weight_gradient(trace: Trace, of: Reference) -> Iterator[Reference]:
    l, (j, k) = of.layer, of.index
    yield Reference("error", l, (j,))
    yield _entering(trace, l, k)


_FROM = {
    "weighted_input": _weighted_input,
    "activation": _activation,
    "activation_slope": _slope,
    "activation_jacobian": _jacobian,
    "costs": _costs,
    "cost": lambda _, of: iter([Reference("costs", of.layer)]),
    "activation_gradient": _activation_gradient,
    "error": _error,
    "example_weight_gradient": _example_weight_gradient,
    "example_bias_gradient": lambda _, of: iter([Reference("error", of.layer, of.index)]),
    "weight_gradient": lambda _, of: iter([Reference("example_weight_gradient", of.layer, of.index)]),
    "bias_gradient": lambda _, of: iter([Reference("example_bias_gradient", of.layer, of.index)]),
    **dict.fromkeys(motion_links.WRITTEN, motion_links.sources),
}


def _to_of_parameter(trace: Trace, of: Reference) -> Iterator[Reference]:
    yield Reference("weighted_input", of.layer, of.index[:1])
    if of.name == "weights":
        entering = _entering(trace, of.layer, of.index[1])
        yield Reference("activation_gradient", entering.layer, entering.index)
    yield from motion_links.targets(trace, of)


def _to_of_weighted_input(trace: Trace, of: Reference) -> Iterator[Reference]:
    l, kind = of.layer, trace.spec.activation(of.layer)
    yield from _all(trace, "activation", l) if kind == "softmax" else [Reference("activation", l, of.index)]
    if kind != "identity":
        yield Reference("activation_slope", l, of.index)


def _to_of_activation(trace: Trace, of: Reference) -> Iterator[Reference]:
    l, (j,), kind = of.layer, of.index, trace.spec.activation(of.layer)
    if kind == "softmax":
        others = [k for k in range(trace.spec.sizes[l]) if k != j]
        places = [(j, j), *((j, k) for k in others), *((k, j) for k in others)]
        yield from (Reference("activation_jacobian", l, place) for place in places)
    elif kind != "identity":
        yield Reference("activation_slope", l, of.index)
    if l < trace.spec.depth:
        for one in trace.spec.readers(l):
            yield from _all(trace, "weighted_input", one.layer)
            column, rows = one.first + j, range(trace.spec.sizes[one.layer])
            yield from (Reference("example_weight_gradient", one.layer, (i, column)) for i in rows)
        yield from (Reference("weighted_input", other, (j,)) for other in trace.spec.adders(l))
        return
    yield Reference("costs", l)
    if trace.spec.has_target:
        yield Reference("activation_gradient", l, of.index)
    if trace.spec.fused:
        yield Reference("error", l, of.index)


def _to_of_target(trace: Trace, of: Reference) -> Iterator[Reference]:
    l = of.layer
    yield Reference("costs", l)
    yield Reference("activation_gradient", l, of.index)
    if trace.spec.fused:
        softmax = trace.spec.activation(l) == "softmax"
        yield from _all(trace, "error", l) if softmax else [Reference("error", l, of.index)]


def _to_of_factor(trace: Trace, of: Reference) -> Iterator[Reference]:
    """What arrives at a neuron, a slope, an entry of a Jacobian: factors of an error that is not in short form."""
    l = of.layer
    if l == trace.spec.depth and trace.spec.fused:
        return
    if trace.spec.activation(l) == "softmax" and of.name == "activation_gradient":
        yield from _all(trace, "error", l)
    else:
        yield Reference("error", l, of.index[-1:])


def _to_of_error(trace: Trace, of: Reference) -> Iterator[Reference]:
    l = of.layer
    if l:
        for source in trace.spec.sources(l):
            yield from _all(trace, "activation_gradient", source)
        yield from (Reference("activation_gradient", other, of.index) for other in trace.spec.adds(l))
        yield from (Reference("example_weight_gradient", l, (*of.index, k)) for k in range(trace.spec.input_size(l)))
        yield Reference("example_bias_gradient", l, of.index)


def _to_of_gradient(trace: Trace, of: Reference) -> Iterator[Reference]:
    name = of.name.removeprefix("example_")
    yield from [Reference(name, of.layer, of.index)] if name != of.name else motion_links.targets(trace, of)


def _to_of_rate(trace: Trace, _of: Reference) -> Iterator[Reference]:
    for l in range(1, trace.spec.depth + 1):
        places = (divmod(at, trace.spec.input_size(l)) for at in range(trace.memory["weights", l].size))
        yield from (Reference("updated_weights", l, place) for place in places)
        if not trace.freeze_biases:
            yield from _all(trace, "updated_biases", l)


_TO = {
    "weights": _to_of_parameter,
    "biases": _to_of_parameter,
    "weighted_input": _to_of_weighted_input,
    "activation": _to_of_activation,
    "activation_slope": _to_of_factor,
    "activation_jacobian": _to_of_factor,
    "activation_gradient": _to_of_factor,
    "target": _to_of_target,
    "costs": lambda _, of: iter([Reference("cost", of.layer)]),
    "error": _to_of_error,
    "example_weight_gradient": _to_of_gradient,
    "example_bias_gradient": _to_of_gradient,
    "weight_gradient": _to_of_gradient,
    "bias_gradient": _to_of_gradient,
    "learning_rate": _to_of_rate,
    **dict.fromkeys(motion_links.READ, motion_links.targets),
}


def _known(trace: Trace, these: Iterable[Reference]) -> Iterator[Reference]:
    for one in these:
        is_there = one.quantity in trace.memory and (trace.program_updates or not one.name.startswith("updated_"))
        if is_there and (trace.spec.bias or not one.name.endswith("bias_gradient")):
            yield one
