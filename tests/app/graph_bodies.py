"""Bad bodies of POST /graphs, its nudges and its curves: the type of problem each gets, and where it points."""

import json
from typing import Any

from app.limits import Limits
from tests.app.bodies import Bad

LIMITS = Limits()
GOOD: dict[str, Any] = {"expression": "f = (x + y) * z", "values": {"x": -2, "y": 5, "z": -4}}
INVALID, MISSING, UNKNOWN = "invalid-value", "missing-field", "unknown-field"
UNREADABLE, LARGE = "unreadable-expression", "expression-too-large"
JUNK: list[Any] = [None, True, 7, 1.5, [], ["x"], {}, {"x": 1}]


def _with(**more: Any) -> bytes:
    return json.dumps(GOOD | more).encode()


def _without(name: str) -> bytes:
    return json.dumps({key: value for key, value in GOOD.items() if key != name}).encode()


TEXTS: list[tuple[str, str]] = [
    ("nothing", ""),
    ("blanks", " \n\t;\n"),
    ("an open end", "x +"),
    ("an open parenthesis", "(x"),
    ("a closed one too many", "x)"),
    ("a power as elsewhere", "x ^ 2"),
    ("a product as on paper", "2x"),
    ("an attribute", "x.__class__"),
    ("an import", "__import__('os').system('true')"),
    ("an import without quotes", "__import__(os)"),
    ("a lambda", "lambda x: x"),
    ("a list", "[x]"),
    ("a string", '"x"'),
    ("a walrus", "(x := 3)"),
    ("a call of a number", "2(x)"),
    ("an unknown function", "eval(x)"),
    ("too few arguments", "max(x)"),
    ("too many arguments", "exp(x, y)"),
    ("a name twice", "a = x; a = y"),
    ("an input that is given a value later", "a = x; x = y"),
    ("a function's name", "exp = x"),
    ("a statement without a name", "x; y"),
    ("a number beyond all", "1e999"),
    ("a command of TeX", r"\input{/etc/passwd}"),
    ("markup", "<script>alert(1)</script>"),
    ("NUL", "x\x00"),
    ("a bell", "x\x07"),
    ("right to left", "x\u202ey"),
    ("fullwidth letters", "ＡＢＣ"),
    ("a superscript", "x²"),
    ("a Greek letter", "σ(x)"),
    ("an emoji", "x + 🙂"),
]
BIG: list[tuple[str, str, str]] = [
    ("10 000 parentheses", "(" * 10_000, "graph_characters"),
    ("10 000 minus signs", "-" * 10_000 + "x", "graph_characters"),
    ("a character too many", "x" + " " * LIMITS.graph_characters, "graph_characters"),
    ("a name too long", "a" * (LIMITS.graph_name_characters + 1), "graph_name_characters"),
    ("parentheses too deep", "(" * LIMITS.graph_depth + "x" + ")" * LIMITS.graph_depth, "graph_depth"),
    ("a tower of powers", "2**" * LIMITS.graph_depth + "2", "graph_depth"),
    ("an operand too many", f"max({','.join('x' * (LIMITS.graph_nodes + 1))})", "graph_nodes"),
    ("a node too many", "+".join("x" * (LIMITS.graph_nodes + 1)), "graph_nodes"),
]
VALUES: list[tuple[str, Any, str, str]] = [
    ("no values", {}, "/values/x", MISSING),
    ("a value missing", {"x": 1, "z": 2}, "/values/y", MISSING),
    ("a value too many", GOOD["values"] | {"w": 1}, "/values/w", UNKNOWN),
    ("a value for the output", GOOD["values"] | {"f": 1}, "/values/f", UNKNOWN),
    ("a value for a hostile name", GOOD["values"] | {"__class__": 1}, "/values/__class__", UNKNOWN),
    ("a value for a name with a slash", GOOD["values"] | {"a/b~c": 1}, "/values/a~1b~0c", UNKNOWN),
    ("a text for a value", GOOD["values"] | {"x": "1"}, "/values/x", INVALID),
    ("true for a value", GOOD["values"] | {"x": True}, "/values/x", INVALID),
    ("null for a value", GOOD["values"] | {"x": None}, "/values/x", INVALID),
    ("an array for a value", GOOD["values"] | {"x": [1]}, "/values/x", INVALID),
    ("an array of values", [1, 2, 3], "/values", INVALID),
    ("a text of values", "x=1", "/values", INVALID),
    ("null values", None, "/values", INVALID),
]

NAMED = GOOD | {"name": "x"}


def _named(**more: Any) -> bytes:
    return json.dumps(NAMED | more).encode()


BAD_NAMES = [
    Bad("no name", _with(), 422, MISSING, "/name"),
    *(Bad(f"name {one!r}", _named(name=one), 422, INVALID, "/name") for one in [*JUNK, "w", "2", "a" * 101, "x.y"]),
    Bad("a name that does not vary", _named(expression="a = 2; f = a*x*y*z", name="a"), 422, INVALID, "/name"),
    Bad("a number that is not finite", _named(expression="x/(y-y)*z"), 422, INVALID, "/values"),
    Bad("a field of a trace", _named(textbook="sun"), 422, UNKNOWN, "/textbook"),
    Bad("an open end", _named(expression="x +"), 422, UNREADABLE, "/expression"),
    Bad("a value missing", _named(values={"x": 1}), 422, MISSING, "/values/y"),
]
"""Of both that ask for one node."""
BAD_PUSHES = [
    *(
        Bad(f"change {one!r}", _named(change=one), 422, INVALID, "/change")
        for one in JUNK
        if not isinstance(one, float | int) or one is True
    ),
    Bad(
        "beyond the largest number",
        _named(values={"x": 1.7e308, "y": 1, "z": 1}, expression="x/1e300*y*z", change=1e308),
        422,
        INVALID,
        "/change",
    ),
    *(
        Bad(f"halvings {one!r}", _named(halvings=one), 422, INVALID, "/halvings")
        for one in (-1, LIMITS.halvings + 1, 1.5, "2", True)
    ),
]

BAD_GRAPHS = [
    Bad("no expression", _without("expression"), 422, MISSING, "/expression"),
    Bad("an empty object", b"{}", 422, MISSING, "/expression"),
    Bad("an array", b"[]", 422, INVALID, ""),
    Bad("NaN", b'{"expression": "x", "values": {"x": NaN}}', 400, "malformed-json"),
    Bad("1e400", b'{"expression": "x", "values": {"x": 1e400}}', 400, "malformed-json"),
    Bad("half a surrogate pair", rb'{"expression": "\ud800"}', 400, "malformed-json"),
    Bad("a field of a trace", _with(network={}), 422, UNKNOWN, "/network"),
    Bad("an unknown textbook", _with(textbook="bishop"), 422, INVALID, "/textbook"),
    *(
        Bad(f"granularity {one!r}", _with(granularity=one), 422, INVALID, "/granularity")
        for one in [*JUNK, "layer", ""]
    ),
    Bad("steps as a text", _with(steps="no"), 422, INVALID, "/steps"),
    Bad("65 KB", _with(expression="x" * 70_000), 413, "body-too-large"),
    *(Bad(f"expression {one!r}", _with(expression=one), 422, INVALID, "/expression") for one in JUNK),
    *(Bad(f"step size {one!r}", _with(step_size=one), 422, INVALID, "/step_size") for one in (0, -1, 2, 1e-13, "1e-5")),
    *(Bad(name, _with(expression=text), 422, UNREADABLE, "/expression") for name, text in TEXTS),
    *(Bad(name, _with(expression=text), 422, LARGE, "/expression") for name, text, _ in BIG),
    *(Bad(name, _with(values=values), 422, slug, place) for name, values, place, slug in VALUES),
]
