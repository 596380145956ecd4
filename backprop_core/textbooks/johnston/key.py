"""Johnston's key and curve as panels: how the text writes things, and what σ makes of every z of a layer.

The two activations that the text names stand beside the one of the network.
"""

from backprop_core.textbooks.curves_told import layer_table
from backprop_core.textbooks.johnston.notation import SYMBOLS
from backprop_core.textbooks.panels import PANELS, Panel
from backprop_core.textbooks.pieces import Line
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import called, formula


def notation_panel(scene: Scene, view: View) -> Panel:
    """The key of the lens; at the sample its data set, at the cost the sum over it."""
    text = (
        (
            "Layers count from 1, the input. A derivative of a number by a column is a row, of a column by a column a"
            " matrix, of a column by a matrix a box of numbers: a 3-tensor."
        ),
        "D is the set of samples and labels (§2). The training error is the sum or average of C over all of them.",
    )
    return Panel("notation", PANELS["notation"], text, tuple(Line((tex,), title=words) for tex, words in SYMBOLS))


def sigma_panel(scene: Scene, view: View) -> Panel:
    """The activation of this layer and the others the text names, and what it makes of each z here."""
    l, kind = scene.layer, view.spec.activation(scene.layer)
    named = (("sigmoid", "The logistic function"), ("relu", "ReLU, named as the other one in wide use"))
    lines = [Line((r"\sigma(x)=", *formula(name, "x")), title=title, place="§2.1") for name, title in named]
    if kind not in dict(named):
        title = f"Here, {called(kind)}"
        lines.append(Line((r"\sigma(x)=", *formula(kind, "x")), title=title))
    lines.append(
        Line((r"\sigma(\vec x)=(\sigma(x_1),\dots,\sigma(x_n))^t",), title="Of a column, by component", place="§2.2")
    )
    text = (f"In the text every layer has the same σ; this one has {called(kind)}.",)
    table = layer_table(view, l, ("z", "σ(z)", "σ′(z)"), title=f"Layer {l + 1}")
    return Panel("sigma", PANELS["sigma"], text, tuple(lines), (table,))
