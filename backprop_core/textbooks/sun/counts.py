"""Sun's first question: both passes cost work linear in the edges, and numerical gradients do not.

Counts of one example: products on edges, values of σ, products of ∘; a read-out α needs no product on the way back.
"""

from dataclasses import dataclass

from backprop_core.network import NetworkSpec
from backprop_core.textbooks.panels import PANELS, Panel, Table
from backprop_core.textbooks.pieces import Line, Number
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import plural


@dataclass(frozen=True, slots=True)
class _Counts:
    edges: int
    read_out: int
    nodes: int
    parameters: int

    @property
    def inner(self) -> int:
        """Edges below the read-out: each is one product in ∂ŷ/∂z and one in ∂ŷ/∂W."""
        return self.edges - self.read_out

    @property
    def both(self) -> int:
        """Products of the two passes together, ∘ included."""
        return self.edges + 2 * self.inner + self.nodes

    @property
    def numerical(self) -> int:
        """Products of central differences: two forward passes a parameter."""
        return 2 * self.parameters * self.edges


def _counts(spec: NetworkSpec, times: int = 1) -> _Counts:
    """Of the network with ``times`` as many units in every layer; a read-out has one output all the same."""
    reads_out, L = spec.cost == "output", spec.depth
    sizes = [times * n for n in spec.sizes]
    if reads_out:
        sizes[-1] = 1
    read = [times * spec.input_size(l) for l in range(1, L + 1)]
    edges = sum(n * k for n, k in zip(sizes[1:], read, strict=True))
    activated = [n for l, n in enumerate(sizes) if l > 0 or spec.input_activation != "identity"]
    return _Counts(
        edges=edges,
        read_out=read[-1] if reads_out else 0,
        nodes=sum(activated[:-1] if reads_out else activated),
        parameters=edges + (sum(sizes[1:]) if spec.bias else 0),
    )


def count(scene: Scene, view: View) -> Panel:
    """The counts of this network, and of the same with every layer twice as wide."""
    here, wide = _counts(view.spec), _counts(view.spec, 2)
    below = "" if not here.read_out else f" ({here.inner} below the read-out and {here.read_out} in it)"
    text = (
        (
            f"Question 1. The network has {plural(here.edges, 'edge')}{below}. The forward pass makes one product an"
            " edge; the backward pass makes at most two, one for ∂ŷ/∂z and one for ∂ŷ/∂W. Both are linear in the edges"
            " and nodes."
        ),
        (
            f"Central differences need two forward passes for each of {plural(here.parameters, 'parameter')}:"
            f" {2 * here.parameters} passes, {here.numerical} products. With every layer twice as wide that grows by"
            f" {wide.numerical / here.numerical:.3g}, backpropagation by {wide.both / here.both:.3g}."
        ),
    )
    rows: list[tuple[str | Number, ...]] = [
        ("edges", _whole(here.edges), _whole(wide.edges)),
        ("forward: products", _whole(here.edges), _whole(wide.edges)),
        ("forward: σ", _whole(here.nodes), _whole(wide.nodes)),
        ("backward: products for ∂ŷ/∂z", _whole(here.inner), _whole(wide.inner)),
        ("backward: products for ∂ŷ/∂W", _whole(here.inner), _whole(wide.inner)),
        ("backward: products of ∘", _whole(here.nodes), _whole(wide.nodes)),
        ("central differences: passes", _whole(2 * here.parameters), _whole(2 * wide.parameters)),
        ("central differences: products", _whole(here.numerical), _whole(wide.numerical)),
    ]
    table = Table(("", "this network", "every layer twice as wide"), tuple(rows), "Work for one example")
    line = Line((r"\text{edges}=T\,K^2+K",), (), "In the text, with K units in each of T layers", "Question 1")
    return Panel("count", PANELS["count"], text, (line,), (table,))


def _whole(number: int) -> str:
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
