"""Sessions: networks that learn, each a recipe and the operations done to it.

The store keeps recipe, operations and checkpoints; a live session is the fold of them, ready to go on.
"""
