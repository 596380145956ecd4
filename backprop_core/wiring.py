"""Wiring: which layers a layer reads, which are added to it, and who reads a layer in turn.

In a chain each layer reads the one before. Where a layer reads several, their activations stand one after the other;
what is added to a weighted input has no weights: a residual edge.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol


class Wired(Protocol):
    """A layer as the wiring sees it."""

    @property
    def size(self) -> int:
        """Its number of neurons."""

    @property
    def sources(self) -> tuple[int, ...]:
        """Layers it reads, in this order; none named is the one before."""

    @property
    def adds(self) -> tuple[int, ...]:
        """Layers of its size that are added to its weighted input."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A layer that reads another with weights: those of columns ``first`` to ``first + size``."""

    layer: int
    first: int
    size: int

    @property
    def columns(self) -> slice:
        """Its columns of W."""
        return slice(self.first, self.first + self.size)


def sources_of(layers: Sequence[Wired], l: int) -> tuple[int, ...]:
    """The layers that layer ``l`` (from 1) reads."""
    return layers[l - 1].sources or (l - 1,)


def readers_of(layers: Sequence[Wired], sizes: Sequence[int], l: int) -> tuple[Reader, ...]:
    """Who reads layer ``l`` with weights, in order."""
    found = []
    for other in range(l + 1, len(sizes)):
        first = 0
        for source in sources_of(layers, other):
            if source == l:
                found.append(Reader(other, first, sizes[l]))
            first += sizes[source]
    return tuple(found)


def sender_of(layers: Sequence[Wired], sizes: Sequence[int], l: int, k: int) -> tuple[int, int]:
    """Layer and neuron behind column ``k`` of the weights of layer ``l``."""
    for source in sources_of(layers, l):
        if k < sizes[source]:
            return source, k
        k -= sizes[source]
    raise IndexError(f"layer {l} has no such column")


def slips(layers: Sequence[Wired], sizes: Sequence[int]) -> Iterator[tuple[str, str]]:
    """What is wrong with the wiring: a JSON pointer and words for each slip."""
    for l, layer in enumerate(layers, 1):
        for name, named in (("sources", layer.sources), ("adds", layer.adds)):
            yield from _named(f"/layers/{l - 1}/{name}", named, l)
        for at, other in enumerate(layer.adds):
            if 0 <= other < l and sizes[other] != layer.size:
                words = (
                    f"layer {other} has {_neurons(sizes[other])} and layer {l}, which adds it, {_neurons(layer.size)}:"
                    " give both the same size, or name it in sources, where sizes may differ"
                )
                yield f"/layers/{l - 1}/adds/{at}", words
    read = {other for l, layer in enumerate(layers, 1) for other in (*sources_of(layers, l), *layer.adds)}
    for l in range(len(layers)):
        if l not in read:
            words = "no later layer reads this one: name it in the sources or adds of one"
            yield f"/layers/{l - 1}" if l else "/inputs", words


def _neurons(size: int) -> str:
    return "1 neuron" if size == 1 else f"{size} neurons"


def _named(pointer: str, named: tuple[int, ...], l: int) -> Iterator[tuple[str, str]]:
    for at, other in enumerate(named):
        if not 0 <= other < l:
            before = f"layer 0 (the input) to layer {l - 1}" if l > 1 else "layer 0 (the input) alone"
            yield f"{pointer}/{at}", f"layer {l} takes the layers before it: {before}"
        elif other in named[:at]:
            yield f"{pointer}/{at}", f"layer {other} is named already: name each layer once"
