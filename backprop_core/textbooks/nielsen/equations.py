"""Nielsen's displayed equations in their order, and the slips of the text with what holds instead.

(53) to (57) and (39) are given as they hold: with their sums, and by component; each slip is shown where it is met.
"""

from backprop_core.textbooks.scenes import Erratum

_LAST = (
    r"\frac{\partial C_x}{\partial w_{jk}^L}=\frac{\partial C_x}{\partial a_j^L}"
    r"\frac{\partial a_j^L}{\partial z_j^L}\frac{\partial z_j^L}{\partial w_{jk}^L}"
)
_BEFORE = (
    r"\frac{\partial C_x}{\partial w_{kp}^{l-1}}=\sum_j\frac{\partial C_x}{\partial a_j^l}"
    r"\frac{\partial a_j^l}{\partial a_k^{l-1}}\frac{\partial a_k^{l-1}}{\partial z_k^{l-1}}"
    r"\frac{\partial z_k^{l-1}}{\partial w_{kp}^{l-1}}"
)
_ANY = (
    r"\frac{\partial C_x}{\partial w_{rs}^i}=\sum_{j,k,\dots,q}\frac{\partial C_x}{\partial a_j^L}"
    r"\frac{\partial a_j^L}{\partial a_k^{L-1}}\cdots\frac{\partial a_q^{i+1}}{\partial a_r^i}"
    r"\,\sigma'(z_r^i)\,a_s^{i-1}"
)

EQUATIONS = (
    ("(34)", r"s\odot t", "output_error"),
    ("(35)", r"\delta_j^l\equiv\frac{\partial C_x}{\partial z_j^l}", "output_error"),
    (
        "(36)",
        r"\delta_j^L=\sum_k\frac{\partial C_x}{\partial a_k^L}\frac{\partial a_k^L}{\partial z_j^L}",
        "output_error",
    ),
    ("(37)", r"\delta_j^L=\frac{\partial C_x}{\partial a_j^L}\frac{\partial a_j^L}{\partial z_j^L}", "output_error"),
    ("(38)", r"\delta_j^L=\frac{\partial C_x}{\partial a_j^L}\sigma'(z_j^L)", "output_error"),
    ("cost, from (10)", r"C_x=\frac12\sum_j(y_j-a_j^L)^2", "cost"),
    ("(39)", r"(\nabla_aC_x)_j=\frac{\partial C_x}{\partial a_j^L}=a_j^L-y_j", "cost_gradient"),
    ("sigmoid, from (3)", r"\sigma(z)\equiv\frac{1}{1+e^{-z}}", "activation"),
    ("(40)", r"\sigma'(z_j^L)=\sigma(z_j^L)(1-\sigma(z_j^L))=a_j^L(1-a_j^L)", "output_error"),
    ("(BP1)", r"\delta^L=\nabla_aC_x\odot\sigma'(z^L)", "output_error"),
    ("(41)", r"\delta^L=(a^L-y)\odot(a^L\odot(1-a^L))", "output_error"),
    ("(42)", r"\delta_j^l=\sum_k\delta_k^{l+1}\frac{\partial z_k^{l+1}}{\partial z_j^l}", "error"),
    ("(43)", r"z_k^{l+1}=\sum_jw_{kj}^{l+1}\sigma(z_j^l)+b_k^{l+1}", "weighted_input"),
    ("(44)", r"\frac{\partial z_k^{l+1}}{\partial z_j^l}=w_{kj}^{l+1}\sigma'(z_j^l)", "error"),
    ("(45)", r"\delta_j^l=\sum_k\delta_k^{l+1}w_{kj}^{l+1}\sigma'(z_j^l)", "error"),
    ("(BP2)", r"\delta^l=((w^{l+1})^T\delta^{l+1})\odot\sigma'(z^l)", "error"),
    ("z^l, from (8)", r"z^l\equiv w^la^{l-1}+b^l", "weighted_input"),
    ("(46)", r"z_j^l=\sum_kw_{jk}^la_k^{l-1}+b_j^l", "weighted_input"),
    ("(47)", r"\frac{\partial z_j^l}{\partial b_j^l}=1", "bias_gradient"),
    ("(48)", r"\frac{\partial C_x}{\partial b_j^l}=\delta_j^l\cdot1=\delta_j^l", "bias_gradient"),
    ("(BP3)", r"\frac{\partial C_x}{\partial b^l}=\delta^l", "bias_gradient"),
    ("before (49)", r"z_j^l=\sum_kw_{jk}^la_k^{l-1}+b_j^l", "weight_gradient"),
    ("(49)", r"\frac{\partial z_j^l}{\partial w_{jk}^l}=a_k^{l-1}", "weight_gradient"),
    ("(50)", r"\frac{\partial C_x}{\partial w_{jk}^l}=\delta_j^la_k^{l-1}", "weight_gradient"),
    ("(BP4)", r"\frac{\partial C_x}{\partial w^l}=\delta^l(a^{l-1})^T", "weight_gradient"),
    ("(51)", r"\frac{\partial C_x}{\partial w}=a_{\text{in}}\delta_{\text{out}}", "weight_gradient"),
    ("summary BP1–BP4", r"\delta^l=\frac{\partial C_x}{\partial z^l}", "output_error"),
    ("(52)", _LAST, "weight_gradient"),
    ("(53)", _BEFORE, "weight_gradient"),
    ("(54)", r"\frac{\partial a_j^l}{\partial z_j^l}=\sigma'(z_j^l)", "weight_gradient"),
    ("(55)", r"\frac{\partial z_j^l}{\partial a_k^{l-1}}=w_{jk}^l", "weight_gradient"),
    ("(56)", r"\frac{\partial a_j^l}{\partial a_k^{l-1}}=\sigma'(z_j^l)\,w_{jk}^l", "weight_gradient"),
    ("(57)", _ANY, "weight_gradient"),
)

ERRATA = {
    "update": Erratum("SGD item 3", "update for l = L−1, …, 2", "l = L, …, 2: the output layer learns too"),
    "path_sums": Erratum("(57)", "no sum signs", "sums over j, k, p, …: over all paths"),
    "path_factors": Erratum(
        "(57) and its last sentence",
        "last factors ∂a_r^i/∂z_r^i · ∂z_r^i/∂w_qr^i; w_qr^i said to run from layer i to i+1",
        "with (46): weight w_rs^i from s in layer i−1 to r in layer i, last factors σ′(z_r^i) a_s^{i−1}",
    ),
    "path_sum": Erratum("(53)", "no Σ_j", "Σ_j over layer l"),
    "path_layers": Erratum("(54), (56)", "σ′(z_j)", "σ′(z_j^l)"),
    "cost_gradient": Erratum("(39)", "∇_a C_x = its j-th component", "(∇_a C_x)_j"),
    "input": Erratum("algorithm item 1", "set the activation function a^1", "set the activation a^1"),
    "output_error": Erratum(
        "summary: any cost and activation", "BP1 for every σ", "elementwise σ only; softmax needs (36)"
    ),
}

PATHS = ("path_sums", "path_factors", "path_sum", "path_layers")
"""Slips of the text’s remarks on the chain rule, which its sums over paths belong to."""
