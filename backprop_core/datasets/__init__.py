"""Data to learn from: generated sets, small published ones, tables of one's own, and what makes a batch of them.

The packaged files are NumPy archives without objects; each entry of the table names its source and licence.
"""

from backprop_core.datasets.cells import SEPARATORS
from backprop_core.datasets.columns import DECIMALS
from backprop_core.datasets.places import Place, TableError, TableLimits, TableTooLarge, UnknownColumn
from backprop_core.datasets.preparing import SCALINGS, Part, Prepared, answers, encode, prepare
from backprop_core.datasets.reading import Reading, ReadingOptions, read_table
from backprop_core.datasets.table import DATASETS, Dataset, Examples

__all__ = [
    "DATASETS",
    "DECIMALS",
    "SCALINGS",
    "SEPARATORS",
    "Dataset",
    "Examples",
    "Part",
    "Place",
    "Prepared",
    "Reading",
    "ReadingOptions",
    "TableError",
    "TableLimits",
    "TableTooLarge",
    "UnknownColumn",
    "answers",
    "encode",
    "prepare",
    "read_table",
]
