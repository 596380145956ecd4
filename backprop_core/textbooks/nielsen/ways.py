"""The derivation of an error in Nielsen's notation where the ways to it meet, one sum for each layer onward.

The text has (42) to (45) for the one layer that follows; it knows no other networks.
"""

from backprop_core.textbooks.nielsen.notation import up
from backprop_core.textbooks.pieces import Line, to_tex
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import EACH_LAYER, is_whole, onward, ways_back
from backprop_core.textbooks.words import derivative
from backprop_core.wiring import Reader


def meeting_derivation(view: View, l: int) -> tuple[Line, ...]:
    """As (42) to (45), with one sum for each layer that reads this one or has it added."""
    near = up(l)
    a, slope_of = f"a{near}_j", rf"\sigma'(z{near}_j)"

    def weight(one: Reader) -> str:
        which = "" if is_whole(view, one) else f"[{l + 1}]\\,"
        return f"w{up(one.layer)}_{{{which}kj}}"

    every = onward(view, l)
    chain = "+".join(
        rf"\sum_k{derivative('C_x', f'z{up(m.layer)}_k')}{derivative(f'z{up(m.layer)}_k', a)}" for m in every
    )
    shares = (
        Line((f"{derivative(f'z{up(m.layer)}_k', a)}={m.derivative(weight, '1_{k=j}')}",), title=m.title("k", "j"))
        for m in every
    )
    back = ways_back(
        view,
        l,
        lambda one: (rf"\sum_k {weight(one)}\,\delta{up(one.layer)}_k",),
        lambda other: (rf"\delta{up(other)}_j",),
    )
    return (
        Line((rf"\delta{near}_j={derivative('C_x', a)}\,{slope_of}",)),
        Line((f"{derivative('C_x', a)}={chain}",), title=EACH_LAYER),
        *shares,
        Line((rf"\delta{near}_j=\Big({to_tex(back)}\Big)\,{slope_of}",)),
    )
