"""Coverage-guided fuzzing of the parser of expressions: ``make fuzz``, or this file with the number of inputs.

Atheris follows which branches an input takes and changes inputs towards new ones. Any exception but the parser's own
ends the run with the input that caused it. What it found interesting is thrown away: nothing is kept between runs.
"""

import random
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["backprop_core.graph", "tests.fuzz"]):
    from backprop_core.graph import graph_examples
    from tests.fuzz.judging import judge

RUNS = 1_000_000
LONGEST = 400
TOLD = 20
"""One in so many expressions is also computed and told, which takes a hundred times as long as reading it."""

WORDS = ["exp(", "log(", "sqrt(", "sin(", "cos(", "tanh(", "sigmoid(", "relu(", "softplus(", "abs(", "max(", "min(",
         "**", "--", "1e999", "1e-9", ".5", "0", "=", ";", "\\x0a", "#", "(", ")", ",", "x", "w0", "a_1", "__import__(",
         "\\xe2\\x88\\x92", "\\xc3\\x97", "\\xc2\\xb7", "\\xcf\\x83", "lambda", "\\x00"]  # fmt: skip
"""A dictionary for the fuzzer: what an expression is made of, and what it is not."""

chance = random.Random(1)  # noqa: S311 - no secret


def one_input(data: bytes) -> None:
    """Judge one text."""
    judge(data.decode("utf-8", "replace"), told=chance.randrange(TOLD) == 0)


def main() -> None:
    """Fuzz, from the examples on."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    with tempfile.TemporaryDirectory(prefix="backscope-fuzz-") as folder:
        corpus, words = Path(folder) / "corpus", Path(folder) / "words"
        corpus.mkdir()
        for example in graph_examples():
            (corpus / example.id).write_text(example.request["expression"], encoding="utf-8")
        words.write_text("".join(f'"{word}"\n' for word in WORDS), encoding="utf-8")
        options = [
            f"-runs={runs}",
            "-verbosity=0",
            f"-max_len={LONGEST}",
            "-seed=1",
            "-print_final_stats=1",
            f"-dict={words}",
        ]
        atheris.Setup(
            [sys.argv[0], *options, f"-artifact_prefix={tempfile.gettempdir()}/backscope-", str(corpus)], one_input
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
