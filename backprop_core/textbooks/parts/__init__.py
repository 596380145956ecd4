"""Parts: a step of an equation taken apart into neurons or single terms, counted before any of them is told.

The plan counts, the style says what a text writes in its own way, and one module tells each kind of part.
"""
