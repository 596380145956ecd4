"""The question to SymPy, asked in a process of its own that is ended when its time is over.

SymPy is an optional extra: where it is not installed the question is answered with a problem that says how to get it.
One question is asked at a time, a few may wait, and what was found for a formula is kept for a while. Whoever asks is
answered within a time that a person waits, and a question that nobody waits for any more is dropped.
"""

import sys
from collections import OrderedDict
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, cast

import anyio
import orjson

from app.formulas import NOT_INSTALLED
from app.limits import Limits
from app.problems import Problem
from backprop_core import GraphTrace, node_tex

COMMAND = (sys.executable, "-P", str(Path(__file__).with_name("formulas.py")))
WAITING = 8
KEPT = 64
SHOWN = 80
"""Operations of a formula that is shown whole; of a longer one dots stand for what lies deep inside."""
SHOWN_CHARACTERS = 2000
"""Characters of TeX of a formula that is shown whole, however few operations it has."""

INSTALL = "The symbolic way needs SymPy, which is not installed here: pip install 'backscope[symbolic]'."


class TooLong(Exception):
    """SymPy was not done in the time it had, or took too much memory."""


class Symbolic:
    """The desk where questions to SymPy wait for each other."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._turn = anyio.Lock()
        self._waiting = 0
        # None where SymPy was not done: asked again it would not be done again.
        self._kept: OrderedDict[bytes, dict[str, Any] | None] = OrderedDict()

    async def ask(self, question: bytes) -> dict[str, Any]:
        """SymPy's formulas, as ``app.formulas.differentiate`` gives them.

        Raises ``TooLong``, and ``Problem`` (501) where SymPy is not installed or (503) where others keep it busy.
        """
        if question in self._kept:
            self._kept.move_to_end(question)
            return _done(self._kept[question])
        if self._waiting >= WAITING:
            raise self._busy("Too many formulas wait to be differentiated")
        self._waiting += 1
        seconds = self._limits.symbolic_wait_seconds
        try:
            with anyio.move_on_after(seconds):
                async with self._turn:
                    # Whoever waited may have waited for the same.
                    if question not in self._kept:
                        self._keep(question, await self._run(question))
                return _done(self._kept[question])
        finally:
            self._waiting -= 1
        # Not kept: it was the others, or a slow machine, that took the time.
        raise self._busy(
            f"SymPy had no time for this formula within {seconds} seconds, the limit symbolic_wait_seconds"
        )

    async def _run(self, question: bytes) -> dict[str, Any] | None:
        command = (*COMMAND, str(self._limits.symbolic_seconds))
        # Asked through a file: a pipe breaks where the process ends before it has read.
        with TemporaryFile() as given:
            given.write(question)
            given.seek(0)
            # A process whose time is over, or whose asker is gone, is killed here.
            done = await anyio.run_process(command, stdin=given, check=False)
        if done.returncode == NOT_INSTALLED:
            raise Problem("not-installed", INSTALL)
        if done.returncode:
            return None
        return cast("dict[str, Any]", orjson.loads(done.stdout))

    def _keep(self, question: bytes, found: dict[str, Any] | None) -> None:
        self._kept[question] = found
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def _busy(self, what: str) -> Problem:
        detail = f"{what}. Try again in a few seconds, or send “symbolic”: false for the two other ways alone."
        return Problem("too-busy", detail, headers={"Retry-After": "5"})


def _done(found: dict[str, Any] | None) -> dict[str, Any]:
    if found is None:
        raise TooLong
    return found


def question(trace: GraphTrace, by: list[int], ends: list[int]) -> bytes:
    """The nodes of a finite trace, the inputs to differentiate by, and nodes to count by the way; no text of a user."""
    graph = trace.graph
    nodes = [
        {
            "operation": node.operation,
            "operands": node.operands,
            "tex": node_tex(node),
            "value": trace.number("value", node.id),
            # What no input reaches is a number, however it was written.
            "number": None if node.id in graph.varying else trace.number("value", node.id),
        }
        for node in graph.nodes
    ]
    return orjson.dumps({"nodes": nodes, "by": by, "ends": ends, "longest": SHOWN, "characters": SHOWN_CHARACTERS})
