"""The question to SymPy, asked in a process of its own that is ended when its time is over.

SymPy is an optional extra: where it is not installed the question is answered with a problem that says how to get it.
One question is asked at a time, a few may wait, and what was found for a formula is kept for a while.
"""

import sys
from collections import OrderedDict
from pathlib import Path
from typing import Any, cast

import anyio
import orjson

from app.formulas import NOT_INSTALLED
from app.limits import Limits
from app.problems import Problem
from backprop_core import GraphTrace, node_tex

COMMAND = (sys.executable, "-P", str(Path(__file__).with_name("formulas.py")))
WAITING = 8
BUSY = 4
"""Times as long as it may work a question may take where others work as well."""
KEPT = 64
SHOWN = 80
"""Operations of a formula that is shown whole; of a longer one dots stand for what lies deep inside."""

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

        Raises ``TooLong``, and ``Problem`` (501) where SymPy is not installed or (503) where too many wait.
        """
        if question in self._kept:
            self._kept.move_to_end(question)
            return _done(self._kept[question])
        if self._waiting >= WAITING:
            detail = "Too many formulas wait to be differentiated. Try again in a few seconds."
            raise Problem("too-busy", detail, headers={"Retry-After": "5"})
        self._waiting += 1
        try:
            async with self._turn:
                # Whoever waited may have waited for the same.
                found = self._kept[question] if question in self._kept else await self._run(question)
        finally:
            self._waiting -= 1
        self._kept[question] = found
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return _done(found)

    async def _run(self, question: bytes) -> dict[str, Any] | None:
        done = None
        seconds = self._limits.symbolic_seconds
        with anyio.move_on_after(BUSY * seconds):
            done = await anyio.run_process((*COMMAND, str(seconds)), input=question, check=False)
        if done is not None and done.returncode == NOT_INSTALLED:
            raise Problem("not-installed", INSTALL)
        if done is None or done.returncode:
            return None
        return cast("dict[str, Any]", orjson.loads(done.stdout))


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
    return orjson.dumps({"nodes": nodes, "by": by, "ends": ends, "longest": SHOWN})
