"""The ways back to a layer in Catching AI's notation: W turned over times ∂J/∂Z of every layer that reads it, added up.

In a chain there is one; the text knows no other networks.
"""

from backprop_core.textbooks.catching_ai.notation import cells, turned_weights, whole
from backprop_core.textbooks.pieces import Line, Piece, to_tex
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import EACH_LAYER, columns_back, is_whole, onward, ways_back
from backprop_core.wiring import Reader


def coming_back(view: View, l: int) -> tuple[list[Piece], list[Piece], str]:
    """W^T ∂J/∂Z of every layer that reads this one, and ∂J/∂Z of those it is added to: symbols, numbers, shapes."""
    return columns_back(
        view,
        l,
        lambda one: turned_weights(view, one),
        lambda other: whole(view, "error", other),
        lambda other: cells(view, "error", other),
        view.m,
    )


def meeting_derivation(view: View, l: int) -> tuple[Line, ...]:
    """As the text derives one cell of ∂J/∂A^(l), with one sum for each layer that reads this one or has it added."""
    cell = f"a_{{i,j}}^{{({l})}}"

    def weight(one: Reader) -> str:
        which = "" if is_whole(view, one) else f"[{l}]\\,"
        return f"w_{{{which}p,i}}^{{({one.layer})}}"

    def by(of: str, what: str) -> str:
        return rf"\frac{{\partial {of}}}{{\partial {what}}}"

    def z(m: int, unit: str = "p") -> str:
        return f"z_{{{unit},j}}^{{({m})}}"

    every = onward(view, l)
    chain = "+".join(rf"\sum_p{by('J', z(m.layer))}{by(z(m.layer), cell)}" for m in every)
    back = ways_back(
        view,
        l,
        lambda one: (rf"\sum_p {weight(one)}{by('J', z(one.layer))}",),
        lambda other: (by("J", z(other, "i")),),
    )
    return (
        Line((f"{by('J', cell)}={chain}",), title=EACH_LAYER),
        *(Line((f"{by(z(m.layer), cell)}={m.derivative(weight, '1_{p=i}')}",), title=m.title("p", "i")) for m in every),
        Line((f"{by('J', cell)}={to_tex(back)}",)),
    )
