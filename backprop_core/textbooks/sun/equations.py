"""Sun's printed equations with their places, and the slips of the text with what holds instead.

Cited by number or place; each slip is shown beside the equation it concerns.
"""

from backprop_core.textbooks.scenes import Erratum

_UPRIGHT = (
    r"\partial\hat y/\partial z^t=\begin{bmatrix}\partial\hat y/\partial z_1^t\\\dots\\"
    r"\partial\hat y/\partial z_K^t\end{bmatrix}"
)
_INNER = (
    r"\partial\hat y/\partial z_i^{t-1}=\sum_{j=1}^K\frac{\partial\hat y}{\partial u_j^t}W^{[t]}[j,i]"
    r"=\left\langle\frac{\partial\hat y}{\partial u^t},W^{[t]}[:,i]\right\rangle"
)
_ONE_LINE = (
    r"\partial\hat y/\partial z^{t-1}=\left(W^{[t]}\right)^\top"
    r"\left(\frac{\partial\hat y}{\partial z^t}\circ\sigma'(u^t)\right)"
)
_ENTRY = r"\partial\hat y/\partial W^{[t]}[i,j]=\frac{\partial\hat y}{\partial u_i^t}\cdot z_j^{t-1}"
PROCEDURE = (
    r"\partial\hat y/\partial z^T=\alpha,\quad\forall t=T\to1:\ "
    r"\partial\hat y/\partial u^t=\frac{\partial\hat y}{\partial z^t}\circ\sigma'(u^t),\ "
    r"\partial\hat y/\partial z^{t-1}=\left(W^{[t]}\right)^\top\frac{\partial\hat y}{\partial u^t},\ "
    r"\partial\hat y/\partial W^{[t]}=\frac{\partial\hat y}{\partial u^t}(z^{t-1})^\top"
)
"""The backward procedure of the text, its four lines in one."""

EQUATIONS = (
    ("(1)", "z^0=x", "input"),
    ("(2)", r"u^{t+1}=W^{[t+1]}z^t,\quad z^{t+1}=\sigma(u^{t+1})", "weighted_input"),
    ("(3)", r"\hat y=\alpha^\top z^T", "cost"),
    ("§1.1 ∂ŷ/∂z^t", _UPRIGHT, "backpropagated_error"),
    ("§1.1 ∂ŷ/∂A", r"(\partial\hat y/\partial A)[i,j]=\partial\hat y/\partial A[i,j]", "weight_gradient"),
    ("§1.1 σ′ of ReLU", r"\sigma'(a)=\begin{cases}1&a\ge0\\0&\text{else}\end{cases}", "activation"),
    ("Claim 1, ∂ŷ/∂u_i", r"\partial\hat y/\partial u_i^t=\frac{\partial\hat y}{\partial z_i^t}\sigma'(u_i^t)", "error"),
    ("Claim 1, ∂ŷ/∂u", r"\partial\hat y/\partial u^t=\frac{\partial\hat y}{\partial z^t}\circ\sigma'(u^t)", "error"),
    ("Claim 1, ∂ŷ/∂W[i,j]", _ENTRY, "weight_gradient"),
    (
        "Claim 1, ∂ŷ/∂W",
        r"\partial\hat y/\partial W^{[t]}=\frac{\partial\hat y}{\partial u^t}(z^{t-1})^\top",
        "weight_gradient",
    ),
    ("Induction, ∂ŷ/∂u", r"\partial\hat y/\partial u^t=\frac{\partial\hat y}{\partial z^t}\circ\sigma'(u^t)", "error"),
    ("Induction, ∂ŷ/∂z_i as an inner product", _INNER, "backpropagated_error"),
    ("Induction, ∂ŷ/∂z^{t−1}", _ONE_LINE, "backpropagated_error"),
    ("procedure, four lines", PROCEDURE, "backpropagated_error"),
)

ERRATA = {
    "input": Erratum("§2", "x ∈ R^d", "R^K, as in §1: W^[1] has K columns"),
    "alpha": Erratum("§1 goal", "∂ŷ/∂α promised, never printed", "∂ŷ/∂α = z^T (layer T, not a transpose)"),
    "last": Erratum("§2.2", "∂ŷ/∂z^t down to t = 1", "the procedure goes to z^0 = x"),
    "claim": Erratum("Claim 1", "∂ŷ/∂z^t suffice", "with the stored u^t, z^{t−1} they do"),
    "kink": Erratum("§1.1: σ′(0) = 1", "a derivative", "a choice of side; most libraries take 0"),
}
