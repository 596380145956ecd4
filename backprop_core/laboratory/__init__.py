"""The laboratory: ways of doubting a gradient. It asks the engine and adds no mathematics of its own."""
