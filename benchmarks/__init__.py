"""benchmarks: what the engine and the page cost, as ratios against peers measured in the same run.

Only here are PyTorch and scikit-learn imported; nothing of Backscope depends on them.
"""
