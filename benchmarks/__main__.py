"""`python -m benchmarks`, or `make bench`: everything that is measured, printed as tables.

NumPy, PyTorch and OpenBLAS read how many threads they may use when they are first imported, so what is
measured runs in a process of its own.
"""

import argparse
import os
import platform
import subprocess
import sys

ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
)
NAMES = ("W1", "W2", "W3", "W4", "W5", "W6")
PARTS = ("engine", "learning", "answers", "streaming", "page")
KERNELS = "Haswell"
"""The matrix kernels of every x86 processor of the last ten years: with them a figure means the same everywhere."""


def main() -> int:
    """Run the parts asked for; 1 if an update was wrong, never because something was slow."""
    asked = _parser().parse_args()
    if asked.child:
        return _measure(asked)
    environment = {**os.environ, **dict.fromkeys(ONE_THREAD, "1")}
    if platform.machine() in ("x86_64", "AMD64") and not asked.native:
        environment["OPENBLAS_CORETYPE"] = KERNELS
    else:
        environment.pop("OPENBLAS_CORETYPE", None)
    command = [sys.executable, "-m", "benchmarks", "--child", *sys.argv[1:]]
    return subprocess.run(command, env=environment, check=False).returncode


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Ratios against peers, in one run.")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES, help="workloads (default: all)")
    parser.add_argument("--part", nargs="+", choices=PARTS, default=PARTS, help="parts (default: all)")
    parser.add_argument("--rounds", type=int, default=45, help="rounds a workload is measured in (default: 45)")
    parser.add_argument("--native", action="store_true", help="the matrix kernels of this very processor")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    return parser


def _measure(asked: argparse.Namespace) -> int:
    print(_machine(), flush=True)
    right = True
    if "engine" in asked.part:
        from benchmarks import engine

        right = engine.run(set(asked.only), asked.rounds)
    if "learning" in asked.part:
        from benchmarks import digits, learning

        learning.report(set(asked.only), asked.rounds)
        right &= digits.report(asked.rounds)
    if "answers" in asked.part:
        from benchmarks import answers, questions

        answers.report_traces(set(asked.only), asked.rounds)
        answers.report_answers(asked.rounds)
        questions.report(asked.rounds)
    if "streaming" in asked.part:
        from benchmarks import streaming

        streaming.report(set(asked.only))
    if "page" in asked.part:
        from benchmarks import page

        page.report()
    return 0 if right else 1


def _machine() -> str:
    import numpy as np

    kernels = os.environ.get("OPENBLAS_CORETYPE", "this processor's own")
    about = f"Python {platform.python_version()}, NumPy {np.__version__}, one thread, matrix kernels: {kernels}"
    if hasattr(os, "getloadavg"):
        load, cores = os.getloadavg()[0], os.cpu_count() or 1
        about += f", load {load:.1f} on {cores} cores"
        if load > cores:
            about += "\nThe machine is busy: ratios to the matrix products come out too high, by a tenth or so."
    return about


if __name__ == "__main__":
    sys.exit(main())
