"""Tables of one's own in a browser: pasted, uploaded, mended where they are wrong, edited by cell; never markup."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Quiet
from tests.browser.data_panel import open_data, paste, refused, used

pytestmark = pytest.mark.browser

COMMAS = "length;width;kind\n1,5;0,2;short\n1,4;0,3;short\n4,7;1,5;long\n4,5;1,4;long\n"
MARKUP = "<img src=x onerror=window.hacked=1>"


def test_a_table_with_decimal_commas_is_read_while_it_is_typed(server: str, desk: Quiet) -> None:
    page = open_data(desk, server, "Paste or upload")
    paste(page, COMMAS)
    expect(page.locator(".data-status")).to_have_text("4 examples with 2 inputs.")
    expect(page.locator(".data-notes")).to_contain_text("decimal comma")
    expect(page.locator("#data-sentence")).to_contain_text("3 examples to train, 1 to test")
    page.get_by_label("Learn width").check()
    expect(page.locator("#data-sentence")).to_contain_text("1 input and 1 output")
    page.get_by_label("Learn kind").check()
    expect(page.get_by_label("Learn from width")).to_be_checked()
    page.get_by_label("Learn from width").uncheck()
    expect(page.locator(".data-status")).to_have_text("4 examples with 1 input.")
    examples = used(page)["data"]["examples"]
    assert examples == {"input_names": ["length"], "inputs": [[1.5], [1.4], [4.7], [4.5]], **classes(examples)}


def classes(examples: dict[str, Any]) -> dict[str, Any]:
    assert examples["classes"] == [0, 0, 1, 1]
    assert examples["class_names"] == ["short", "long"]
    return {"classes": [0, 0, 1, 1], "class_names": ["short", "long"]}


def test_an_error_names_its_line_and_loses_nothing(server: str, desk: Quiet) -> None:
    page = open_data(desk, server, "Paste or upload")
    broken = COMMAS.replace("4,7;1,5", "4,7;oops")
    paste(page, broken)
    expect(page.locator(".data-errors")).to_contain_text("Line 4, column 2: width: “oops” is no number.")
    expect(page.locator(".data-gutter .wrong")).to_have_text("4")
    expect(page.get_by_role("button", name="Use this data")).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="Use this data").click(force=True)
    expect(page.locator("#data")).to_be_visible()
    page.get_by_role("button", name="Show line 4").click()
    box = "(box => box.value.slice(box.selectionStart, box.selectionEnd))(document.querySelector('.data-text'))"
    assert page.evaluate(box) == "4,7;oops;long"
    for tab in ("Draw", "Paste or upload"):
        page.get_by_role("tab", name=tab).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Data", exact=True).click()
    expect(page.locator(".data-text")).to_have_value(broken)
    paste(page, COMMAS)
    expect(page.locator(".data-errors li")).to_have_count(0)
    expect(page.locator(".data-gutter .wrong")).to_have_count(0)
    refused(desk)


def test_names_with_markup_stay_text_everywhere(server: str, desk: Quiet) -> None:
    page = open_data(desk, server, "Paste or upload")
    paste(page, f"{MARKUP},y,c\n1,2,<b>bold</b>\n3,4,plain\n5,6,plain\n")
    expect(page.locator(".data-columns tbody th").first).to_have_text(MARKUP)
    expect(page.locator(".data-columns")).to_contain_text("<b>bold</b>")
    page.get_by_role("tab", name="Table").click()
    expect(page.locator(".data-grid thead th").first).to_have_text(MARKUP)
    page.get_by_role("tab", name="Paste or upload").click()
    paste(page, f"{MARKUP},y,c\n1,2,<b>bold</b>\nx{MARKUP},4,plain\n5,6,plain\n")
    expect(page.locator(".data-errors li")).to_contain_text("“x<img src=x onerror=")
    assert page.locator("#data img, #data b:not(.data-chip b)").count() == 0
    paste(page, f"{MARKUP},y,c\n1,2,<b>bold</b>\n3,4,plain\n5,6,plain\n")
    expect(page.locator(".data-status")).to_contain_text("3 examples")
    assert used(page)["data"]["examples"]["input_names"] == [MARKUP, "y"]
    page.wait_for_timeout(500)
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0
    refused(desk)


def test_cells_are_edited_like_a_grid(server: str, desk: Quiet) -> None:
    page = open_data(desk, server, "Paste or upload")
    paste(page, COMMAS)
    expect(page.locator(".data-status")).to_contain_text("4 examples")
    page.get_by_role("tab", name="Table").click()
    cells = page.locator(".data-grid tbody td")
    expect(cells).to_have_count(12)
    cells.nth(0).click()
    page.keyboard.press("ArrowRight")
    page.keyboard.type("nine")
    page.keyboard.press("Enter")
    expect(cells.nth(1)).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".data-table .problem")).to_have_text("Row 1: width: “nine” is no number.")
    expect(cells.nth(4)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("F2")
    page.keyboard.press("Escape")
    expect(cells.nth(1)).to_have_text("nine")
    page.keyboard.type("9,5")
    page.keyboard.press("Tab")
    expect(cells.nth(2)).to_be_focused()
    expect(page.locator(".data-grid [aria-invalid]")).to_have_count(0)
    page.get_by_role("button", name="Add a row").click()
    for text in ("7,5", "8", "long"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    expect(page.locator("#data-sentence")).to_contain_text("4 examples to train, 1 to test")
    page.get_by_role("tab", name="Paste or upload").click()
    value = page.locator(".data-text").input_value()
    assert value.splitlines()[1:3] == ["1,5;9,5;short", "7,5;8;long"]
    refused(desk)


def test_a_file_is_read_whatever_its_characters(server: str, desk: Quiet, tmp_path: Path) -> None:
    page = open_data(desk, server, "Paste or upload")
    file = tmp_path / "old.csv"
    file.write_bytes("Größe;Art\r\n1,5;Fröhlich\r\n2,5;trüb\r\n".encode("cp1252"))
    page.locator("#data-file").set_input_files(str(file))
    expect(page.locator(".data-columns tbody th").first).to_have_text("Größe")
    expect(page.locator(".data-notes")).to_contain_text("Windows-1252")
    file.write_bytes(b"1,2\n" * 1_000_000)
    page.locator("#data-file").set_input_files(str(file))
    expect(page.locator(".data-errors")).to_contain_text("larger than 2 MiB, the limit table_bytes")
    expect(page.locator(".data-text")).to_have_value("Größe;Art\n1,5;Fröhlich\n2,5;trüb\n")
