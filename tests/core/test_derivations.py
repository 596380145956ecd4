"""Derivations: the document says what the steps say, and no format can be broken by what stands in it."""

import csv
import io
import re
from dataclasses import replace

import numpy as np
import pytest

from backprop_core import load_example, narrate
from backprop_core.derivations import WRITERS, Derivation, derive
from backprop_core.derivations.document import Equation, Passage
from backprop_core.derivations.latex import as_latex
from backprop_core.derivations.markdown import as_markdown
from backprop_core.derivations.one_line import one_line
from backprop_core.derivations.plain import as_plain_text
from backprop_core.derivations.table import HEAD, as_csv
from backprop_core.derivations.words import formula, spans
from backprop_core.examples.comparison import traces_after
from backprop_core.textbooks.pieces import to_tex
from tests.core.derivation_cases import ALL, derivations, formulas, traces

MAZUR = next(traces_after(load_example("mazur").request, [0]))
HOSTILE = (
    r"""=HYPERLINK("x") $E=1$ \input{secret} <script>alert(1)</script> a_b^c % # & ~ | [x](y) `z` *w* “q” – 龍 ½ 50%"""
)


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("textbook", ALL)
def test_the_document_has_every_step_as_it_is_told(textbook: str) -> None:
    steps, document = list(narrate(MAZUR, textbook=textbook)), derive(MAZUR, textbook)
    assert len(steps) == len(document.passages)
    for step, passage in zip(steps, document.passages, strict=True):
        assert (passage.number, passage.name, passage.sentence) == (step.index + 1, step.name, step.sentence)
        assert [one.symbols for one in passage.equations] == [to_tex(line.symbols) for line in step.lines]
        assert [one.numbers for one in passage.derivation] == [to_tex(line.numbers) for line in step.derivation]
        assert len(passage.remarks) == bool(step.note) + len(step.errata) + len(step.remarks)


def test_a_part_of_the_steps_is_a_part_of_the_document() -> None:
    assert [one.number for one in derive(MAZUR, first=3, count=4).passages] == [4, 5, 6, 7]


def test_the_table_has_the_published_numbers_in_full() -> None:
    rows = table(as_csv(derive(MAZUR)))
    assert tuple(rows[0]) == HEAD
    found = {(row["quantity"], row["row"], row["column"]): float(row["value"]) for row in rows}
    assert found["error:2", "1", "1"] == pytest.approx(0.13849856162855695, rel=1e-14)
    assert found["error:2", "2", "1"] == pytest.approx(-0.038098236516556236, rel=1e-14)
    assert found["updated_weights:1", "2", "1"] == pytest.approx(0.24975114363236958, rel=1e-14)
    assert found["cost", "", ""] == pytest.approx(0.298371109, abs=5e-10)


@pytest.mark.parametrize("textbook", ALL)
def test_the_table_has_every_result_to_the_last_bit(textbook: str) -> None:
    for trace in traces():
        steps = list(narrate(trace, textbook=textbook))
        rows = table(as_csv(derive(trace, textbook)))
        for step in steps:
            values = [float(row["value"]) for row in rows if row["step"] == str(step.index + 1)]
            np.testing.assert_array_equal(values, np.ravel(np.asarray(step.result, dtype=float)))


@pytest.mark.parametrize(
    ("tex", "said"),
    [
        (r"\delta^2=\big((w^3)^T\delta^3\big)\odot\sigma'(z^2)", "δ² = ((w³)ᵀδ³) ⊙ σ′(z²)"),
        (r"\frac{\partial C}{\partial w^3_{11}}=a^2_1\,\delta^3_1", "∂C/∂w³₁₁ = a²₁ δ³₁"),
        (r"\sigma(z)=\frac{1}{1+e^{-z}}", "σ(z) = 1/(1 + e^(−z))"),
        (
            r"z=\begin{bmatrix}0.4&-0.45\\0.5&0.55\end{bmatrix}\begin{bmatrix}1\\2\end{bmatrix}",
            "z = [0.4 −0.45; 0.5 0.55][1; 2]",
        ),
        (r"1.277\times10^{-5}-2", "1.277×10⁻⁵ − 2"),
        (r"0.5+\underbrace{0.73}_{9\text{ smaller}}", "0.5 + 0.73 (9 smaller)"),
        (r"\left.\hat y\right|_{x=1}", "ŷ|_(x = 1)"),
        (r"C=\tfrac12\Vert\vec a^3-\vec\lambda\Vert^2", "C = 1/2 ‖a³ − λ‖²"),
        (r"w^3\rightarrow w^3-\frac{\eta}{m}\sum_x\delta^{x,3}", "w³ → w³ − η/m Σₓ δ^(x,3)"),
        (r"W^{[2]}[:,1]", "W^[2][:,1]"),
    ],
)
def test_a_formula_in_one_line(tex: str, said: str) -> None:
    assert one_line(tex) == said


@pytest.mark.parametrize("textbook", ALL)
def test_no_command_of_tex_is_left_in_plain_text(textbook: str) -> None:
    for derivation in derivations(textbook):
        text = as_plain_text(derivation)
        assert "\\" not in text
        assert re.findall(r"(?<![\w ])\{|\}(?!\w)", text.replace("{σ", "").replace(")}", "")) == [] or "diag" in text
        for tex in formulas(derivation):
            numbers = [float(one) for one in re.findall(r"(?<![\d.])\d+\.\d+", tex)]
            assert [float(one) for one in re.findall(r"(?<![\d.])\d+\.\d+", one_line(tex))] == numbers


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("error δ^3 of layer 2", ["error ", "$\\delta ^{3}$", " of layer 2"]),
        ("∂C/∂a_j^{l+1}", ["$\\partial $", "C/", "$\\partial a_{j}^{l+1}$"]),
        ("the vector ∇_a C_x", ["the vector ", "$\\nabla _{a}$", " ", "$C_{x}$"]),
        ("a² and w³ᵀ", ["$a^{2}$", " and ", "$w^{3T}$"]),
        ("W^[1], then", ["$W^{[1]}$", ", then"]),
        ("n^(l−1), W⁽²⁾", ["$n^{(l-1)}$", ", ", "$W^{(2)}$"]),
        ("nothing to set", ["nothing to set"]),
    ],
)
def test_symbols_in_words_are_found(text: str, parts: list[str]) -> None:
    assert [f"${part}$" if is_formula else part for is_formula, part in spans(text)] == parts


def test_no_symbol_has_two_scripts_of_a_kind() -> None:
    assert formula("z^T′") == "z^{T}{}'" or "^{T}" in formula("z^T′")
    assert formula("σ′^2") == r"\sigma ^{\prime 2}"
    assert formula("a²^T") == "a^{2}{}^{T}"


def hostile() -> Derivation:
    plain = derive(MAZUR, count=1)
    equation = Equation(HOSTILE, HOSTILE, "a=b", "1=1")
    passage = Passage(
        number=1,
        phase="forward",
        kind=HOSTILE,
        layer=0,
        name=HOSTILE,
        place=HOSTILE,
        sentence=HOSTILE,
        shapes=HOSTILE,
        equations=(equation,),
        derivation=(equation,),
        remarks=(HOSTILE,),
        label="a",
        quantity=HOSTILE,
        result=1.0,
    )
    return replace(plain, title=HOSTILE, source=HOSTILE, about=(HOSTILE,), passages=(passage,))


def test_a_spreadsheet_computes_nothing() -> None:
    [row] = table(as_csv(hostile()))
    assert row["name"] == f"'{HOSTILE}"
    assert all(not value.startswith(("=", "+", "@", "\t")) for value in row.values())
    for derivation in (one for textbook in ALL for one in derivations(textbook)):
        for line in table(as_csv(derivation)):
            text = [value for name, value in line.items() if name != "value"]
            assert all(not value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in text)


def test_markdown_takes_words_for_words() -> None:
    text = as_markdown(hostile())
    assert "<script>" not in text
    # What is not a formula of ours has a backslash before each of its signs.
    assert r"\$E=1\$ \\input\{secret\} \<script\>alert(1)\</script\>" in text


def test_latex_takes_words_for_words() -> None:
    body = as_latex(hostile()).partition(r"\begin{document}")[2]
    assert r"\input" not in body
    assert r"\textbackslash{}input\{secret\}" in body
    assert r"\$E=1\$" in body
    assert r"50\%" in body
    assert "龍" not in body


def test_every_format_has_its_own_ending() -> None:
    assert len({writer.ending for writer in WRITERS.values()}) == len(WRITERS) == 4
    assert next(iter(WRITERS)) == "text/plain"
