"""The step cursor of a session: it goes through the steps of the next update, either way, and over updates too.

Passing the last step of an update makes it; going back before the first takes the one before back.
"""

from collections.abc import Callable
from typing import Any

from app import budget
from app.limits import Limits
from app.problems import refusal
from app.schemas import TraceRequest
from app.sessions.asking import asked_of, next_update
from app.sessions.bodies import StepsRequest
from app.sessions.driving import Done
from app.sessions.live import Live
from app.sessions.moves import go, standing
from app.updates import make_trace
from backprop_core import Step, narrate, step_count

Tell = Callable[[int, int], list[Step]]


async def step(live: Live, wanted: StepsRequest, limits: Limits) -> Done:
    """Pass ``wanted.count`` steps, or as many as there are."""
    if abs(wanted.count) > limits.session_steps:
        raise budget.over(limits, "answer-too-large", "session_steps", abs(wanted.count), "/count")
    if wanted.count == 0:
        raise refusal("invalid-value", "/count takes any whole number but 0.", "/count")
    cursor = _Cursor(live, wanted, limits)
    await cursor.begin()
    left = abs(wanted.count)
    while left:
        passed = await (cursor.forward(left) if wanted.count > 0 else cursor.back(left))
        if not passed:
            break
        left -= passed
    found = {"by": wanted.by, "index": cursor.index, "count": cursor.count}
    return Done(standing(live, "step", step=found), {"passed": cursor.passed})


class _Cursor:
    """Before step ``index`` of the ``count`` of the next update."""

    def __init__(self, live: Live, wanted: StepsRequest, limits: Limits) -> None:
        self._live, self._wanted, self._limits = live, wanted, limits
        self.index = self.count = 0
        self.passed: list[dict[str, Any]] = []
        self._tell: Tell = lambda first, count: []

    async def begin(self) -> None:
        """Stand where the session's cursor is; another granularity begins at the first step."""
        await self._look()
        known = self._live.state.step
        if known is not None and known["by"] == self._wanted.by:
            self.index = min(known["index"], self.count)

    async def forward(self, most: int) -> int:
        """Pass at most so many steps of this update, and make it after its last."""
        passed = min(most, self.count - self.index)
        await self._pass(self.index, passed, back=False)
        self.index += passed
        run = self._live.run
        if self.index == self.count:
            update = run.position
            await go(self._live, update + 1, self._limits)
            if run.position > update:
                self.index = 0
                await self._look()
        return passed

    async def back(self, most: int) -> int:
        """Pass at most so many steps of this update backwards; before its first, of the update before."""
        run = self._live.run
        if self.index == 0 and run.position > 0:
            await go(self._live, run.position - 1, self._limits)
            await self._look()
            self.index = self.count
        passed = min(most, self.index)
        self.index -= passed
        await self._pass(self.index, passed, back=True)
        return passed

    async def _look(self) -> None:
        body, wanted = next_update(self._live), self._wanted
        example = min(wanted.example, len(body["batch"]["inputs"]) - 1)
        asked = asked_of(TraceRequest, body, textbook=wanted.textbook, granularity=wanted.by, example=example)

        def work() -> tuple[int, Tell]:
            trace = make_trace(asked, self._limits)

            def tell(first: int, count: int) -> list[Step]:
                return list(narrate(trace, wanted.by, wanted.textbook, example, first=first, count=count))

            return step_count(trace, wanted.by, wanted.textbook, example), tell

        self.count, self._tell = await self._live.compute(work)

    async def _pass(self, first: int, count: int, *, back: bool) -> None:
        if not count:
            return
        tell = self._tell
        steps = await self._live.compute(lambda: tell(first, count))
        update = self._live.run.position
        self.passed.append({"update": update, "steps": steps[::-1] if back else steps})
