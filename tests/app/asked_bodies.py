"""Bad bodies of what is asked of a trace, by route: a panel, an inspection, paths, a derivation.

Each is Mazur's request with a question that has no answer; adding one is adding a line.
"""

from typing import Any

from app.limits import Limits
from tests.app.bodies import Bad, dumped, net
from tests.app.conftest import MAZUR

LIMITS = Limits()
INVALID, MISSING, UNKNOWN = "invalid-value", "missing-field", "unknown-field"
WIDE = net({"size": 30}, {"size": 10}, inputs=784)
SOFTMAX = net({"size": 2, "activation": "softmax"})
WITHOUT_BIAS = net({"size": 2}, {"size": 2}, bias=False)
READ_OUT = net({"size": 1, "activation": "identity"}, cost="output")
del READ_OUT["batch"]["targets"]
WITHOUT_RATE = {name: value for name, value in MAZUR.items() if name != "learning_rate"}
STOPPED = net({"size": 2, "activation": "identity"})
STOPPED["parameters"] = {"weights": [[[1e308, 1e308], [1e308, 1e308]]]}
STOPPED["batch"]["inputs"] = [[9.0, 9.0]]

NO_NUMBERS: list[tuple[str, Any]] = [
    ("nothing", ""),
    ("a colon", ":"),
    ("colons only", "::::"),
    ("a quantity alone", "weights"),
    ("a quantity and a colon", "weights:"),
    ("a whole matrix", "weights:1"),
    ("a row", "weights:1:0"),
    ("a place too many", "weights:1:0:0:0"),
    ("a layer below 0", "weights:-1:0:0"),
    ("weights of the input", "weights:0:0:0"),
    ("weights of a layer after the last", "weights:3:0:0"),
    ("a layer of eight digits", "weights:99999999:0:0"),
    ("a row out of range", "weights:1:2:0"),
    ("a layer with a leading zero", "weights:01:0:0"),
    ("a row with a leading zero", "weights:1:00:0"),
    ("a column with a leading zero", "weights:1:0:01"),
    ("a column out of range", "weights:1:0:2"),
    ("a place of 70 digits", "weights:1:0:" + "9" * 70),
    ("a place below 0", "weights:1:0:-1"),
    ("Arabic digits", "weights:1:٠:٠"),
    ("a superscript digit", "weights:1:²:0"),
    ("a fullwidth digit", "weights:1:０:0"),
    ("a float for a place", "weights:1:0.0:0"),
    ("an exponent for a place", "weights:1:1e0:0"),
    ("a hexadecimal place", "weights:1:0x0:0"),
    ("a plus sign", "weights:1:+0:0"),
    ("a digit group", "weights:1:0_0:0"),
    ("a blank at its end", "weights:1:0:0 "),
    ("a line break at its end", "weights:1:0:0\n"),
    ("capitals", "WEIGHTS:1:0:0"),
    ("NUL", "\x00"),
    ("a Jacobian where there is none", "activation_jacobian:2:0:0"),
    ("a slope of the input", "activation_slope:0:0"),
    ("a target inside the network", "target:1:0"),
    ("biases of the input", "biases:0:0"),
    ("a cost of another layer", "cost:1"),
    ("a cost with a place", "costs:2:0"),
    ("a learning rate with a place", "learning_rate:2:0"),
    ("a private name", "__class__:1:0"),
    ("a field of the trace", "parameters:1:0"),
    ("a command of TeX", r"\input{/etc/passwd}"),
    ("a formula", "=HYPERLINK(1)"),
    ("markup", "<script>alert(1)</script>"),
    ("101 letters", "a" * 101),
    ("a number", 7),
    ("null", None),
    ("true", True),
    ("an array", ["weights:1:0:0"]),
    ("an object", {"name": "weights"}),
]
ELSEWHERE = [
    ("biases of a network without", WITHOUT_BIAS, "biases:1:0"),
    ("a bias gradient of a network without", WITHOUT_BIAS, "bias_gradient:1:0"),
    ("a slope of softmax", SOFTMAX, "activation_slope:1:0"),
    ("a row of softmax's Jacobian", SOFTMAX, "activation_jacobian:1:0"),
    ("a target of the output cost", READ_OUT, "target:1:0"),
    ("updated weights without a learning rate", WITHOUT_RATE, "updated_weights:1:0:0"),
    ("the learning rate of a trace without", WITHOUT_RATE, "learning_rate"),
    ("a cost that a trace which stopped never reached", STOPPED, "cost"),
    ("an activation that it never reached", STOPPED, "activation:1:0"),
]


def _asked(name: str, more: dict[str, Any], place: str, slug: str = INVALID, base: dict[str, Any] = MAZUR) -> Bad:
    return Bad(name, dumped(base | more), 422, slug, place)


def _references() -> list[Bad]:
    return [
        _asked("no reference", {}, "/ref", MISSING),
        *(_asked(f"ref: {name}", {"ref": ref}, "/ref") for name, ref in NO_NUMBERS),
        *(_asked(f"ref: {name}", {"ref": ref}, "/ref", base=base) for name, base, ref in ELSEWHERE),
        _asked("a second reference", {"ref": "cost", "refs": []}, "/refs", UNKNOWN),
        _asked("an example there is not", {"ref": "weights:1:0:0", "example": 1}, "/example"),
    ]


def _counts() -> list[Bad]:
    wrong = [0, -1, LIMITS.told_paths + 1, 10**9, 10**30, 1.0, 1.5, "10", True, None, [10], {}]
    return [
        *(_asked(f"count {count!r}", {"ref": "weights:1:0:0", "count": count}, "/count") for count in wrong),
        *(
            _asked(f"paths from {ref}", {"ref": ref}, "/ref")
            for ref in ("cost", "costs", "learning_rate", "target:2:0")
        ),
    ]


def _jacobians() -> list[Bad]:
    good, names = {"of": "activation:2", "by": "weighted_input:1"}, ["", "activation", "activation:3", "activation:1:0"]
    wrong: list[Any] = [
        *names,
        "error:1",
        "cost",
        "activation:-1",
        "activation:01",
        "activation:١",
        "x" * 101,
        1,
        True,
        None,
        [],
    ]
    return [
        *(_asked(f"a Jacobian of {one!r}", good | {"of": one}, "/of") for one in wrong),
        *(_asked(f"a Jacobian by {one!r}", good | {"by": one}, "/by") for one in [*wrong, "weights:0", "biases:0"]),
        _asked("a Jacobian of nothing", {"by": "activation:1"}, "/of", MISSING),
        _asked("a Jacobian by nothing", {"of": "activation:1"}, "/by", MISSING),
        _asked("a Jacobian of a number", good | {"ref": "cost"}, "/ref", UNKNOWN),
    ]


def _nudges() -> list[Bad]:
    ref = {"ref": "weights:1:0:0"}
    return [
        *(_asked(f"change {change!r}", ref | {"change": change}, "/change") for change in ("0.1", True, None, [0.1])),
        *(
            _asked(f"halvings {count!r}", ref | {"halvings": count}, "/halvings")
            for count in (-1, LIMITS.halvings + 1, 10**30, 1.0, "5", None)
        ),
        *(
            _asked(f"a push of {ref}", {"ref": ref}, "/ref")
            for ref in ("cost", "costs", "learning_rate", "target:2:0", "error:1:0", "updated_weights:1:0:0")
        ),
    ]


def _curves() -> list[Bad]:
    none = ("cost", "costs", "learning_rate", "target:2:0", "updated_weights:1:0:0", "activation_slope:1:0")
    return [_asked(f"a curve of {ref}", {"ref": ref}, "/ref") for ref in none]


def _mistakes() -> list[Bad]:
    stale = {"mistake": "stale_weights"}
    names: list[Any] = ["", "typo", "__init__", 0, None, []]
    return [
        _asked("no mistake", {}, "/mistake", MISSING),
        *(_asked(f"mistake {name!r}", {"mistake": name}, "/mistake") for name in names),
        *(_asked(f"{count!r} updates", stale | {"updates": count}, "/updates") for count in (-1, 10**6, 1.5, "9")),
        _asked("no room for a mask", {"mistake": "mask_missing"}, "/mistake"),
        _asked("no room for stale weights", stale, "/mistake", base=WITHOUT_RATE),
        _asked("an example there is not", stale | {"example": 1}, "/example"),
    ]


def _comparisons() -> list[Bad]:
    both = {"costs": ["quadratic", "binary_cross_entropy"]}
    costs: list[tuple[Any, str]] = [
        (["quadratic"], "/costs"),
        (["quadratic", "quadratic"], "/costs"),
        (["quadratic", "squared_error", "quadratic"], "/costs"),
        ([], "/costs"),
        ("quadratic", "/costs"),
        (None, "/costs"),
        (["quadratic", "output"], "/costs/1"),
        (["SECRET", "quadratic"], "/costs/0"),
        (["quadratic", 7], "/costs/1"),
        (["quadratic", "cross_entropy"], "/costs/1"),
        (["cross_entropy", "quadratic"], "/costs/0"),
    ]
    return [
        _asked("no costs", {}, "/costs", MISSING),
        *(_asked(f"costs {value!r}", {"costs": value}, place) for value, place in costs),
        *(_asked(f"{count!r} updates", both | {"updates": count}, "/updates") for count in (-1, 10**6, 1.5, "9")),
        *(_asked(f"output {j!r}", both | {"output": j}, "/output") for j in (-1, 2, 10**30, 0.5, "0", None)),
        _asked("a cost without targets", both, "/network/cost", base=READ_OUT),
        _asked("an update that stopped", {"costs": ["quadratic", "squared_error"]}, "/costs/0", base=STOPPED),
        _asked("an example there is not", both | {"example": 1}, "/example"),
    ]


def _panels() -> list[Bad]:
    steps = [-1, 15, 10**9, 10**30, 1.0, 1.5, "0", True, None, [0], {}]
    kinds = ["", "phi", "SECRET", "Notation", "notation ", "__init__", "../notation", "notation\x00", 0, True, None, []]
    return [
        *(_asked(f"step {step!r}", {"step": step, "panel": "notation"}, "/step") for step in steps),
        *(_asked(f"panel {kind!r}", {"step": 0, "panel": kind}, "/panel") for kind in kinds),
        _asked("no step", {"panel": "notation"}, "/step", MISSING),
        _asked("no panel", {"step": 0}, "/panel", MISSING),
        _asked("an example there is not", {"step": 0, "panel": "notation", "example": 1}, "/example"),
        _asked("a reference in a panel", {"step": 0, "panel": "notation", "ref": "cost"}, "/ref", UNKNOWN),
        _asked(
            "a check of 23 860 parameters", {"step": 0, "panel": "gradient_check"}, "/network", "work-too-large", WIDE
        ),
    ]


def _derivations() -> list[Bad]:
    windows: list[tuple[Any, str]] = [
        ({"first": -1}, "/window/first"),
        ({"first": 10**30}, "/window/first"),
        ({"first": 1.0}, "/window/first"),
        ({"first": None}, "/window/first"),
        ({"count": 0}, "/window/count"),
        ({"count": -1}, "/window/count"),
        ({"count": 2**53}, "/window/count"),
        ({"count": "all"}, "/window/count"),
        ([0, 200], "/window"),
        ("0-200", "/window"),
        (200, "/window"),
    ]
    many = {"granularity": "term", "window": {"count": LIMITS.told_steps + 1}}
    return [
        *(_asked(f"window {window!r}", {"window": window}, place) for window, place in windows),
        _asked("a window with an end", {"window": {"last": 9}}, "/window/last", UNKNOWN),
        _asked("a format", {"format": "tex"}, "/format", UNKNOWN),
        _asked("72 835 terms", {"granularity": "term"}, "/granularity", "answer-too-large", WIDE),
        _asked("3001 terms", many, "/window", "answer-too-large", WIDE),
        _asked("an example there is not", {"example": 1}, "/example"),
    ]


ASKED = {
    "inspections": _references(),
    "paths": [*_references(), *_counts()],
    "nudges": [*_references(), *_nudges()],
    "jacobians": _jacobians(),
    "gradient-curves": [*_references(), *_curves()],
    "mistakes": _mistakes(),
    "comparisons": _comparisons(),
    "panels": _panels(),
    "derivations": _derivations(),
    "traces": _derivations(),
}
QUESTIONS: dict[str, dict[str, Any]] = {
    "inspections": {"ref": "weights:1:0:0"},
    "paths": {"ref": "weights:1:0:0", "count": 3},
    "nudges": {"ref": "weights:1:0:0", "change": 0.5},
    "jacobians": {"of": "activation:2", "by": "weighted_input:1"},
    "gradient-curves": {"ref": "weights:1:0:0"},
    "mistakes": {"mistake": "sign_of_error", "updates": 2},
    "comparisons": {"costs": ["quadratic", "binary_cross_entropy"], "updates": 2},
    "panels": {"step": 0, "panel": "notation"},
    "derivations": {},
}
"""A question of each route that has an answer."""
