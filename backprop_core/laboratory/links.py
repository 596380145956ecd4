"""Links: what any one number is computed from, and every number that is computed from it, across both passes.

Both are read off the equations entry by entry; a number of every example is linked within its own example.
"""

from collections.abc import Iterable, Iterator

from backprop_core.references import Reference
from backprop_core.trace import Trace

Links = tuple[Reference, ...]


def operands(trace: Trace, of: Reference) -> Links:
    """The numbers that ``of`` is computed from, in the order its equation has them; none for what was given.

    A mean over the batch is made of the number of the same name of every example, told once.
    """
    return tuple(_known(trace, _FROM.get(of.name, _given)(trace, of)))


def readers(trace: Trace, of: Reference) -> Links:
    """The numbers whose equation reads ``of``, forward pass first."""
    return tuple(one for one in _candidates(trace, of) if of in operands(trace, one))


def _given(_trace: Trace, _of: Reference) -> Iterator[Reference]:
    return iter(())


def _all(trace: Trace, name: str, l: int) -> Iterator[Reference]:
    return (Reference(name, l, (j,)) for j in range(trace.spec.sizes[l]))


def _weighted_input(trace: Trace, of: Reference) -> Iterator[Reference]:
    l, (j,) = of.layer, of.index
    if l == 0:
        return
    for k in range(trace.spec.sizes[l - 1]):
        yield Reference("weights", l, (j, k))
        yield Reference("activation", l - 1, (k,))
    yield Reference("biases", l, (j,))


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
        for k in range(trace.spec.sizes[l + 1]):
            yield Reference("weights", l + 1, (k, j))
            yield Reference("error", l + 1, (k,))
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


def _example_weight_gradient(_trace: Trace, of: Reference) -> Iterator[Reference]:
    l, (j, k) = of.layer, of.index
    yield Reference("error", l, (j,))
    yield Reference("activation", l - 1, (k,))


def _updated(trace: Trace, of: Reference) -> Iterator[Reference]:
    name = of.name.removeprefix("updated_")
    yield Reference(name, of.layer, of.index)
    if name == "weights" or not trace.freeze_biases:
        yield Reference("weight_gradient" if name == "weights" else "bias_gradient", of.layer, of.index)
        yield Reference("learning_rate", trace.spec.depth)


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
    "updated_weights": _updated,
    "updated_biases": _updated,
}


def _candidates(trace: Trace, of: Reference) -> Iterator[Reference]:
    """Numbers that might read ``of``: of its own layer and the two beside it, at the places its index allows."""
    l, index, last = of.layer, of.index, trace.spec.depth
    if of.name == "learning_rate":
        yield from _known(trace, _every_parameter(trace))
        return
    if of.name in ("weights", "weight_gradient", "example_weight_gradient"):
        yield from _known(trace, [Reference("weighted_input", l, index[:1])])
        yield from _known(trace, [Reference("activation_gradient", l - 1, index[1:])])
        names = ("weight_gradient", "updated_weights")
        yield from _known(trace, (Reference(name, l, index) for name in names))
        return
    yield from _of_a_layer(trace, l)
    if l < last:
        yield from _all(trace, "weighted_input", l + 1)
    yield from _known(trace, [Reference("costs", last), Reference("cost", last)])
    if l:
        yield from _all(trace, "activation_gradient", l - 1)
    yield from _gradients(trace, of)


def _every_parameter(trace: Trace) -> Iterator[Reference]:
    for l in range(1, trace.spec.depth + 1):
        places = (divmod(at, trace.spec.sizes[l - 1]) for at in range(trace.memory["weights", l].size))
        yield from (Reference("updated_weights", l, place) for place in places)
        yield from _all(trace, "updated_biases", l)


def _of_a_layer(trace: Trace, l: int) -> Iterator[Reference]:
    names = ("weighted_input", "activation", "activation_slope", "activation_gradient", "error")
    for name in names:
        yield from _known(trace, _all(trace, name, l))
    n = trace.spec.sizes[l]
    if trace.spec.activation(l) == "softmax":
        pairs = (Reference("activation_jacobian", l, (j, k)) for j in range(n) for k in range(n))
        yield from _known(trace, pairs)


def _gradients(trace: Trace, of: Reference) -> Iterator[Reference]:
    l, sizes, name = of.layer, trace.spec.sizes, "example_weight_gradient"
    if of.name == "error" and l:
        yield from (Reference(name, l, (of.index[0], k)) for k in range(sizes[l - 1]))
    if of.name == "activation" and l < trace.spec.depth:
        yield from (Reference(name, l + 1, (j, of.index[0])) for j in range(sizes[l + 1]))
    if l:
        biases = ("example_bias_gradient", "bias_gradient", "updated_biases")
        yield from _known(trace, (Reference(one, l, of.index) for one in biases if len(of.index) == 1))


def _known(trace: Trace, these: Iterable[Reference]) -> Iterator[Reference]:
    for one in these:
        is_there = one.quantity in trace.memory and (trace.program_updates or not one.name.startswith("updated_"))
        if is_there and (trace.spec.bias or not one.name.endswith("bias_gradient")):
            yield one
