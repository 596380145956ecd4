"""A divergence in words: the texts count layers differently, so the words count none."""

import pytest

from app.sessions.documents import told
from backprop_core import Diverged


@pytest.mark.parametrize(
    ("quantity", "layer", "words"),
    [
        ("cost", 3, "In update 8, the cost became ∞."),
        ("weighted_input", 3, "In update 8, the weighted input of the output layer became ∞."),
        ("error", 1, "In update 8, the error of hidden layer 1 became ∞."),
        ("activation", 0, "In update 8, the activation of the input became ∞."),
    ],
)
def test_its_place_is_said_as_every_text_would(quantity: str, layer: int, words: str) -> None:
    assert told(Diverged(7, layer, quantity, float("inf")), 3)["sentence"] == words
