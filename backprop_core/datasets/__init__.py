"""Data to learn from: generated sets, small published ones, and what turns either into a batch for a network.

The packaged files are NumPy archives without objects; each entry of the table names its source and licence.
"""

from backprop_core.datasets.preparing import SCALINGS, Part, Prepared, answers, encode, prepare
from backprop_core.datasets.table import DATASETS, Dataset, Examples

__all__ = ["DATASETS", "SCALINGS", "Dataset", "Examples", "Part", "Prepared", "answers", "encode", "prepare"]
