"""Inspection: everything about one number of a trace, in the words and symbols of a textbook.

It puts together what the laboratory finds, paths, links and cone, and adds no mathematics of its own.
"""

from backprop_core.inspection.answers import Inspection, PathSum
from backprop_core.inspection.checked import GradientCurveTold, tell_curve
from backprop_core.inspection.exercises import Exercise, Verdict, draw_exercise
from backprop_core.inspection.inspect import inspect
from backprop_core.inspection.pushed import NudgeTold, tell_push
from backprop_core.inspection.two_costs import Compared, SideTold, TwoCosts, compare_costs, under_costs
from backprop_core.inspection.walk import strongest_paths
from backprop_core.inspection.wrong_told import PrintedByMistake, WrongTurnTold, tell_wrong_turn

__all__ = [
    "Compared",
    "Exercise",
    "GradientCurveTold",
    "Inspection",
    "NudgeTold",
    "PathSum",
    "PrintedByMistake",
    "SideTold",
    "TwoCosts",
    "Verdict",
    "WrongTurnTold",
    "compare_costs",
    "draw_exercise",
    "inspect",
    "strongest_paths",
    "tell_curve",
    "tell_push",
    "tell_wrong_turn",
    "under_costs",
]
