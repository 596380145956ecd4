"""Published worked examples: what an author printed, beside what the engine computes.

Each is one data file in the folder data; nothing but the file has to be added for another one.
"""

from backprop_core.examples.catalogue import Example, Printed, example_ids, load_example
from backprop_core.examples.comparison import Comparison, compare
from backprop_core.examples.explained import explain

__all__ = ["Comparison", "Example", "Printed", "compare", "example_ids", "explain", "load_example"]
