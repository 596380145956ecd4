"""What is said of a text that cannot be read: what is wrong at that place, and what to write instead.

Nothing of the text but a sign, a letter or a digit is repeated in what is said.
"""

import re
import unicodedata

_COMPARED = "there are no comparisons here: max and min choose between numbers"
_ASSIGNED = "a name has one value: write a new name and ="
_NO_TEXT = "there is no text here, only numbers and names"
_POWER = "a power is written with **"

PAIRS = {
    "==": _COMPARED,
    "!=": _COMPARED,
    "//": "there is no division without its remainder here: / divides",
    "+=": _ASSIGNED,
    "-=": _ASSIGNED,
    "*=": _ASSIGNED,
    "/=": _ASSIGNED,
    ":=": "a name is given with = at the start of a line",
    "->": "there are no arrows here: a name is given with =",
}
"""Two signs that are one in other languages."""

_HINTS = {
    "^": _POWER,
    "²": _POWER,
    "³": _POWER,
    ".": "a point stands only inside a number: names have no parts",
    "[": "parentheses are round, and there are no lists",
    "{": "parentheses are round",
    "%": "there is no remainder here: the signs are + - * / and **",
    "'": _NO_TEXT,
    '"': _NO_TEXT,
    "“": _NO_TEXT,
    "”": _NO_TEXT,
    "‘": _NO_TEXT,
    "’": _NO_TEXT,
    ":": "there is no colon here: a name is given with =, and no function can be made",
    "<": _COMPARED,
    ">": _COMPARED,
    "|": "an absolute value is written abs(…)",
    "√": "a root is written sqrt(…)",
    "!": "there is no factorial here: the signs are + - * / and **",
}

_CALLED = {
    "ln": "the natural logarithm is written log(…)",
    "pow": _POWER,
    "sum": "a sum is written with +",
    "mean": "a mean is written with + and /",
    "tan": "a tangent is written sin(…)/cos(…)",
    "sigma": "the sigmoid is written sigmoid(…)",
    "softmax": "softmax is written with exp, + and /",
}
"""Functions that one looks for, and what stands for them."""

_CONDITIONS = frozenset({"if", "else", "and", "or", "not", "is", "in"})
_COMMANDS = frozenset({"def", "return", "import", "from", "lambda", "for", "while", "print", "let", "var"})
_OPERAND = "a number, a name or ( has to stand here"
_SIGN_MISSING = "a sign is missing before this: a product is written with *"


def meaningless(character: str) -> str:
    """What is said of a character that begins no word."""
    if character in _HINTS:
        return _HINTS[character]
    if character.isalpha():
        name = unicodedata.name(character, "").removeprefix("GREEK SMALL LETTER ").replace("LAMDA", "LAMBDA")
        instead = f": write {name.lower()} for {character}" if name.isalpha() and name.isascii() else ""
        return f"names are made of the letters a to z, digits and _{instead}"
    if character.isprintable():
        return f"“{character}” has no meaning here: there are numbers, names, + - * / ** and parentheses"
    return f"the character U+{ord(character):04X} has no meaning here: take it out"


def no_function(name: str, functions: tuple[str, ...]) -> str:
    """What is said of ``name``, which is called and is none of the ``functions``."""
    if name in _CALLED:
        return f"this is no function here: {_CALLED[name]}"
    return f"this is no function: there are {', '.join(functions)}; a product is written with *"


def nothing_there(text: str, before: str) -> str:
    """What is said of the word ``text``, where an operand should stand; empty where the line ends."""
    if text == "=":
        return "a name is missing before this ="
    if text == ")" and before == "(":
        return "a number or a name has to stand here, between ( and )"
    if not text:
        return f"the line ends too early: {_OPERAND}; what goes over several lines is put in ( )"
    return _OPERAND


def misplaced(text: str, before: str, *, touches: bool) -> str:
    """What is said of the word ``text`` that no sign joins to what is ``before`` it; whether the two touch."""
    if not (text == "(" or text[0].isalnum() or text[0] in "_."):
        return {
            ")": "there is no ( that this ) closes",
            ",": "a comma stands only between the arguments of max and min; a decimal has a point",
            "=": "only a new name may stand before =, at the start of a line",
        }.get(text, "this cannot stand here")
    if {text, before} & _CONDITIONS:
        return "there are no conditions here: max and min choose between numbers"
    if before in _COMMANDS:
        return "there are only expressions here, and names that are given with ="
    if touches and (before[0].isdigit() or before[0] == "."):
        return _in_a_number(text, before)
    return _SIGN_MISSING


def _in_a_number(text: str, before: str) -> str:
    """What is said where a number goes on as no number does."""
    if text[0].isdigit() or text[0] == ".":
        return "a number has one point"
    if re.fullmatch(r"_[0-9_]+", text):
        return "the digits of a number stand without _ between them"
    if before == "0" and re.fullmatch(r"[xXbBoO][0-9a-fA-F]+", text):
        return "numbers are written with the digits 0 to 9, such as 16"
    if text in ("e", "E"):
        return f"after e an exponent is missing, as in 1e3; {_SIGN_MISSING.partition(': ')[2]}"
    return _SIGN_MISSING
