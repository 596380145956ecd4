"""What a session may cost, in whole numbers, before anything is made for it: its data, mini-batches and moves."""

import math

from app.budget import check_network, over
from app.limits import Limits
from backprop_core import DATASETS, NetworkSpec, Recipe, Training, operation_counts


def check_recipe(recipe: Recipe, limits: Limits) -> None:
    """Raise ``Problem`` (422) for a session beyond the limits."""
    check_network(recipe.network, limits)
    data = recipe.data
    if data.examples is not None:
        count, width, place = data.examples.count, data.examples.inputs.shape[1], "/data/examples/inputs"
    else:
        one = DATASETS[data.name or ""]
        count, width, place = (one.count if data.count is None else data.count), one.inputs, "/data/count"
    if count > limits.session_examples:
        raise over(limits, "data-too-large", "session_examples", count, place)
    numbers = count * (width + recipe.network.sizes[-1])
    if numbers > limits.session_numbers:
        raise over(limits, "data-too-large", "session_numbers", numbers, place)
    check_training(recipe.network, recipe.training, count, limits)


def check_training(spec: NetworkSpec, training: Training, count: int, limits: Limits) -> None:
    """Raise ``Problem`` (422) for mini-batches of at most ``count`` examples that are too much work for one update."""
    batch = min(training.batch_size or count, count)
    counts = operation_counts(spec, batch)
    products = counts.forward_products + counts.backward_products + 2 * counts.activation_work
    if products > limits.multiplications:
        raise over(limits, "work-too-large", "multiplications", products, "/training/batch_size")
    # Gradients of single examples are for traces alone.
    numbers = counts.trace_numbers - batch * counts.edges
    if numbers > limits.session_batch_numbers:
        raise over(limits, "work-too-large", "session_batch_numbers", numbers, "/training/batch_size")


def check_way(start: int, to: int, seconds: float, limits: Limits) -> None:
    """Raise ``Problem`` (422) for more updates, of so many ``seconds`` each, than one request or session may have."""
    updates = to - start
    if to > limits.session_updates:
        raise over(limits, "work-too-large", "session_updates", to, "")
    if updates > limits.move_updates:
        raise over(limits, "work-too-large", "move_updates", updates, "")
    whole = math.ceil(updates * seconds)
    if whole > limits.move_seconds:
        raise over(limits, "work-too-large", "move_seconds", whole, "")


def check_start(position: int, limits: Limits) -> None:
    """Raise ``Problem`` (422) for a session that has made all the updates it may."""
    if position >= limits.session_updates:
        raise over(limits, "work-too-large", "session_updates", position + 1, "")


def check_changes(count: int, limits: Limits) -> None:
    """Raise ``Problem`` (422) for a session with too many changes on its way."""
    if count > limits.session_changes:
        raise over(limits, "work-too-large", "session_changes", count, "")
