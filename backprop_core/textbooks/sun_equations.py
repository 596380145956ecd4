"""Sun's printed equations with their places, and the slips of the text with what holds instead.

Cited by number or place; each slip is shown beside the equation it concerns.
"""

from backprop_core.textbooks.scenes import Erratum

EQUATIONS = (
    ("(1)", "z^0=x", "input"),
    ("(2)", r"z^{t+1}=\sigma(W^{[t+1]}z^t)", "activation"),
    ("(3)", r"\hat y=\alpha^\top z^T", "cost"),
    ("Base case", r"\frac{\partial\hat y}{\partial z^T}=\alpha", "backpropagated_error"),
    (
        "Claim 1, ∂ŷ/∂u",
        r"\frac{\partial\hat y}{\partial u^t}=\frac{\partial\hat y}{\partial z^t}\circ\sigma'(u^t)",
        "error",
    ),
    (
        "Claim 1, ∂ŷ/∂W",
        r"\frac{\partial\hat y}{\partial W^{[t]}}=\frac{\partial\hat y}{\partial u^t}(z^{t-1})^\top",
        "weight_gradient",
    ),
    (
        "Induction, ∂ŷ/∂z^{t−1}",
        r"\frac{\partial\hat y}{\partial z^{t-1}}=\left(W^{[t]}\right)^\top\frac{\partial\hat y}{\partial u^t}",
        "backpropagated_error",
    ),
)

ERRATA = {
    "input": Erratum("§2", "x ∈ R^d", "x ∈ R^K, as in §1: W^[1] has K columns"),
    "alpha": Erratum("§1 goal", "∂ŷ/∂α promised, never printed", "∂ŷ/∂α = z^T, the value of the last layer T"),
    "claim": Erratum("Claim 1", "all ∂ŷ/∂z^t suffice for the rest", "they do together with the stored u^t and z^{t−1}"),
    "kink": Erratum(
        "§1.1, σ′(0) = 1", "a derivative of ReLU at 0", "a choice of side: there is none, and most libraries take 0"
    ),
    "last": Erratum("§2.2", "∂ŷ/∂z^t for t = T, …, 1", "the procedure goes on to z^0 = x"),
}
