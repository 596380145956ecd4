"""backprop_core: a neural network that can be computed, trained and stepped through one equation at a time.

A network compiles to a Program, a list of equations bound to Memory; running it trains, stepping through it
explains. NumPy and the standard library only: use it in a notebook or a test without the web application.
"""

from backprop_core.activations import ACTIVATIONS, Activation, curve
from backprop_core.backprop import Program, compile
from backprop_core.costs import COSTS, Cost
from backprop_core.datasets import (
    DATASETS,
    DECIMALS,
    SCALINGS,
    SEPARATORS,
    Dataset,
    Examples,
    Part,
    Place,
    Prepared,
    Reading,
    ReadingOptions,
    TableError,
    TableLimits,
    TableTooLarge,
    UnknownColumn,
    answers,
    encode,
    prepare,
    read_table,
)
from backprop_core.derivations import WRITERS, Derivation, Writer, derive
from backprop_core.equations import Equation
from backprop_core.examples import Comparison, Example, Printed, compare, example_ids, load_example
from backprop_core.inspection import Inspection, PathSum, inspect, strongest_paths
from backprop_core.laboratory.demon import Nudged, push
from backprop_core.laboratory.gradient_check import GradientCheck, check_gradient
from backprop_core.laboratory.operation_counts import OperationCounts, operation_counts
from backprop_core.learning import (
    PRECISIONS,
    SCHEDULES,
    Advanced,
    Change,
    CheckpointError,
    DataRecipe,
    Diverged,
    Edit,
    InitializationRecipe,
    Learner,
    Measures,
    Recipe,
    Run,
    Schedule,
    Stop,
    Training,
    pictures,
)
from backprop_core.memory import Memory, Quantity
from backprop_core.network import (
    INITIALIZATIONS,
    Initialization,
    LayerSpec,
    NetworkSpec,
    Parameters,
    SpecificationError,
    initialise,
)
from backprop_core.opening import open_panel
from backprop_core.optimizer_spec import OptimizerSpec, OptimizerState
from backprop_core.optimizers import OPTIMIZERS, Optimizer
from backprop_core.references import UnknownReference
from backprop_core.step import Step
from backprop_core.steps import GRANULARITIES, Divergence, Plan, divergence, narrate, plans, step_count
from backprop_core.textbooks import TEXTBOOKS, Textbook
from backprop_core.textbooks.panels import PANELS, Panel
from backprop_core.trace import Trace, backward, forward, trace_update
from backprop_core.training import Updates, mini_batches, train

__all__ = [
    "ACTIVATIONS",
    "COSTS",
    "DATASETS",
    "DECIMALS",
    "GRANULARITIES",
    "INITIALIZATIONS",
    "OPTIMIZERS",
    "PANELS",
    "PRECISIONS",
    "SCALINGS",
    "SCHEDULES",
    "SEPARATORS",
    "TEXTBOOKS",
    "WRITERS",
    "Activation",
    "Advanced",
    "Change",
    "CheckpointError",
    "Comparison",
    "Cost",
    "DataRecipe",
    "Dataset",
    "Derivation",
    "Diverged",
    "Divergence",
    "Edit",
    "Equation",
    "Example",
    "Examples",
    "GradientCheck",
    "Initialization",
    "InitializationRecipe",
    "Inspection",
    "LayerSpec",
    "Learner",
    "Measures",
    "Memory",
    "NetworkSpec",
    "Nudged",
    "OperationCounts",
    "Optimizer",
    "OptimizerSpec",
    "OptimizerState",
    "Panel",
    "Parameters",
    "Part",
    "PathSum",
    "Place",
    "Plan",
    "Prepared",
    "Printed",
    "Program",
    "Quantity",
    "Reading",
    "ReadingOptions",
    "Recipe",
    "Run",
    "Schedule",
    "SpecificationError",
    "Step",
    "Stop",
    "TableError",
    "TableLimits",
    "TableTooLarge",
    "Textbook",
    "Trace",
    "Training",
    "UnknownColumn",
    "UnknownReference",
    "Updates",
    "Writer",
    "answers",
    "backward",
    "check_gradient",
    "compare",
    "compile",
    "curve",
    "derive",
    "divergence",
    "encode",
    "example_ids",
    "forward",
    "initialise",
    "inspect",
    "load_example",
    "mini_batches",
    "narrate",
    "open_panel",
    "operation_counts",
    "pictures",
    "plans",
    "prepare",
    "push",
    "read_table",
    "step_count",
    "strongest_paths",
    "trace_update",
    "train",
]
