"""Training: the same program run again and again, on one mini-batch after the other.

Old and new parameters change places after every update, so nothing is copied and the last update stays whole.
"""

from collections.abc import Iterator

import numpy as np

from backprop_core.activations import Array
from backprop_core.backprop import compile, quiet
from backprop_core.memory import Memory


def mini_batches(rng: np.random.Generator, examples: int, size: int) -> Iterator[Array]:
    """Row numbers of one epoch in mini-batches of ``size``: shuffled, the rest as a last, smaller one."""
    order = rng.permutation(examples)
    for start in range(0, examples, size):
        yield order[start : start + size]


class Updates:
    """One update after another on ``memory``, whose batch and learning rate the caller loads in between.

    ``run`` makes one update and leaves the new parameters where the next one reads them: ``memory``
    is always the memory whose parameters are the present ones.
    """

    def __init__(self, memory: Memory, *, freeze_biases: bool = False) -> None:
        memories = (memory, memory.successor())
        self._turns = [
            (one, compile(one, freeze_biases=freeze_biases, asides=False).for_training().calls) for one in memories
        ]

    @property
    def memory(self) -> Memory:
        """The memory whose parameters are the present ones."""
        return self._turns[0][0]

    def run(self, count: int = 1) -> None:
        """Make ``count`` updates on the batch that is loaded."""
        with quiet():
            for _ in range(count):
                for call in self._turns[0][1]:
                    call()
                self._turns.reverse()


def train(
    memory: Memory,
    inputs: Array,
    targets: Array,
    rng: np.random.Generator,
    *,
    batch_size: int,
    freeze_biases: bool = False,
) -> Iterator[Memory]:
    """Train for ever, one update a turn; the caller stops by asking no more.

    ``memory`` must hold a batch of ``batch_size``; a smaller last mini-batch of an epoch gets a memory of
    its own, so that its mean is over the examples it has. Yields the memory with the present parameters.
    """
    whole = Updates(memory, freeze_biases=freeze_biases)
    rest: Updates | None = None
    if len(inputs) % batch_size:
        small = Memory(memory.spec, len(inputs) % batch_size, memory.dtype.name, memory.optimizer)
        small["learning_rate", memory.spec.depth][...] = memory["learning_rate", memory.spec.depth]
        rest = Updates(small, freeze_biases=freeze_biases)
    present = whole
    while True:
        for rows in mini_batches(rng, len(inputs), batch_size):
            updates = whole if len(rows) == batch_size or rest is None else rest
            if updates is not present:
                updates.memory.load_parameters(present.memory.parameters()).load_state(present.memory.state())
                present = updates
            updates.memory.load_batch(inputs[rows], targets[rows])
            updates.run()
            yield updates.memory
