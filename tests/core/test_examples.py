"""Every published example is run: each printed digit agrees with ours or says why it does not.

What disagrees is named here too, so that a new disagreement can hide behind no reason.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import backprop_core.examples
from backprop_core import Comparison, Printed, compare, example_ids, load_example
from backprop_core.examples.comparison import first_parameters
from backprop_core.examples.make_figure import PENS, draw, make_figure
from backprop_core.examples.make_spiral import make_spiral

IDS = example_ids()
PROMISED = {
    "mazur",
    "han-kamber",
    "tom-yeh",
    "zhou-neuron",
    "zhou-feedforward",
    "zhou-gradient",
    "zhou-softmax",
    "nielsen-neuron",
    "nielsen-neuron-saturated",
    "nielsen-neuron-cross-entropy",
    "nielsen-neuron-cross-entropy-saturated",
    "iamtrask-3-1",
    "iamtrask-3-4-1",
    "harper",
    "cs231n-neuron",
    "cs231n-spiral-linear",
    "cs231n-spiral",
}
# Nobody printed a digit of these: they are ours.
OWN = {"wide-64", "wide-784"}
# Networks of no text and of no author whose numbers we have: layers that skip and join.
WIRED = {"residual", "two-branches"}
# Ours as well, beside the textbooks but at home in the words of any.
CARRIED_OVER = {"softmax-saturated"}
# The settings of the textbooks with numbers of ours; each opens in the words of its text.
PRESETS = {
    "nielsen": "nielsen",
    "nielsen-chain": "nielsen",
    "johnston": "johnston",
    "catching-ai": "catching-ai",
    "catching-ai-widths": "catching-ai",
    "sun": "sun",
    "sun-widths": "sun",
}
# Mazur: what his program printed after updates. Tom Yeh: what comes after the mask that is missing.
DIFFERING = {"mazur": 5, "tom-yeh": 23}


@cache
def compared(name: str) -> tuple[Comparison, ...]:
    return tuple(compare(load_example(name)))


def test_the_menu_is_whole_and_begins_with_mazur() -> None:
    assert set(IDS) >= PROMISED | OWN | CARRIED_OVER | PRESETS.keys()
    assert IDS[0] == "mazur"


@pytest.mark.parametrize("name", ["", "mazur.json", "../spiral", "Mazur", "nobody"])
def test_an_unknown_example_is_a_key_error(name: str) -> None:
    with pytest.raises(KeyError):
        load_example(name)


@pytest.mark.parametrize("name", IDS)
def test_every_printed_number_agrees_or_says_why_not(name: str) -> None:
    differing = [one for one in compared(name) if not one.agrees]
    assert [one.ref for one in differing if not one.note] == []
    assert len(differing) == DIFFERING.get(name, 0), differing


def test_the_document_counts_the_same() -> None:
    rows = (Path(__file__).parents[2] / "docs" / "examples.md").read_text(encoding="utf-8").splitlines()
    for name in DIFFERING:
        agreeing = sum(one.agrees for one in compared(name))
        (row,) = (row for row in rows if row.startswith(f"| `{name}`"))
        assert row.endswith(f"| {agreeing} of {len(compared(name))} agree |")


@pytest.mark.parametrize("name", IDS)
def test_what_agrees_shows_the_printed_digits(name: str) -> None:
    for printed, one in zip(load_example(name).printed, compared(name), strict=True):
        if one.agrees and printed.within == 0.5:
            decimals = len(one.digits.partition(".")[2])
            # Digits finer than 1e-12 of the number depend on the processor.
            if decimals <= 12:
                assert f"{one.computed + 0.0:.{decimals}f}" == f"{one.printed:.{decimals}f}", one


@pytest.mark.parametrize("name", IDS)
def test_a_wider_tolerance_has_its_reason(name: str) -> None:
    for printed in load_example(name).printed:
        assert printed.within in (0.5, 1)
        assert printed.within == 0.5 or printed.note


@pytest.mark.parametrize("name", IDS)
def test_an_example_says_where_it_is_from(name: str) -> None:
    example = load_example(name)
    assert example.id == name
    assert all((example.title, example.author, example.source, example.settings))
    carried = CARRIED_OVER | PRESETS.keys()
    ours_alone = OWN | WIRED | carried
    assert bool(example.printed) == (name not in ours_alone)
    ours = "Our own drawing, under" if name in OWN else "Our own numbers, under"
    assert example.licence.startswith(ours if name in ours_alone else "Facts and figures; no text copied.")
    assert example.textbook == PRESETS.get(name, "")
    groups = (("Textbooks", carried), ("Wide", OWN), ("Skips and joins", WIRED))
    assert example.group == next((group for group, members in groups if name in members), "Published")
    assert all(printed.words for printed in example.printed)
    assert '"@' not in json.dumps(example.request)


@pytest.mark.parametrize("name", IDS)
def test_every_ref_is_canonical(name: str) -> None:
    example = load_example(name)
    batch = len(example.request["batch"]["inputs"])
    for printed in example.printed:
        whole = printed.measure == "mean_absolute_difference"
        assert re.fullmatch(r"costs?|[a-z_]+:\d+(:\d+){1,2}" if not whole else r"activation:\d+", printed.ref)
        assert 0 <= printed.example < batch
        assert printed.after == 0 or "learning_rate" in example.request


def test_an_example_may_be_changed_by_who_asked_for_it() -> None:
    load_example("mazur").request["batch"]["inputs"][0][0] = 1.0
    assert load_example("mazur").request["batch"]["inputs"] == [[0.05, 0.1]]


def test_agreement_is_found_by_running_the_engine() -> None:
    example = load_example("mazur")
    example.request["parameters"]["weights"][1][0][0] = 0.41
    agreeing = {one.ref for one in compare(example) if one.agrees}
    assert "activation:1:0" in agreeing
    assert agreeing.isdisjoint({"activation:2:0", "cost", "updated_weights:2:0:0", "updated_weights:1:0:0"})


@pytest.mark.parametrize(
    ("digits", "unit"),
    [("0.511301270", 1e-9), ("-0.7", 0.1), ("7", 1.0), ("0.0000351085", 1e-10), ("3.5e-5", 1e-6), ("1.00", 0.01)],
)
def test_the_last_printed_digit_counts(digits: str, unit: float) -> None:
    assert Printed("cost", digits, "any").unit == pytest.approx(unit, rel=1e-15)


def test_a_digit_more_or_less_decides() -> None:
    example = load_example("mazur")
    for digits, agrees in [("0.298371109", True), ("0.298371108", False), ("0.298371110", False), ("0.29837", True)]:
        one = replace(example, printed=(Printed("cost", digits, "E total"),))
        assert compare(one)[0].agrees is agrees


def stale_weights(updates: int) -> tuple[float, np.ndarray]:
    """Mazur's total and outputs from a program that changes the output weights before it goes on backward."""
    request = load_example("mazur").request
    w1, w2 = (np.array(w) for w in request["parameters"]["weights"])
    b1, b2 = (np.array(b) for b in request["parameters"]["biases"])
    x, y = np.array(request["batch"]["inputs"][0]), np.array(request["batch"]["targets"][0])

    def forward() -> tuple[np.ndarray, np.ndarray]:
        hidden = 1 / (1 + np.exp(-w1 @ x - b1))
        return hidden, 1 / (1 + np.exp(-w2 @ hidden - b2))

    for _ in range(updates):
        hidden, output = forward()
        delta = (output - y) * output * (1 - output)
        w2 = w2 - 0.5 * np.outer(delta, hidden)
        w1 = w1 - 0.5 * np.outer(w2.T @ delta * hidden * (1 - hidden), x)
    output = forward()[1]
    return float(np.square(y - output).sum() / 2), output


def test_the_reason_given_for_mazurs_totals_is_true() -> None:
    assert round(stale_weights(1)[0], 9) == 0.291027924
    total, outputs = stale_weights(10_000)
    assert round(total, 9) == 0.000035085
    assert np.round(outputs, 9).tolist() == [0.015912196, 0.984065734]
    newer = next(one for one in load_example("mazur").printed if one.digits == "0.0000351085")
    earlier = replace(load_example("mazur"), printed=(replace(newer, after=9_999),))
    assert compare(earlier)[0].agrees


def test_mazur_in_full_after_one_and_after_ten_thousand_updates() -> None:
    totals = {one.after: one.computed for one in compared("mazur") if one.ref == "cost"}
    assert totals[1] == pytest.approx(0.29102777369359933, rel=1e-12)
    assert totals[10_000] == pytest.approx(3.510187782978859e-05, rel=1e-12)


def test_the_reason_given_for_tom_yehs_entries_is_true() -> None:
    """Without the mask at layer 2 the engine's own quantities give every entry of the workbook."""
    from backprop_core.examples.comparison import traces_after

    trace = next(traces_after(load_example("tom-yeh").request, [0]))
    delta2 = trace.memory["activation_gradient", 2]
    back1 = delta2 @ trace.memory["weights", 2]
    delta1 = back1 * trace.memory["activation_slope", 1]
    unmasked = {
        "error:2": delta2,
        "activation_gradient:1": back1,
        "error:1": delta1,
        "weight_gradient:2": delta2.T @ trace.memory["activation", 1],
        "bias_gradient:2": delta2.sum(axis=0),
        "weight_gradient:1": delta1.T @ trace.memory["activation", 0],
        "bias_gradient:1": delta1.sum(axis=0),
    }
    for one in compared("tom-yeh"):
        name, layer, *index = one.ref.split(":")
        array = unmasked.get(f"{name}:{layer}")
        if array is not None:
            row = array[one.example] if name in ("error", "activation_gradient") else array
            assert row[tuple(map(int, index))] == pytest.approx(one.printed, abs=6e-10), one
        else:
            assert one.agrees


@pytest.mark.parametrize("name", ["cs231n-spiral-linear", "cs231n-spiral"])
def test_the_regulariser_is_told_in_numbers(name: str) -> None:
    (one,) = compared(name)
    weights = load_example(name).request["parameters"]["weights"]
    rest = 0.0005 * sum(float(np.square(w).sum()) for w in weights)
    for number in (one.computed - rest, rest, one.computed):
        assert f"{number:.7f}" in one.note


def test_the_stored_spiral_is_what_the_script_makes() -> None:
    stored = json.loads(Path(backprop_core.examples.__file__).with_name("spiral.json").read_text(encoding="utf-8"))
    made = make_spiral()
    assert set(stored) == set(made)
    for name, value in made.items():
        if isinstance(value, str):
            assert stored[name] == value
        else:
            np.testing.assert_allclose(stored[name], value, rtol=1e-12, atol=1e-15)


def test_the_stored_figure_is_what_the_script_makes() -> None:
    stored = json.loads(Path(backprop_core.examples.__file__).with_name("figure.json").read_text(encoding="utf-8"))
    assert stored == json.loads(json.dumps(make_figure()))


@pytest.mark.parametrize("side", PENS)
def test_the_figure_is_a_four(side: int) -> None:
    """Ink on both strokes and in their corner, paper at the edge and inside the open head."""
    ink = draw(side).reshape(side, side)

    def at(x: float, y: float) -> float:
        return float(ink[int(y * side), int(x * side)])

    assert min(at(0.6, 0.3), at(0.6, 0.75), at(0.5, 0.64), at(0.42, 0.43)) > 0.4
    assert max(ink[0].max(), ink[:, 0].max(), ink[:, -1].max(), at(0.3, 0.85), at(0.8, 0.3)) == 0
    assert ink.max() > 0.9


def test_parameters_of_an_example_may_come_from_a_seed() -> None:
    """The same draw as the service makes of the same request."""
    request = load_example("wide-64").request
    drawn = first_parameters(request)
    rng = np.random.default_rng(1)
    first = rng.normal(0.0, 1 / 8, (32, 64))
    np.testing.assert_array_equal(drawn.weights[0], first)
    np.testing.assert_array_equal(drawn.biases[0], rng.normal(0.0, 1.0, 32))


@pytest.mark.parametrize("name", sorted(set(PRESETS.values())))
def test_a_preset_is_the_setting_of_its_screenplay(name: str) -> None:
    golden = Path(__file__).parent / "golden" / f"screenplay_{name.replace('-', '_')}.json"
    assert load_example(name).request == json.loads(golden.read_text(encoding="utf-8"))["request"]
