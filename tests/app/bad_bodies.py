"""Bad bodies by name: what each sends to POST /traces, and the status and type of problem it must get.

Adding one is adding a line; the tests see to it that none of them is a fault of the server, or slow.
"""

from collections.abc import Callable
from typing import Any

from app.limits import Limits
from tests.app.bad_optimizers import optimizers
from tests.app.bodies import GONE, Bad, at, dumped, net, raw

LIMITS = Limits()


def _grammar() -> list[Bad]:
    many: list[tuple[str, bytes]] = [
        ("empty", b""),
        ("blank", b" \n\t "),
        ("half an object", b'{"network": {'),
        ("a word", b"hello"),
        ("single quotes", b"{'network': 1}"),
        ("trailing comma", b'{"example": 0,}'),
        ("comment", b'{"example": 0 /* first */}'),
        ("two documents", b"{} {}"),
        ("byte order mark", b"\xef\xbb\xbf{}"),
        ("not UTF-8", b'{"textbook": "\xff\xfe"}'),
        ("overlong UTF-8", b'{"textbook": "\xc0\xaf"}'),
        ("UTF-16", '{"example": 0}'.encode("utf-16")),
        ("NUL byte", b'{"example": 0}\x00'),
        ("raw control character in text", b'{"textbook": "a\x01b"}'),
        ("half a surrogate pair", raw(r'"\ud800"', "/textbook")),
        ("low surrogate alone", raw(r'"\udc00"', "/textbook")),
        ("NaN", raw("NaN")),
        ("Infinity", raw("Infinity")),
        ("minus Infinity", raw("-Infinity")),
        ("NaN among weights", raw("NaN", "/parameters/weights/0/0/0")),
        ("1e400", raw("1e400")),
        ("minus 1e400 among inputs", raw("-1e400", "/batch/inputs/0/0")),
        ("integer of 5000 digits", raw("9" * 5_000)),
        ("leading zero", raw("01")),
        ("plus sign", raw("+1")),
        ("hexadecimal", raw("0x10")),
        ("bare decimal point", raw(".5")),
        ("nested 17 deep", b"[" * 17 + b"]" * 17),
        ("nested 1025 deep", b"[" * 1_025 + b"]" * 1_025),
        ("nested 20000 deep, never closed", b"[" * 20_000),
        ("objects nested 200 deep", b'{"a":' * 200 + b"1" + b"}" * 200),
        ("closing brackets only", b"]" * 1_000),
        ("one endless string", b'"' + b"a" * 60_000),
        ("6 MB of quotes", b'"' * (6 * 2**20)),
        ("a million escaped quotes", rb'"\"' * 2_000_000),
        ("UTF-8 with a surrogate", b'{"textbook": "\xed\xa0\x80"}'),
        ("a deep value under a key that stands twice", b'{"a": ' + b"[" * 900 + b"]" * 900 + b', "a": 1}'),
        ("quotes escaped without end", b'"' + rb"\"" * 30_000),
    ]
    return [Bad(name, body, 400, "malformed-json") for name, body in many]


def _sizes() -> list[Bad]:
    return [
        Bad("7 MiB of blanks", b" " * (7 * 2**20), 413, "body-too-large"),
        Bad("3 MB of empty objects", b"[" + b"{}," * 1_000_000 + b"{}]", 413, "body-too-large"),
        Bad("5 MB of commas", b"[" + b"0," * 2_500_000 + b"0]", 413, "body-too-large"),
        Bad("a million arrays", b"[" + b"[]," * 1_000_000 + b"[]]", 413, "body-too-large"),
        Bad("arrays nested a million deep", b"[" * 1_000_000, 413, "body-too-large"),
        Bad("200 000 unknown fields", dumped({f"k{number}": 1 for number in range(200_000)}), 413, "body-too-large"),
        Bad("300 layers", dumped(net(*[{"size": 1}] * 300)), 413, "body-too-large"),
    ]


def _shape_of_the_envelope() -> list[Bad]:
    invalid = "invalid-value"
    return [
        *(Bad(f"body is {name}", body, 422, invalid, "") for name, body in _WHOLE),
        Bad("empty object", b"{}", 422, "missing-field", "/network"),
        Bad("no network", at("/network", GONE), 422, "missing-field", "/network"),
        Bad("no batch", at("/batch", GONE), 422, "missing-field", "/batch"),
        Bad("no inputs in the batch", at("/batch/inputs", GONE), 422, "missing-field", "/batch/inputs"),
        Bad("no number of inputs", at("/network/inputs", GONE), 422, "missing-field", "/network/inputs"),
        Bad("no layers", at("/network/layers", GONE), 422, "missing-field", "/network/layers"),
        Bad("layer without size", at("/network/layers/0", {}), 422, "missing-field", "/network/layers/0/size"),
        Bad("no weights", at("/parameters/weights", GONE), 422, "missing-field", "/parameters/weights"),
        Bad("unknown field", at("/loss", 1), 422, "unknown-field", "/loss"),
        Bad("unknown field in the network", at("/network/depth", 2), 422, "unknown-field", "/network/depth"),
        Bad("unknown field in a layer", at("/network/layers/1/units", 2), 422, "unknown-field"),
        Bad("unknown field in the batch", at("/batch/labels", []), 422, "unknown-field", "/batch/labels"),
        Bad("unknown field in parameters", at("/parameters/w", []), 422, "unknown-field", "/parameters/w"),
        Bad("unknown field of 5000 letters", at("/" + "x" * 5_000, 1), 422, "unknown-field", "/" + "x" * 39 + "…"),
        Bad("unknown field with markup", at("/<script>alert(1)<script>", 1), 422, "unknown-field"),
        Bad("unknown field with a line break", at("/a\r\nSet-Cookie: b", 1), 422, "unknown-field", "/aSet-Cookie: b"),
        Bad("prototype pollution", at("/__proto__", {"polluted": True}), 422, "unknown-field"),
        Bad("wrong case", at("/Learning_Rate", 1), 422, "unknown-field"),
        Bad("empty name", at("/", 1), 422, "unknown-field", "/"),
    ]


_WHOLE = [
    ("null", b"null"),
    ("true", b"true"),
    ("a number", b"1"),
    ("text", b'"network"'),
    ("an array", b"[]"),
    ("an array of requests", b"[{}]"),
]


def _many_errors() -> list[Bad]:
    wrong: list[tuple[str, str, Any, str]] = [
        ("399 000 times true for an example", "/batch/inputs", [True] * 399_000, "/0"),
        ("29 000 examples of true", "/batch/inputs", [[True] * 13] * 29_000, "/0/0"),
        ("300 000 ones for layers", "/network/layers", [1] * 300_000, "/0"),
        ("29 000 rows of text for weights", "/parameters/weights", [[["a"] * 13] * 29_000], "/0/0/0"),
        ("29 000 biases of text", "/parameters/biases", [["a"] * 13] * 29_000, "/0/0"),
    ]
    return [Bad(name, at(path, value), 422, "invalid-value", path + place) for name, path, value, place in wrong]


def _types() -> list[Bad]:
    wrong: list[tuple[str, str, Any]] = [
        ("learning rate as text", "/learning_rate", "0.5"),
        ("learning rate “nan”", "/learning_rate", "nan"),
        ("learning rate true", "/learning_rate", True),
        ("a window as text", "/window", "0-200"),
        ("a window from before the first step", "/window", {"first": -1}),
        ("a window of nothing", "/window", {"count": 0}),
        ("a window from 1.5", "/window", {"first": 1.5}),
        ("a window of 1e300 steps", "/window", {"count": 1e300}),
        ("learning rate in an array", "/learning_rate", [0.5]),
        ("learning rate below 0", "/learning_rate", -0.1),
        ("freeze biases as 1", "/freeze_biases", 1),
        ("freeze biases as text", "/freeze_biases", "false"),
        ("freeze biases null", "/freeze_biases", None),
        ("steps as text", "/steps", "no"),
        ("network null", "/network", None),
        ("network an array", "/network", []),
        ("network as text", "/network", "2-2-2"),
        ("inputs as text", "/network/inputs", "2"),
        ("inputs 2.5", "/network/inputs", 2.5),
        ("inputs 2.0", "/network/inputs", 2.0),
        ("inputs true", "/network/inputs", True),
        ("inputs null", "/network/inputs", None),
        ("layers a number", "/network/layers", 2),
        ("layers an object", "/network/layers", {"0": {"size": 2}}),
        ("layers of numbers", "/network/layers", [2, 2]),
        ("layer size as text", "/network/layers/0/size", "2"),
        ("layer size a float", "/network/layers/0/size", 2.5),
        ("activation a number", "/network/layers/0/activation", 1),
        ("activation null", "/network/layers/0/activation", None),
        ("cost an array", "/network/cost", ["quadratic"]),
        ("bias as 0", "/network/bias", 0),
        ("slope at zero as text", "/network/relu_slope_at_zero", "0"),
        ("slope at zero true", "/network/relu_slope_at_zero", True),
        ("parameters an array", "/parameters", []),
        ("weights an object", "/parameters/weights", {}),
        ("weight true", "/parameters/weights/0/0/0", True),
        ("weight as text", "/parameters/weights/0/0/0", "0.15"),
        ("weight null", "/parameters/weights/0/0/0", None),
        ("weight an array", "/parameters/weights/0/0/0", [1]),
        ("weights one level too flat", "/parameters/weights", [[0.1, 0.2], [0.3, 0.4]]),
        ("bias null inside", "/parameters/biases/0/0", None),
        ("batch an array", "/batch", [[0.05, 0.1]]),
        ("batch inputs flat", "/batch/inputs", [0.05, 0.1]),
        ("batch inputs empty", "/batch/inputs", []),
        ("batch input false", "/batch/inputs/0/0", False),
        ("batch targets as text", "/batch/targets", "0.01 0.99"),
        ("batch target an object", "/batch/targets/0/0", {}),
        ("example below 0", "/example", -1),
        ("example 1 of a batch of 1", "/example", 1),
        ("example 0.0", "/example", 0.0),
        ("example 2**63", "/example", 2**63),
        ("example 10**30", "/example", 10**30),
        ("unknown textbook", "/textbook", "bishop"),
        ("textbook with a path", "/textbook", "../../etc/passwd"),
        ("textbook with NUL", "/textbook", "nielsen\u0000"),
        ("textbook empty", "/textbook", ""),
        ("unknown granularity", "/granularity", "weight"),
        ("unknown precision", "/precision", "float16"),
        ("initialization as text", "/initialization", "zeros"),
        ("parameters and initialization", "/initialization", {"scheme": "zeros"}),
        ("unknown scheme", "/initialization", {"scheme": "orthogonal"}),
        ("seed below 0", "/initialization", {"seed": -1}),
        ("seed 2**53", "/initialization", {"seed": 2**53}),
        ("seed a float", "/initialization", {"seed": 1.5}),
        ("seed true", "/initialization", {"seed": True}),
    ]
    return [Bad(name, at(path, value), 422, "invalid-value") for name, path, value in wrong]


def _networks() -> list[Bad]:
    here = "/network"
    softmax, sigmoid, linear = ({"size": 2, "activation": name} for name in ("softmax", "sigmoid", "identity"))
    cases: list[tuple[str, dict[str, Any], str]] = [
        ("no input", net(sigmoid, inputs=0), "/inputs"),
        ("inputs below 0", net(sigmoid, inputs=-5), "/inputs"),
        ("no layer", net(), "/layers"),
        ("layer of 0", net({"size": 0}), "/layers/0/size"),
        ("layer of -1", net({"size": -1}), "/layers/0/size"),
        ("unknown activation", net({"size": 2, "activation": "swish"}), "/layers/0/activation"),
        (
            "activation with markup",
            net({"size": 2, "activation": "<img src=x onerror=alert(1)>"}),
            "/layers/0/activation",
        ),
        ("activation in capitals", net({"size": 2, "activation": "Sigmoid"}), "/layers/0/activation"),
        ("softmax inside", net(softmax, sigmoid), "/layers/0/activation"),
        ("softmax at the input", net(sigmoid, input_activation="softmax"), "/input_activation"),
        ("unknown input activation", net(sigmoid, input_activation="step"), "/input_activation"),
        ("unknown cost", net(sigmoid, cost="hinge"), "/cost"),
        ("cost empty", net(sigmoid, cost=""), "/cost"),
        ("cross-entropy on sigmoid", net(sigmoid, cost="cross_entropy"), "/cost"),
        ("binary cross-entropy on softmax", net(softmax, cost="binary_cross_entropy"), "/cost"),
        ("binary cross-entropy on identity", net(linear, cost="binary_cross_entropy"), "/cost"),
        ("output cost on two neurons", net(linear, cost="output"), "/cost"),
        ("output cost on a sigmoid", net({"size": 1}, cost="output"), "/cost"),
        ("output cost on a softmax", net({"size": 1, "activation": "softmax"}, cost="output"), "/cost"),
        ("slope at zero above 1", net(sigmoid, relu_slope_at_zero=1.5), "/relu_slope_at_zero"),
        ("slope at zero below 0", net(sigmoid, relu_slope_at_zero=-0.5), "/relu_slope_at_zero"),
    ]
    return [Bad(name, dumped(body), 422, "invalid-network", here + place) for name, body, place in cases]


def _shapes() -> list[Bad]:
    wrong: list[tuple[str, str, Any, str]] = [
        ("one matrix for two layers", "/parameters/weights", [[[1, 2], [3, 4]]], "/parameters/weights"),
        ("three matrices for two layers", "/parameters/weights", [[[1, 2], [3, 4]]] * 3, "/parameters/weights"),
        ("no matrices", "/parameters/weights", [], "/parameters/weights"),
        ("a matrix of 1 row", "/parameters/weights/0", [[1, 2]], "/parameters/weights/0"),
        ("a matrix of 3 columns", "/parameters/weights/0", [[1, 2, 3], [4, 5, 6]], "/parameters/weights/0"),
        ("a ragged matrix", "/parameters/weights/0", [[1, 2], [3]], "/parameters/weights/0"),
        ("an empty matrix", "/parameters/weights/0", [], "/parameters/weights/0"),
        ("a matrix of empty rows", "/parameters/weights/1", [[], []], "/parameters/weights/1"),
        ("one vector of biases", "/parameters/biases", [[0.35, 0.35]], "/parameters/biases"),
        ("biases too long", "/parameters/biases/0", [1, 2, 3], "/parameters/biases/0"),
        ("biases empty", "/parameters/biases", [], "/parameters/biases"),
        ("biases for a network without", "/network/bias", False, "/parameters/biases"),
        ("example too long", "/batch/inputs/0", [1, 2, 3], "/batch/inputs"),
        ("example empty", "/batch/inputs/0", [], "/batch/inputs"),
        ("ragged batch", "/batch/inputs", [[1, 2], [3]], "/batch/inputs"),
        ("targets too long", "/batch/targets/0", [1, 2, 3], "/batch/targets"),
        ("two targets for one example", "/batch/targets", [[0, 1], [1, 0]], "/batch/targets"),
        ("ragged targets", "/batch/targets", [[0, 1], [1]], "/batch/targets"),
    ]
    cases = [Bad(name, at(path, value), 422, "shape-mismatch", place) for name, path, value, place in wrong]
    linear = {"size": 1, "activation": "identity"}
    cases.append(Bad("a target for the output cost", dumped(net(linear, cost="output")), 422, "shape-mismatch"))
    cases.append(Bad("no targets", at("/batch/targets", GONE), 422, "missing-field", "/batch/targets"))
    return cases


def _budget() -> list[Bad]:
    large = "network-too-large"
    wide = LIMITS.width
    return [
        Bad("width 1025", dumped(net({"size": wide + 1})), 422, large, "/network/layers/0/size"),
        Bad("inputs 1025", dumped(net({"size": 1}, inputs=wide + 1)), 422, large, "/network/inputs"),
        Bad("width 10**9", dumped(net({"size": 10**9})), 422, large, "/network/layers/0/size"),
        Bad("width 10**18", dumped(net({"size": 10**18}, {"size": 10**18})), 422, large),
        Bad("width 2**64", at("/network/layers/0/size", 2**64), 422, large),
        Bad("inputs of 300 digits", raw("9" * 300, "/network/inputs"), 422, large),
        Bad("13 layers", dumped(net(*[{"size": 1}] * 13)), 422, large, "/network/layers"),
        Bad("1024 by 1024", dumped(net({"size": wide}, inputs=wide)), 422, large, "/network"),
        Bad(
            "batch of 513", at("/batch", {"inputs": [[0, 0]] * 513, "targets": [[0, 0]] * 513}), 422, "batch-too-large"
        ),
        Bad("answer of millions", dumped(_wide_batch(512, 300)), 422, "answer-too-large"),
    ]


def _wide_batch(batch: int, width: int) -> dict[str, Any]:
    return {
        "network": {"inputs": width, "layers": [{"size": width}]},
        "batch": {"inputs": [[0] * width] * batch, "targets": [[0] * width] * batch},
        "steps": False,
    }


_PARTS: list[Callable[[], list[Bad]]] = [
    _grammar,
    _sizes,
    _shape_of_the_envelope,
    _many_errors,
    _types,
    optimizers,
    _networks,
    _shapes,
    _budget,
]
BAD_BODIES = [bad for part in _PARTS for bad in part()]
