"""Tables of one's own: what CSV is read as, what is found out and told, and every refusal by line and column."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_core import (
    Reading,
    ReadingOptions,
    TableError,
    TableLimits,
    TableTooLarge,
    UnknownColumn,
    read_table,
)
from tests.effort import light

FLOWERS = "length,width,kind\n5.1,3.5,setosa\n7,3.2,versicolor\n4.9,3,setosa\n"


def read(text: bytes | str, **options: object) -> Reading:
    return read_table(text, ReadingOptions(**options))  # type: ignore[arg-type]


def refused(text: bytes | str, **options: object) -> tuple[int, int, str]:
    with pytest.raises(TableError) as caught:
        read(text, **options)
    first = caught.value.places[0]
    return first.line, first.column, first.words


def test_a_table_is_examples() -> None:
    found = read(FLOWERS)
    assert found.examples.inputs.tolist() == [[5.1, 3.5], [7, 3.2], [4.9, 3]]
    assert found.examples.input_names == ("length", "width")
    assert found.examples.classes is not None
    assert found.examples.classes.tolist() == [0, 1, 0]
    assert found.examples.class_names == ("setosa", "versicolor")
    assert (found.separator, found.decimal, found.header, found.target) == ("comma", "point", True, 3)
    assert [(one.kind, one.role, one.low, one.high) for one in found.columns] == [
        ("number", "input", 4.9, 7),
        ("number", "input", 3, 3.5),
        ("text", "target", None, None),
    ]


@pytest.mark.parametrize(("name", "sign"), [("comma", ","), ("semicolon", ";"), ("tab", "\t"), ("pipe", "|")])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_separators_line_ends_and_the_byte_order_mark(name: str, sign: str, end: str, mark: bytes) -> None:
    found = read(mark + FLOWERS.replace(",", sign).replace("\n", end).encode())
    assert found.separator == name
    assert found.columns[0].name == "length"
    assert found.examples.inputs.tolist() == [[5.1, 3.5], [7, 3.2], [4.9, 3]]


def test_a_decimal_comma_is_found_where_the_separator_leaves_it() -> None:
    found = read("x;y\n1,5;2\n−3,25;4e1\n,5;8\n")
    assert (found.separator, found.decimal) == ("semicolon", "comma")
    assert found.examples.inputs[:, 0].tolist() == [1.5, -3.25, 0.5]
    assert found.notes[0].startswith("Numbers are read with a decimal comma")
    assert read('x,y\n"1,5",2\n"2,5",3\n', decimal="comma").examples.inputs.tolist() == [[1.5], [2.5]]


def test_a_point_where_commas_are_is_said() -> None:
    assert refused("x;y;c\n1,5;2,5;a\n3.5;4,5;b\n2,5;1;a\n") == (
        3,
        1,
        "x: “3.5” has a decimal point, and the numbers of this table have a decimal comma",
    )


def test_quotes_hold_separators_line_ends_and_quotes() -> None:
    found = read('"the ""x""",y,c\n1,2,"a,\nb"\n3,4, "d" \n5,6,"a,\nb"\n')
    assert found.columns[0].name == 'the "x"'
    assert found.examples.class_names == ("a, b", "d")
    assert found.examples.classes is not None
    assert found.examples.classes.tolist() == [0, 1, 0]


def test_a_quoted_line_end_moves_the_lines_below() -> None:
    assert refused('x,"of\ntwo lines",c\n1,2,a\n3,zwei,b\n4,5,a\n')[:2] == (4, 2)


@given(
    st.lists(
        st.tuples(st.floats(-1e9, 1e9), st.integers(-99, 99), st.text("ab\",;'\n é–<&", min_size=1).filter(str.strip)),
        min_size=4,
        max_size=30,
    ),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=150, deadline=None)
def test_what_the_standard_library_writes_is_read_as_it_was(
    table: list[tuple[float, int, str]], sign: str, end: str
) -> None:
    kinds = {" ".join(kind.split()) for *_, kind in table}
    if len(kinds) < 2:
        return
    written = io.StringIO()
    csv.writer(written, delimiter=sign, lineterminator=end).writerows([("x", "y", "kind"), *table])
    names = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
    found = read(written.getvalue(), separator=names[sign], header=True, classes=True, decimal="point")
    assert found.examples.inputs.tolist() == [[x, y] for x, y, _ in table]
    assert found.examples.classes is not None
    told = [found.examples.class_names[number] for number in found.examples.classes]
    assert told == [" ".join(kind.split()) for *_, kind in table]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("2 0 1 2 0 1", ("0", "1", "2")),
        ("10 9 10 9 10 9", ("9", "10")),
        ("-1 1 -1 1 1 1", ("-1", "1")),
        ("1.0 2 1 2.0 1 2", ("1", "2")),
        ("no yes no yes no yes", ("no", "yes")),
        ("1.5 2 1.5 2 2 2", None),
        ("1 2 3 4 5 6", None),
    ],
)
def test_a_target_of_words_or_few_whole_numbers_is_classes(column: str, expected: tuple[str, ...] | None) -> None:
    found = read("x,y\n" + "".join(f"{row},{cell}\n" for row, cell in enumerate(column.split())))
    if expected is None:
        assert found.examples.classes is None
        assert found.examples.values is not None
        assert found.examples.values[:, 0].tolist() == [float(cell) for cell in column.split()]
        assert found.examples.value_names == ("y",)
        return
    assert found.examples.class_names == expected
    assert found.examples.classes is not None
    assert [float(c) if c[-1].isdigit() else c for c in map(expected.__getitem__, found.examples.classes)] == [
        float(c) if c[-1].isdigit() else c for c in column.split()
    ]


def test_the_target_is_chosen_by_name_or_number_and_inputs_too() -> None:
    table = "kind,a,b,c\nred,1,2,3\nblue,4,5,6\nred,7,8,9.5\n"
    for target in ("kind", "1"):
        found = read(table, target=target, inputs=("4", "a"))
        assert found.examples.input_names == ("a", "c")
        assert found.examples.class_names == ("red", "blue")
        assert [one.role for one in found.columns] == ["target", "input", "unused", "input"]
    assert read(table).examples.values is not None
    assert read(table, classes=True).examples.class_names == ("3", "6", "9.5")


@pytest.mark.parametrize(
    ("options", "option", "words"),
    [
        ({"target": "size"}, "target", "no column “size”"),
        ({"target": "4"}, "target", "no column 4: the table has 3"),
        ({"target": "0"}, "target", "no column 0"),
        ({"inputs": ("kind",)}, "inputs", "is what is learned"),
        ({"inputs": ("length", "<b>")}, "inputs", "no column “<b>”"),
        ({"inputs": ()}, "inputs", "at least"),
    ],
)
def test_a_column_that_is_not_there_is_refused(options: dict[str, object], option: str, words: str) -> None:
    with pytest.raises(UnknownColumn, match=words) as caught:
        read(FLOWERS, **options)
    assert caught.value.option == option


def test_words_are_no_input() -> None:
    table = "colour,x,y\nred,1,2.5\nblue,2,3.5\n"
    found = read(table)
    assert found.examples.input_names == ("x",)
    assert "“colour”" in " ".join(found.notes)
    assert refused(table, inputs=("colour", "x"))[:2] == (2, 1)


def test_rows_with_an_empty_cell_are_left_out_and_told() -> None:
    found = read("x,y,c\n1,,a\n2,3,b\n4,5,\nNA,1,a\n6,7,a\n")
    assert found.examples.inputs.tolist() == [[2, 3], [6, 7]]
    assert found.notes[-1] == "3 rows are left out, with an empty cell: lines 2, 4, 5."
    assert [one.missing for one in found.columns] == [1, 1, 1]


def test_a_first_line_of_numbers_is_an_example() -> None:
    assert read("1,2,a\n3,4,b\n").examples.count == 2
    assert read("1,2,a\n3,4,b\n5,6,a\n7,8,b\n", header=True).columns[0].name == "1"
    assert read("a,a,,c\n1,2,3,a\n3,4,5,b\n").examples.input_names == ("a", "a (2)", "column 3")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", (1, 1), "empty"),
        ("\n \n", (1, 1), "empty"),
        ("x\n1\n2\n", (1, 1), "one column only"),
        ("x,y\n", (1, 1), "no column of numbers"),
        ("1,2,a\n3,4\n5,6,b\n", (2, 3), "2 cells, and line 1 has 3"),
        ("1,2,a\n\n3,4,b,9\n", (3, 4), "4 cells, and line 1 has 3"),
        ("x,y,c\n1,2,a\n3,4,a\n", (2, 3), "same class"),
        ("x,y,c\n1,2,a\n3,fyra,b\n5,6,a\n", (3, 2), "y: “fyra” is no number"),
        ("x,y,c\n1,2,a\n3,=1+1,b\n5,6,a\n", (3, 2), "is a formula"),
        ("x,y,c\n1,2,a\n3,1e400,b\n5,6,a\n", (3, 2), "is too large"),
        ("x,y,c\n1,2,a\n3,-inf,b\n5,6,a\n", (3, 2), "is too large"),
        ("x,y,c\n1,2,a\n3,0x10,b\n5,6,a\n", (3, 2), "is no number"),
        ("x,y,c\n1,2,a\n3,1_000,b\n5,6,a\n", (3, 2), "is no number"),
        ("x,y,c\n1,2,a\n3,١٢,b\n5,6,a\n", (3, 2), "is no number"),
        ('x,y,c\n1,2,a\n3,"1,234.5",b\n5,6,a\n', (3, 2), "thousands"),
        ('x,y,c\n1,2,a\n3,"never closed,b\n5,6,a\n', (3, 2), "never closed"),
        ('x,y,c\n1,2,a\n3,"4"4,b\n', (3, 2), "after the closing quote"),
        ("x,y\n,1\n2,\n", (2, 1), "No row is whole"),
        (b"x,y,c\n1,2,a\n3,4,\xff\n", (3, 3), "not UTF-8"),
        (b"x,y,c\n1,2,a\n3,\x004,b\n", (3, 2), "control character"),
        ("x,y,c\n1,2,\ud800\n", (2, 3), "surrogate"),
        ("x,y,c\n1,2,a\n".encode("utf-16"), (1, 1), "UTF-16"),
        ("x,y,c\n1,2," + "a" * 101 + "\n3,4,b\n", (2, 3), "at most 100 characters"),
    ],
)
def test_what_cannot_be_read_is_named_by_line_and_column(text: bytes | str, place: tuple[int, int], words: str) -> None:
    line, column, said = refused(text)
    assert (line, column) == place, said
    assert words in said


def test_every_place_is_told_up_to_a_limit_in_the_order_of_the_table() -> None:
    rows = "".join(f"{row},{row if row % 2 else 'oops'},{'ab'[row % 2]},2\n" for row in range(40))
    with pytest.raises(TableError) as caught:
        read("x,y,z,w\n" + rows, inputs=("x", "y"), target="z", header=True)
    places = caught.value.places
    assert len(places) == TableLimits().errors
    assert [one.line for one in places] == list(range(2, 42, 2))


def test_hostile_text_is_never_told_raw() -> None:
    hostile = "<script>alert('\u202e\u200b')</script>" + "x" * 500
    for text in (f"{hostile},y,c\n1,oops,a\n1,2,b\n3,4,a\n", f"x,y,c\n1,{hostile},a\n1,2,b\n3,4,a\n"):
        _, _, words = refused(text)
        assert words.isprintable()
        assert len(words) < 100


LIMITED = {
    "bytes": ("1,2\n" * 1_000_000, (524_289, 1)),
    "lines": ("1\n" * 1_000_000, (10_001, 1)),
    "lines of nothing": ("\n" * 2_000_000, (10_001, 1)),
    "columns": ("1," * 1_000_000, (1, 257)),
    "columns in quotes": ('"1",' * 500_000, (1, 257)),
    "cells": (("1," * 249 + "1\n") * 801, (801, 1)),
    "cell_characters": ("x,y\n1," + "a" * 2_000_000, (2, 2)),
    "cell_characters of an open quote": ('x,y\n1,"' + "a\n" * 9_000, (2, 2)),
    "classes": ("x,y\n" + "".join(f"{row},class {row}\n" for row in range(60)), (52, 2)),
}


def too_large(text: str) -> TableTooLarge:
    with pytest.raises(TableTooLarge) as caught:
        read(text)
    return caught.value


@pytest.mark.parametrize("name", LIMITED)
def test_a_table_over_a_limit_is_refused_by_its_name_and_soon(name: str) -> None:
    text, place = LIMITED[name]
    # 200 000 cells are looked at before there is one too many.
    error = light(lambda: too_large(text), 30 if name == "cells" else 10)
    assert error.name == name.split(" ", maxsplit=1)[0]
    assert (error.places[0].line, error.places[0].column) == place


def test_numbers_are_those_of_the_standard_library() -> None:
    told = ["1", "-2.5", "+3", ".5", "5.", "1e-3", "−1E+2", " 7 ", "0.1", "12345678901234567890"]
    found = read("x,y\n" + "".join(f"{cell},{row}.5\n" for row, cell in enumerate(told)))
    np.testing.assert_array_equal(found.examples.inputs[:, 0], [float(one.replace("−", "-")) for one in told])
