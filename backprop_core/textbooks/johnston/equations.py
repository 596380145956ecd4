"""Johnston's equations, each with its place and the kind of step it is met at, and the slips of the text.

The list is what a reader of the text will look for; docs/johnston.md stands beside it, equation by equation.
"""

from backprop_core.textbooks.scenes import Erratum

EQUATIONS = (
    ("§2", r"D=\{(\vec z_i,\lambda_i)\}_{i=1}^{N}", "input"),
    ("§2.1", r"\sigma(x)=\frac{1}{1+\exp(-x)}", "activation"),
    ("§2.1", r"\sigma(x)=\max(0,x)", "activation"),
    ("§2.1", r"z_i^l=\sum_{j=1}^{N_{l-1}}w_{ij}^l a_j^{l-1}+b_i^l", "weighted_input"),
    ("§2.2", r"\vec z^l=W^l\cdot\vec a^{l-1}+\vec b^l", "weighted_input"),
    ("§2.2", r"\sigma(\vec x)=(\sigma(x_1),\dots,\sigma(x_n))^t", "activation"),
    ("(1)", r"\vec z^l=\phi^l(\vec z^{l-1})=W^l\cdot\sigma(\vec z^{l-1})+\vec b^l", "weighted_input"),
    ("(2)", r"f(\vec z^1)=\sigma(\phi^L\circ\phi^{L-1}\circ\cdots\circ\phi^2(\vec z^1))", "activation"),
    ("§3.4", r"f(W+\Delta W)\approx f(W)+\left[\frac{\delta f}{\delta W}\right]\cdot\Delta W", "weight_gradient"),
    ("§3.4", r"\left[\frac{\delta f}{\delta W}\right]_{ji}=\frac{\delta f}{\delta w_{ij}}", "weight_gradient"),
    (
        "(3)",
        r"\left[\frac{\delta f}{\delta W}\right]\cdot\Delta W=\sum_i\sum_j\frac{\delta f}{\delta w_{ij}}\Delta w_{ij}",
        "weight_gradient",
    ),
    (
        "§3.5",
        r"\vec f(W+\Delta W)\approx\vec f(W)+\left[\frac{\delta\vec f}{\delta W}\right]\cdot\Delta W",
        "weight_gradient",
    ),
    ("§3.5", r"\left[\frac{\delta f_k}{\delta W}\right]_{ji}=\frac{\delta f_k}{\delta w_{ij}}", "weight_gradient"),
    ("(4)", r"C_l=C\circ\sigma\circ\phi_L\circ\phi_{L-1}\circ\cdots\circ\phi_{l+1}", "cost"),
    ("§4", r"\vec\delta^l=\delta C_l/\delta\vec z^l", "output_error"),
    ("§4.1", r"\vec\delta^L=\delta(C\circ\sigma(\vec z^L))/\delta\vec z^L", "output_error"),
    (
        "§4.1",
        (
            r"\vec\delta^L=\left[\frac{\delta C}{\delta\vec a^L}\right]"
            r"\cdot\left[\frac{\delta\vec a^L}{\delta\vec z^L}\right]"
        ),
        "output_error",
    ),
    ("§4.1", r"\frac{\delta C}{\delta\vec a^L}=2\cdot(\vec a^L-\vec\lambda)^t", "cost_gradient"),
    ("§4.1", r"\left[\frac{\delta\vec a^L}{\delta\vec z^L}\right]=\mathrm{diag}\{\sigma'(z_j^L)\}", "output_error"),
    ("(5)", r"\vec\delta^L=\frac{\delta C}{\delta\vec a^L}\cdot\mathrm{diag}\{\sigma'(z_j^L)\}", "output_error"),
    (
        "(6)",
        (
            r"\vec\delta^l=\left[\frac{\delta C_l}{\delta\vec z^l}\right]"
            r"=\vec\delta^{l+1}\cdot\left[\frac{\delta\vec z^{l+1}}{\delta\vec z^l}\right]"
        ),
        "error",
    ),
    (
        "(7)",
        r"\left[\delta\vec z^{l+1}/\delta\vec z^l\right]=W^{l+1}\cdot\left[\delta\vec a^l/\delta\vec z^l\right]",
        "error",
    ),
    ("(8)", r"\left[\delta\vec a^l/\delta\vec z^l\right]=\mathrm{diag}\{\sigma'(z_j^l)\}", "error"),
    ("(9)", r"\vec\delta^l=\vec\delta^{l+1}\cdot W^{l+1}\cdot\mathrm{diag}\{\sigma'(z_j^l)\}", "error"),
    (
        "(10)",
        (
            r"\left[\frac{\delta C_1}{\delta W^l}\right]=\left[\frac{\delta C_1}{\delta\vec z^l}\right]"
            r"\cdot\left[\frac{\delta\vec z^l}{\delta W^l}\right]"
        ),
        "weight_gradient",
    ),
    (
        "before (11)",
        (
            r"\left[\frac{\delta C_1}{\delta\vec z^l}\right]"
            r"=\left[\frac{\delta(C_l\circ\phi_l\circ\cdots\circ\phi_2)}"
            r"{\delta(\phi_l\circ\cdots\circ\phi_2(\vec z^1))}\right]"
            r"=\left[\frac{\delta C_l}{\delta\vec z^l}\right]"
        ),
        "weight_gradient",
    ),
    ("(11)", r"[\delta C_1/\delta\vec z^l]=[\delta C_l/\delta\vec z^l]=\vec\delta^l", "weight_gradient"),
    (
        "§4.3",
        r"\left[\frac{\delta\vec z^l}{\delta W^l}\right]=\frac{\delta}{\delta W^l}(W^l\cdot\vec a^{l-1}+\vec b^l)",
        "weight_gradient",
    ),
    (
        "§4.3",
        (
            r"\left[\frac{\delta\vec z^l}{\delta W^l}\right]_{(k,i,j)}=\frac{\delta z_k^l}{\delta w_{ji}^l}"
            r"=\begin{cases}a_i^{l-1}&\text{if }k=j\\0&\text{otherwise}\end{cases}"
        ),
        "weight_gradient",
    ),
    (
        "§4.3",
        r"\left[\frac{\delta\vec z^l}{\delta W^l}\right]_{(k,i,j)}=I_{j=k}\cdot a_i^{l-1}",
        "weight_gradient",
    ),
    (
        "(12)",
        (
            r"\left[\frac{\delta C_1}{\delta W^l}\right]_{(i,j)}=\sum_{k=1}^{N_l}\delta_k^l\cdot I_{j=k}\cdot a_i^{l-1}"
            r"=\delta_j^l\cdot a_i^{l-1}"
        ),
        "weight_gradient",
    ),
    ("(13)", r"\left[\frac{\delta C_1}{\delta W^l}\right]=\vec a^{l-1}\otimes\vec\delta^l", "weight_gradient"),
    (
        "(14)",
        (
            r"\left[\frac{\delta C_1}{\delta\vec b^l}\right]=\left[\frac{\delta C_1}{\delta\vec z^l}\right]"
            r"\cdot\left[\frac{\delta\vec z^l}{\delta\vec b^l}\right]"
        ),
        "bias_gradient",
    ),
    (
        "§4.4",
        r"\frac{\delta}{\delta\vec b^l}(W^l\cdot\sigma(\vec z^{l-1})+\vec b^l)=\frac{\delta\vec b^l}{\delta\vec b^l}=I",
        "bias_gradient",
    ),
    ("(15)", r"\left[\frac{\delta C_1}{\delta\vec b^l}\right]=\vec\delta^l\cdot I=\vec\delta^l", "bias_gradient"),
    ("§5 item 3", r"\vec\delta^L=\frac{\delta C}{\delta\vec a^L}\cdot\mathrm{diag}\{\sigma'(z_j^L)\}", "output_error"),
    ("§5 item 4", r"\vec\delta^l=\vec\delta^{l+1}\cdot W^{l+1}\cdot\mathrm{diag}\{\sigma'(z_j^l)\}", "error"),
    ("§5 item 5", r"\left[\frac{\delta C_1}{\delta W^l}\right]=\vec a^{l-1}\otimes\vec\delta^l", "weight_gradient"),
    ("§5 item 6", r"\left[\frac{\delta C_1}{\delta\vec b^l}\right]=\vec\delta^l", "bias_gradient"),
)
"""Place, equation, and the kind of the step at which, or in a panel of which, it is met."""

ERRATA = {
    "rows": Erratum("§4 item 1", "δ^l are N_l×1", "1×N_l"),
    "output": Erratum("§4.1", "δ^L = δf/δz^L", "δC_L/δz^L (δf/δz^L is a matrix, N_L×N_L)"),
    "jacobian": Erratum("(7) and before", "b^l; φ_l for the map z^l → z^{l+1}", "b^{l+1}; φ_{l+1}"),
    "domain": Erratum("(4), §4.2", "C_l : R^{N_L} → R", "R^{N_l} → R"),
    "composed": Erratum("display before (11)", "C_l∘φ_{l−1}∘…∘φ_1, at z^l", "C_l∘φ_l∘…∘φ_2, at z^1: there is no φ_1"),
    "forward": Erratum("§5 item 2", "both formulas for l = 1, …, L", "z^{l+1} only for l < L: there is no W^{L+1}"),
    "sums": Erratum(
        "§2.1 (two places)", "sum nodes that form z^l are in layer l−1", "layer l (as N_l in §2.2 counts them)"
    ),
    "shape": Erratum("§3.4, last paragraph", "W^l ∈ R^{N_{l+1}×N_l}", "W^{l+1}"),
    "index": Erratum("§4.3 cases", "Σ_i w_ji a_i while i is also the free index", "Σ_p w_jp a_p"),
    "sections": Erratum("cross references", "Sections 2.2, 2.3, 2.5, 3.3", "3.2, 3.3, 3.5, 4.1–4.2"),
    "spelling": Erratum(
        "(2); φ^l and φ_l; δ_j^L with an arrow",
        "a bracket short; two spellings; a component written as a vector",
        "one more bracket; the same map; a number",
    ),
}
"""The slips of the text, each shown at the steps where one stumbles."""


def slips(*names: str) -> tuple[Erratum, ...]:
    """Errata by name."""
    return tuple(ERRATA[name] for name in names)
