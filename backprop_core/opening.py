"""Opening a panel: what a reader may ask further at a step, told when it is asked.

Steps only name their panels, so that a trace stays cheap; this is where the contents come from.
"""

from backprop_core.backprop import quiet
from backprop_core.network import SpecificationError
from backprop_core.steps import outline
from backprop_core.textbooks import TEXTBOOKS
from backprop_core.textbooks.panels import Panel
from backprop_core.textbooks.view import View
from backprop_core.trace import Trace


def open_panel(trace: Trace, step: int, kind: str, textbook: str = "nielsen", example: int = 0) -> Panel:
    """The panel ``kind`` at step ``step``, counted at granularity “equation”, for row ``example`` of the batch.

    Raises ``SpecificationError`` for a step the trace does not have or a panel the step does not offer, and says
    which there are; ``KeyError`` for an unknown textbook, ``ValueError`` for an example outside the batch.
    """
    if not 0 <= example < trace.batch_size:
        raise ValueError(f"the batch has examples 0 to {trace.batch_size - 1}")
    lens, groups = TEXTBOOKS[textbook], outline(trace, textbook=textbook)
    if not 0 <= step < len(groups):
        raise SpecificationError("/step", f"this trace has steps 0 to {len(groups) - 1} at granularity equation")
    [scene], view = groups[step], View(trace, example)
    with quiet():
        offered = lens.tell(scene, view).panels
        if kind not in offered:
            raise SpecificationError("/panel", f"step {step} offers {', '.join(offered) or 'no panel'}")
        return lens.open(kind, scene, view)
