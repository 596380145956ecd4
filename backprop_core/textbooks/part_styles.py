"""The styles of parts, one a lens: what each text writes in its own way when a step is taken apart.

A lens without a style of its own is told in Nielsen's; its symbols are its own all the same.
"""

from backprop_core.textbooks.catching_ai import notation as catching
from backprop_core.textbooks.johnston import notation as johnston
from backprop_core.textbooks.nielsen import notation as nielsen
from backprop_core.textbooks.part_style import PartStyle
from backprop_core.textbooks.sun import notation as sun
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import derivative, index


def _nielsen_arrived(view: View, l: int, j: int) -> str:
    up = nielsen.up(l + 1)
    subscript = f"k{j + 1}" if j < 9 else f"k,{j + 1}"
    return rf"\sum_k\delta{up}_kw{up}_{{{subscript}}}"


def _nielsen_row(view: View, name: str, l: int, j: int) -> str:
    w, at = f"w{nielsen.up(l)}", rf"_{{{j + 1}\cdot}}"
    if name == "weights":
        return w + at
    if name == "activation_jacobian":
        return derivative(f"a{nielsen.up(l)}_{{{j + 1}}}", f"z{nielsen.up(l)}")
    return derivative("C" if name == "weight_gradient" else "C_x", w + at)


NIELSEN = PartStyle(
    arrived=_nielsen_arrived,
    row=_nielsen_row,
    lying=lambda view, l: f"(a{nielsen.up(l)})^T",
    arrow=r"\rightarrow ",
)


def _johnston_row(view: View, name: str, l: int, j: int) -> str:
    if name == "weights":
        return rf"w{johnston.up(l)}_{{{j + 1}\cdot}}"
    if name == "activation_jacobian":
        return johnston.bracket(f"a{johnston.up(l)}{index(j)}", johnston.z(l))
    return rf"{johnston.derivative(view, name, l).tex}_{{(\cdot,{j + 1})}}"


JOHNSTON = PartStyle(
    arrived=lambda view, l, j: johnston.entry(view, "activation_gradient", l, j).tex,
    row=_johnston_row,
    lying=lambda view, l: johnston.a(l),
    turned=True,
    arrow=r"\leftarrow ",
)


def _sun_arrived(view: View, l: int, j: int) -> str:
    column = rf"{sun.w(view, l + 1)}[:,{j + 1}]"
    return rf"\Big\langle{sun.fraction(view, sun.by_u(view, l + 1))},{column}\Big\rangle"


def _sun_row(view: View, name: str, l: int, j: int) -> str:
    row = f"{sun.w(view, l)}[{j + 1},:]"
    if name == "weights":
        return row
    if name == "activation_jacobian":
        return rf"\frac{{\partial {sun.z(l)}{index(j)}}}{{\partial {sun.u(l)}}}"
    return sun.flat(view, row)


def _sun_head(view: View, name: str, l: int, j: int) -> str:
    by = sun.by_u(view, l) if name == "error" else sun.z(l)
    return sun.flat(view, by if by == sun.what(view) else by + index(j))


SUN = PartStyle(
    arrived=_sun_arrived,
    row=_sun_row,
    lying=lambda view, l: rf"({sun.z(l)})^\top",
    head=_sun_head,
    error="gradient",
)


def _catching_row(view: View, name: str, l: int, j: int) -> str:
    """Row j of a matrix of this text; a name with “turned” or “all” is what stands beside it in a product."""
    a, w, z = (rf"\vec {one}{catching.up(l)}{index(j)}" for one in "awz")
    if name == "activation_jacobian":
        return derivative(
            f"a{catching.up(l)}_{{{j + 1},{view.example + 1}}}", rf"\vec z{catching.up(l)}_{{{view.example + 1}}}"
        )
    return {
        "weights": w,
        "weights_turned": rf"\vec w^{{({l})T}}_{{\cdot,{j + 1}}}",
        "weight_gradient": catching.of_j(w),
        "weighted_input": z,
        "activation": a,
        "activation_turned": rf"\vec a^{{({l})T}}{index(j)}",
        "all_activations_turned": rf"\mathbf A^{{({l})T}}",
        "activation_gradient": catching.of_j(a),
        "error": catching.of_j(z),
        "one_error": catching.of_j(f" z{catching.up(l)}_{{{j + 1},j}}"),
        "all_errors": catching.of_j(catching.bold("Z", l)),
    }[name]


def _catching_arrived(view: View, l: int, j: int) -> str:
    x, up = view.example + 1, catching.up(l + 1)
    return rf"\sum_p w{up}_{{p,{j + 1}}}{derivative('J', f'z{up}_{{p,{x}}}')}"


CATCHING_AI = PartStyle(
    arrived=_catching_arrived,
    row=_catching_row,
    lying=lambda view, l: rf"\mathbf A{catching.up(l)}",
    sigma="f",
    whole_batch=True,
    scaled=catching.SCALED,
    rate=r"\gamma",
    error="gradient",
)

STYLES: dict[str, PartStyle] = {
    "nielsen": NIELSEN,
    "johnston": JOHNSTON,
    "catching-ai": CATCHING_AI,
    "sun": SUN,
}
"""Name of a lens → its style."""


def style_of(lens: str) -> PartStyle:
    """How the lens of that name tells parts."""
    return STYLES.get(lens, NIELSEN)
