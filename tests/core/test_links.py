"""Where a number comes from, where it goes, and what changes with it: each judged by really moving numbers.

What stands outside a cone must not change, and what an equation reads must change it, on random networks.
"""

from collections.abc import Iterator

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_core import Trace
from backprop_core.laboratory.influence import influence
from backprop_core.laboratory.links import operands, readers
from backprop_core.laboratory.nudge import nudge
from backprop_core.references import PER_EXAMPLE, Reference
from tests.core.strategies import Case, cases

COMPUTED = ("weighted_input", "activation", "activation_slope", "activation_gradient", "error", "costs", "cost")
MOVED = ("weights", "biases", "weighted_input", "activation", "activation_gradient", "error", "target")


def every_number(trace: Trace) -> Iterator[Reference]:
    """Every number of a trace under its reference, for one example."""
    for l, layer in enumerate(trace.layers()):
        for name, array in layer.items():
            if array is not None:
                shape = array.shape[1:] if name in PER_EXAMPLE else array.shape
                yield from (Reference(name, l, index) for index in np.ndindex(shape))
    yield from (Reference("costs", trace.spec.depth), Reference("cost", trace.spec.depth))


@settings(max_examples=30, deadline=None)
@given(cases(largest=3))
def test_from_and_to_are_two_sides_of_one_link(case: Case) -> None:
    trace = case.trace()
    rate = [Reference("learning_rate", trace.spec.depth)] if trace.learning_rate is not None else []
    numbers = [*every_number(trace), *rate]
    known = {str(one) for one in numbers}
    assert all(Reference.read(str(one), trace) == one for one in numbers)
    forward = {(str(source), str(one)) for one in numbers for source in operands(trace, one)}
    backward = {(str(one), str(to)) for one in numbers for to in readers(trace, one)}
    assert forward == backward
    assert {name for pair in forward for name in pair} <= known


@settings(max_examples=30, deadline=None)
@given(cases(largest=3), st.data())
def test_what_is_outside_the_cone_does_not_change(case: Case, data: st.DataObject) -> None:
    trace = case.trace()
    one = data.draw(st.sampled_from([number for number in every_number(trace) if number.name in MOVED]))
    example = data.draw(st.integers(0, trace.batch_size - 1))
    still, moved = (nudge(trace, one.quantity, one.place(example), change) for change in (0.0, 0.37))
    cone = {(part.quantity, part.layer): part for part in influence(trace, one)}
    for quantity in still:
        if (
            quantity.name.startswith("updated")
            or still[quantity] is still[one.quantity]
            or quantity.name == "target_sum"
        ):
            continue
        changed = still[quantity] != moved[quantity]
        if quantity.name in PER_EXAMPLE:
            if one.is_per_example:
                assert not np.delete(changed, example, axis=0).any(), quantity
            changed = changed[example]
        part, inside = cone.get((quantity.name, quantity.layer)), np.zeros(changed.shape, dtype=bool)
        if part is not None:
            places = np.atleast_1d(inside)
            places[list(part.rows)] = True
            if part.columns:
                places[:, list(part.columns)] = True
            for cell in part.cells:
                places[cell] = True
            assert (part.count, part.size) == (int(places.sum()), places.size)
            inside = places.reshape(changed.shape)
        assert not (changed & ~inside).any(), (one, quantity)


@settings(max_examples=30, deadline=None)
@given(cases(largest=3), st.data())
def test_a_cone_is_what_can_be_reached_along_the_links(case: Case, data: st.DataObject) -> None:
    trace = case.trace()
    one = data.draw(st.sampled_from(list(every_number(trace))))
    reached, waiting = set(), [one]
    while waiting:
        for to in readers(trace, waiting.pop()):
            if to not in reached:
                reached.add(to)
                waiting.append(to)
    assert sum(part.count for part in influence(trace, one)) == len(reached)
