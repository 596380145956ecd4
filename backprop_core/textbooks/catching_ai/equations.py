"""The displayed equations of Catching AI in their order, each with the words it is found by, and the slips of the text.

The text numbers nothing: an equation is cited by what stands on its left. They are given as they hold.
"""

from backprop_core.textbooks.pieces import Line
from backprop_core.textbooks.scenes import Erratum

_W, _Z, _A = (
    r"\frac{\partial J}{\partial\mathbf W^{(%s)}}",
    r"\frac{\partial J}{\partial\mathbf Z^{(%s)}}",
    r"\frac{\partial J}{\partial\mathbf A^{(%s)}}",
)
_DW, _DA = r"\frac{\partial J}{\partial w_{i,h}^{(l)}}", r"\frac{\partial J}{\partial a_{i,j}^{(l)}}"
_DZ_ROW, _DZ_COLUMN = r"\frac{\partial J}{\partial\vec z_i^{(l)}}", r"\frac{\partial J}{\partial\vec z_j^{(l+1)}}"
_ROW_BY_W = r"\frac{\partial\vec z_i^{(l)}}{\partial w_{i,h}^{(l)}}"
_COLUMN_BY_A = r"\frac{\partial\vec z_j^{(l+1)}}{\partial a_{i,j}^{(l)}}"
_CELL = r"\frac{\partial J}{\partial z_{i,j}^{(l)}}"
_QUOTIENTS = r"-\frac1m\left(\frac{\vec y}{\mathbf A^{(%s)}}-\frac{1-\vec y}{1-\mathbf A^{(%s)}}\right)"
_EXPANDED = r"\left(%s\odot\left(\mathbf A^{(%s)}\odot\left(1-\mathbf A^{(%s)}\right)\right)\right)\mathbf A^{(%s)T}"


def _column(*entries: str) -> str:
    return r"\begin{bmatrix}" + r"\\".join(entries) + r"\end{bmatrix}"


def _row(*entries: str) -> str:
    return r"\begin{bmatrix}" + "&".join(entries) + r"\end{bmatrix}"


def _square(cell: str, rows: str, columns: str) -> str:
    lines = ["&".join((cell % (i, 1), r"\cdots", cell % (i, columns))) for i in (1, rows)]
    return r"\begin{bmatrix}" + lines[0] + r"\\\vdots&\ddots&\vdots\\" + lines[1] + r"\end{bmatrix}"


_LAST = r"n^{(l+1)}"
_WEIGHTS = _row(r"w_{1,i}^{(l+1)}", r"\cdots", rf"w_{{{_LAST},i}}^{{(l+1)}}")
_ABOVE = _column(
    r"\frac{\partial J}{\partial z_{1,j}^{(l+1)}}",
    r"\vdots",
    rf"\frac{{\partial J}}{{\partial z_{{{_LAST},j}}^{{(l+1)}}}}",
)
_Z_CELL, _A_CELL = r"\frac{\partial J}{\partial z_{%s,%s}^{(l)}}", r"\frac{\partial J}{\partial a_{%s,%s}^{(l)}}"
_OUTPUT_SLOPE = r"a_{%s}^{(L)}\left(1-a_{%s}^{(L)}\right)"
_UP_LAST, _UP_M = "{n^{(l)}}", "m"

EQUATIONS = (
    (
        "J",
        r"J=-\frac1m\sum_{j=1}^m\left[y_j\log a_j^{(L)}+(1-y_j)\log\left(1-a_j^{(L)}\right)\right]",
        "cost",
    ),
    (
        "∂J/∂W^(L) chain",
        (
            rf"{_W % 'L'}={_A % 'L'}\frac{{\partial\mathbf A^{{(L)}}}}{{\partial\mathbf Z^{{(L)}}}}"
            r"\frac{\partial\mathbf Z^{(L)}}{\partial\mathbf W^{(L)}}"
        ),
        "weight_gradient",
    ),
    ("∂J/∂A^(L)", rf"{_A % 'L'}={_QUOTIENTS % ('L', 'L')}", "cost_gradient"),
    ("A^(L) as a vector", r"\mathbf A^{(L)}=" + _row("a_1^{(L)}", "a_2^{(L)}", r"\cdots", "a_m^{(L)}"), "activation"),
    (
        "∂A^(L)/∂Z^(L)",
        (
            r"\frac{\partial\mathbf A^{(L)}}{\partial\mathbf Z^{(L)}}=\begin{bmatrix}"
            rf"{_OUTPUT_SLOPE % (1, 1)}&\cdots&0\\\vdots&\ddots&\vdots\\"
            rf"0&\cdots&{_OUTPUT_SLOPE % ('m', 'm')}\end{{bmatrix}}"
        ),
        "output_error",
    ),
    (
        "∂Z^(L)/∂W^(L)",
        r"\frac{\partial\mathbf Z^{(L)}}{\partial\mathbf W^{(L)}}=\mathbf A^{(L-1)T}",
        "weight_gradient",
    ),
    (
        "∂J/∂W^(L) expanded",
        rf"{_W % 'L'}={_Z % 'L'}\mathbf A^{{(L-1)T}}={_EXPANDED % (_QUOTIENTS % ('L', 'L'), 'L', 'L', 'L-1')}",
        "weight_gradient",
    ),
    (
        "∂J/∂W^(3)",
        rf"{_W % '3'}={_Z % '3'}\mathbf A^{{(2)T}}={_EXPANDED % (_QUOTIENTS % ('3', '3'), '3', '3', '2')}",
        "weight_gradient",
    ),
    (
        "∂J/∂W^(L) with f′",
        (
            rf"{_W % 'L'}={_Z % 'L'}\mathbf A^{{(L-1)T}}"
            rf"=\left({_A % 'L'}\odot f'(\mathbf Z^{{(L)}})\right)\mathbf A^{{(L-1)T}}"
        ),
        "weight_gradient",
    ),
    (
        "∂J/∂B^(L)",
        (
            r"\frac{\partial J}{\partial\mathbf B^{(L)}}="
            rf"{_Z % 'L'}\frac{{\partial\mathbf Z^{{(L)}}}}{{\partial\mathbf B^{{(L)}}}}"
            rf"=\sum_{{j=1}}^m\left({_Z % 'L'}\right)_j"
        ),
        "bias_gradient",
    ),
    (
        "hasty ∂J/∂W^(l)",
        rf"{_W % 'l'}={_Z % 'l'}\frac{{\partial\mathbf Z^{{(l)}}}}{{\partial\mathbf W^{{(l)}}}}",
        "weight_gradient",
    ),
    (
        "Z^(l) by rows",
        r"\mathbf Z^{(l)}="
        + _column(r"\vec z_1^{(l)}", r"\vdots", r"\vec z_{n^{(l)}}^{(l)}")
        + "="
        + _square("z_{%s,%s}^{(l)}", _UP_LAST, _UP_M),
        "weighted_input",
    ),
    (
        "∂J/∂w_{1,1}",
        (
            r"\frac{\partial J}{\partial w_{1,1}^{(l)}}=\frac{\partial J}{\partial\vec z_1^{(l)}}"
            r"\frac{\partial\vec z_1^{(l)}}{\partial w_{1,1}^{(l)}}"
        ),
        "weight_gradient",
    ),
    ("∂J/∂w_{i,h}", f"{_DW}={_DZ_ROW}{_ROW_BY_W}", "weight_gradient"),
    (
        "∂z_i/∂w_{i,h} column",
        f"{_ROW_BY_W}="
        + _column(
            r"\frac{\partial z_{i,1}^{(l)}}{\partial w_{i,h}^{(l)}}",
            r"\vdots",
            r"\frac{\partial z_{i,m}^{(l)}}{\partial w_{i,h}^{(l)}}",
        ),
        "weight_gradient",
    ),
    (
        "∂z_{i,j}/∂w_{i,h}",
        (
            r"\frac{\partial z_{i,j}^{(l)}}{\partial w_{i,h}^{(l)}}="
            r"\frac{\partial}{\partial w_{i,h}^{(l)}}\left(\sum_{g=1}^{n^{(l-1)}}w_{i,g}^{(l)}a_{g,j}^{(l-1)}\right)"
            r"=a_{h,j}^{(l-1)}"
        ),
        "weight_gradient",
    ),
    (
        "∂z_i/∂w_{i,h} = a’s",
        f"{_ROW_BY_W}=" + _column("a_{h,1}^{(l-1)}", r"\vdots", "a_{h,m}^{(l-1)}"),
        "weight_gradient",
    ),
    (
        "A^(l−1) by rows",
        r"\mathbf A^{(l-1)}="
        + _column(r"\vec a_1^{(l-1)}", r"\vdots", r"\vec a_{n^{(l-1)}}^{(l-1)}")
        + "="
        + _square("a_{%s,%s}^{(l-1)}", "{n^{(l-1)}}", _UP_M),
        "activation",
    ),
    ("∂z_i/∂w_{i,h} = a_h^T", rf"{_ROW_BY_W}=\vec a_h^{{(l-1)T}}", "weight_gradient"),
    ("∂J/∂w_{i,h} so far", rf"{_DW}={_DZ_ROW}\vec a_h^{{(l-1)T}}", "weight_gradient"),
    ("∂J/∂z_i row", f"{_DZ_ROW}=" + _row(_Z_CELL % ("i", 1), r"\cdots", _Z_CELL % ("i", "m")), "error"),
    ("∂J/∂Z^(l) matrix", f"{_Z % 'l'}={_square(_Z_CELL, _UP_LAST, _UP_M)}", "output_error"),
    (
        "∂J/∂z_{i,j} chain",
        rf"{_CELL}={_DA}\frac{{\partial a_{{i,j}}^{{(l)}}}}{{\partial z_{{i,j}}^{{(l)}}}}",
        "error",
    ),
    ("a = f(z)", r"a_{i,j}^{(l)}=f(z_{i,j}^{(l)})", "activation"),
    ("∂a/∂z = f′", r"\frac{\partial a_{i,j}^{(l)}}{\partial z_{i,j}^{(l)}}=f'(z_{i,j}^{(l)})", "error"),
    (
        "z_j column",
        r"\vec z_j^{(l+1)}=" + _column("z_{1,j}^{(l+1)}", "z_{2,j}^{(l+1)}", r"\vdots", rf"z_{{{_LAST},j}}^{{(l+1)}}"),
        "backpropagated_error",
    ),
    ("∂J/∂a_{i,j} chain", f"{_DA}={_COLUMN_BY_A}{_DZ_COLUMN}", "backpropagated_error"),
    ("∂J/∂z_j column", f"{_DZ_COLUMN}={_ABOVE}", "backpropagated_error"),
    (
        "∂z_j/∂a row",
        f"{_COLUMN_BY_A}="
        + _row(
            r"\frac{\partial z_{1,j}^{(l+1)}}{\partial a_{i,j}^{(l)}}",
            r"\cdots",
            rf"\frac{{\partial z_{{{_LAST},j}}^{{(l+1)}}}}{{\partial a_{{i,j}}^{{(l)}}}}",
        ),
        "backpropagated_error",
    ),
    (
        "∂z_{p,j}/∂a_{i,j}",
        (
            r"\frac{\partial z_{p,j}^{(l+1)}}{\partial a_{i,j}^{(l)}}="
            r"\frac{\partial}{\partial a_{i,j}^{(l)}}\left(\sum_{g=1}^{n^{(l)}}w_{p,g}^{(l+1)}a_{g,j}^{(l)}\right)"
            r"=w_{p,i}^{(l+1)}"
        ),
        "backpropagated_error",
    ),
    ("∂z_j/∂a = w’s", f"{_COLUMN_BY_A}={_WEIGHTS}", "backpropagated_error"),
    ("∂J/∂a_{i,j} solved", f"{_DA}={_WEIGHTS}{_ABOVE}", "backpropagated_error"),
    ("∂J/∂A^(l) matrix", f"{_A % 'l'}={_square(_A_CELL, _UP_LAST, _UP_M)}", "cost_gradient"),
    (
        "∂J/∂A^(l) as W^T·∂J/∂Z spelled out",
        f"{_A % 'l'}="
        + _square("w_{%s,%s}^{(l+1)}", "{" + _LAST + "}", "{n^{(l)}}")
        + "^T"
        + _square(r"\frac{\partial J}{\partial z_{%s,%s}^{(l+1)}}", "{" + _LAST + "}", "m"),
        "backpropagated_error",
    ),
    ("∂J/∂A^(l)", rf"{_A % 'l'}=\mathbf W^{{(l+1)T}}{_Z % 'l+1'}", "backpropagated_error"),
    ("∂J/∂A^(l−1)", rf"{_A % 'l-1'}=\mathbf W^{{(l)T}}{_Z % 'l'}", "backpropagated_error"),
    ("∂J/∂z_{i,j} with f′", rf"{_CELL}={_DA}f'(z_{{i,j}}^{{(l)}})", "error"),
    ("∂J/∂Z^(l)", rf"{_Z % 'l'}={_A % 'l'}\odot f'(\mathbf Z^{{(l)}})", "error"),
    ("∂J/∂w_{i,h} again", rf"{_DW}={_DZ_ROW}\vec a_h^{{(l-1)T}}", "weight_gradient"),
    (
        "∂J/∂W^(l)",
        (
            rf"{_W % 'l'}={_Z % 'l'}\mathbf A^{{(l-1)T}}"
            rf"=\left({_A % 'l'}\odot f'(\mathbf Z^{{(l)}})\right)\mathbf A^{{(l-1)T}}"
        ),
        "weight_gradient",
    ),
    (
        "∂J/∂B^(l)",
        rf"\frac{{\partial J}}{{\partial\mathbf B^{{(l)}}}}=\sum_{{j=1}}^m\left({_Z % 'l'}\right)_j",
        "bias_gradient",
    ),
    ("w_new", r"w_{new}=w_{old}-\gamma\frac{\partial J}{\partial w_{old}}", "weight_update"),
    ("b_new", r"b_{new}=b_{old}-\gamma\frac{\partial J}{\partial b_{old}}", "bias_update"),
)
"""Place, TeX and kind of the step where it is met, in the order in which the text displays them."""

_BY_PLACE = {place: tex for place, tex, _ in EQUATIONS}


def displayed(*places: str) -> tuple[Line, ...]:
    """Displayed equations as lines of a derivation, found by their places."""
    return tuple(Line((_BY_PLACE[place],), place=place) for place in places)


ERRATA = {
    "cost": Erratum("J", "minus before the first term only", "−(1/m)Σ[ … ]: the minus is of both terms"),
    "sign": Erratum("first ∂J/∂A^(L)", "no minus", "leading minus, as in the later forms"),
    "weight": Erratum("∂z_{i,j}/∂w_{i,h}", "a_{i,j}", "a_{g,j}: g is the index of the sum"),
    "lengths": Erratum("∂J/∂a_{i,j} shapes", "1-by-n^(l), n^(l)-by-1", "n^(l+1)"),
    "standing": Erratum("A^(L) as a vector", "standing, m-by-1", "lying, 1-by-m"),
    "brackets": Erratum(
        "∂J/∂W^(L) (expanded; with f′), ∂J/∂W^(l)", "X ⊙ Y A^T", "(X ⊙ Y) A^T: cell by cell first, then the product"
    ),
    "slope": Erratum("∂J/∂W^(L) with f′", "f′(Z^(l))", "f′(Z^(L))"),
    "tensor": Erratum("order-4 tensor", "n^(l) × m × m × n^(l)", "n^(l) × m × n^(l) × n^(l−1)"),
    "rows": Erratum("A^(l−1) by rows", "last row n^(l), no arrow", "n^(l−1), with arrow"),
    "column": Erratum("column z_j^(l+1)", "second entry z_{1,j}", "z_{2,j}"),
    "above": Erratum("∂J/∂z_j^(l+1) (twice)", "entries z_{p,1}, last n^(l)", "z_{p,j}, last n^(l+1)"),
    "spelled": Erratum("∂J/∂A^(l) spelled out", "z_{2,n} among the w; one w with superscript (l)", "w_{2,n}; (l+1)"),
    "swapped": Erratum("before ∂J/∂Z^(l)", "∂J/∂z, ∂J/∂a said to be entries of ∂J/∂A, ∂J/∂Z", "of ∂J/∂Z, ∂J/∂A"),
    "start": Erratum("start of hidden layers", "∂J/∂W^(L) is propagated", "∂J/∂Z^(L) is"),
    "bias": Erratum("both ∂z/∂ displays", "z without its bias", "+ b; same derivative"),
    "index": Erratum("z with one index", "row of unit i and column of example j look alike", "two meanings, by letter"),
}


def errata(*names: str) -> tuple[Erratum, ...]:
    """Slips by their keys."""
    return tuple(ERRATA[name] for name in names)
