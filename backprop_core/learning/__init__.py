"""Learning: a recipe, and the run of updates it leads to, along which one can go either way and change things.

A run trains as fast as the engine can, and is told by the same traces as any update.
"""

from backprop_core.learning import pictures
from backprop_core.learning.divergence import Diverged
from backprop_core.learning.learner import Learner
from backprop_core.learning.measures import Measures
from backprop_core.learning.packing import CheckpointError
from backprop_core.learning.presets import PRESETS, Preset
from backprop_core.learning.recipe import (
    PRECISIONS,
    SCHEDULES,
    Change,
    DataRecipe,
    Edit,
    InitializationRecipe,
    Recipe,
    Schedule,
    Stop,
    Training,
)
from backprop_core.learning.run import Advanced, Run

__all__ = [
    "PRECISIONS",
    "PRESETS",
    "SCHEDULES",
    "Advanced",
    "Change",
    "CheckpointError",
    "DataRecipe",
    "Diverged",
    "Edit",
    "InitializationRecipe",
    "Learner",
    "Measures",
    "Preset",
    "Recipe",
    "Run",
    "Schedule",
    "Stop",
    "Training",
    "pictures",
]
