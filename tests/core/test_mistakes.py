"""Mutation: each classic mistake, put into the source of the engine, must make the suite fail.

The engine and its tests are copied, one line of the copy is made wrong, and the tests run on it for real.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SUITE = [
    "tests/core/test_mazur.py",
    "tests/core/test_narration.py",
    "tests/core/test_pytorch.py",
    "tests/core/test_examples.py",
    "tests/core/test_gradients.py",
    "tests/core/test_program.py::test_an_equation_writes_only_what_it_says",
]


@dataclass(frozen=True)
class Mistake:
    """A mistake as replacements in files of the engine; each old text must stand there exactly once."""

    name: str
    changes: tuple[tuple[str, str, str], ...]


UPDATE_FIRST = (
    'program += [eq.weight_gradient(memory, l + 1), *motion(memory, "weights", l + 1),'
    " eq.backpropagated_error(memory, l),"
)
SLOPE_AGAIN = (
    "partial(np.subtract, delta, y, delta), partial(lambda d, out: np.multiply(d, out * (1 - out), d), delta, a),"
)

MISTAKES = (
    Mistake(
        "hidden error from already updated weights",
        (
            (
                "equations.py",
                'w, delta = memory["weights", reader.layer]',
                'w, delta = memory["updated_weights", reader.layer]',
            ),
            (
                "backprop.py",
                "program += [eq.backpropagated_error(memory, l),",
                UPDATE_FIRST,
            ),
        ),
    ),
    Mistake(
        "ReLU mask missing in one layer",
        (
            (
                "equations.py",
                'if Quantity("activation_slope", l) in memory:',
                'if l != 2 and Quantity("activation_slope", l) in memory:',
            ),
        ),
    ),
    Mistake(
        "σ′ taken of a instead of z",
        (
            (
                "activations.py",
                "return [partial(np.subtract, _scalar(1.0, a), a, s), partial(np.multiply, a, s, s)]",
                "return [*_sigmoid(a, s), partial(lambda x: np.copyto(x, x * (1 - x)), s)]",
            ),
        ),
    ),
    Mistake(
        "σ′ forgotten",
        (
            (
                "activations.py",
                "return [partial(np.subtract, _scalar(1.0, a), a, s), partial(np.multiply, a, s, s)]",
                "return [partial(s.fill, 1.0)]",
            ),
        ),
    ),
    Mistake(
        "cost with ½, its gradient without",
        (("costs.py", "partial(np.multiply, g, two, g)", "partial(np.multiply, g, two / 2, g)"),),
    ),
    Mistake(
        "cost without ½",
        (("costs.py", "half = np.asarray(0.5, dtype=a.dtype)", "half = np.asarray(1.0, dtype=a.dtype)"),),
    ),
    Mistake(
        "sum instead of mean over the batch",
        (
            ("equations.py", "memory.scalar(1.0 / m)", "memory.scalar(1.0)"),
            ("equations.py", "np.full(m, 1.0 / m, dtype=memory.dtype)", "np.full(m, 1.0, dtype=memory.dtype)"),
        ),
    ),
    Mistake(
        "bias stepped once per incoming weight",
        (
            (
                "equations.py",
                "shares = np.full(m, 1.0 / m, dtype=memory.dtype)",
                "shares = np.full(m, memory.spec.sizes[l - 1] / m, dtype=memory.dtype)",
            ),
        ),
    ),
    Mistake(
        "softmax with cross-entropy multiplied by σ′ again",
        (
            (
                "equations.py",
                "partial(np.subtract, delta, y, delta),",
                SLOPE_AGAIN,
            ),
        ),
    ),
    Mistake(
        "threshold subtracted instead of a bias added",
        (
            (
                "equations.py",
                "partial(np.add, z, b, z)",
                "partial(np.subtract, z, b, z)",
            ),
        ),
    ),
    Mistake(
        "gradients not cleared between updates",
        (
            (
                "equations.py",
                "calls.append(partial(delta.T.dot, a, gradient))",
                "calls.append(partial(lambda d, x, g: np.add(g, d.T.dot(x), g), delta, a, gradient))",
            ),
        ),
    ),
    Mistake(
        "gradients not cleared between updates, within the update of the weights",
        (
            (
                "optimizers.py",
                "partial(share.T.dot, a, new),",
                "partial(lambda d, x, g: np.add(g, d.T.dot(x), g), share, a, new),",
            ),
        ),
    ),
)


def copy(target: Path) -> None:
    shutil.copytree(ROOT / "backprop_core", target / "backprop_core", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests" / "core", target / "tests" / "core", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "docs", target / "docs")
    shutil.copy(ROOT / "pyproject.toml", target)


def run_suite(target: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *SUITE]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(
        command, cwd=target, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake.name for mistake in MISTAKES])
def test_the_lines_to_be_made_wrong_are_there(mistake: Mistake) -> None:
    for file, old, _ in mistake.changes:
        source = (ROOT / "backprop_core" / file).read_text()
        assert source.count(old) == 1, f"{file} no longer has this line once: {old}"


@pytest.mark.slow
def test_the_copy_itself_passes(tmp_path: Path) -> None:
    """The control: without a mistake the same suite is green, and it is the copy that is tested."""
    copy(tmp_path)
    proof = f"\n\ndef test_this_is_the_copy() -> None:\n    assert oracle.__file__.startswith({str(tmp_path)!r})\n"
    proof += f"    assert check_gradient.__globals__['__file__'].startswith({str(tmp_path)!r})\n"
    path = tmp_path / "tests" / "core" / "test_gradients.py"
    path.write_text(path.read_text() + proof)
    result = run_suite(tmp_path)
    assert result.returncode == 0, result.stdout[-3000:]


@pytest.mark.slow
@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake.name for mistake in MISTAKES])
def test_the_suite_fails_for(mistake: Mistake, tmp_path: Path) -> None:
    copy(tmp_path)
    for file, old, new in mistake.changes:
        path = tmp_path / "backprop_core" / file
        path.write_text(path.read_text().replace(old, new))
    result = run_suite(tmp_path)
    assert result.returncode == 1, result.stdout[-3000:] + result.stderr[-2000:]
    assert "AssertionError" in result.stdout, result.stdout[-3000:]
