"""The Dataset tab counts, filters, names what is wrong."""

from __future__ import annotations

from pathlib import Path

from dataset_parts import open_new
from pytestqt.qtbot import QtBot

from trainer.data.demo import generate_demo


def test_counts_filters_and_detail(make_app, tiny_csv: Path, qtbot: QtBot) -> None:
    program = make_app()
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=60_000):
        program.open_path(tiny_csv)
    assert program.window.current_tab() == "dataset"
    tab = program.dataset._tab
    assert tab.pages.currentWidget() is tab.data_page
    overview, images = tab.overview_page, tab.images_page
    assert tab.current_page() == "overview"
    assert overview.class_model.index(0, 1).data() == "8"
    assert overview.class_model.index(7, 1).data() == "56"
    assert "two splits" in overview.facts_label.text()
    assert images.sample_model.rowCount() == 84
    overview.classes_view.activated.emit(overview.class_model.index(3, 0))
    assert tab.current_page() == "images"
    assert images.sample_model.rowCount() == 12
    images.split_combo.setCurrentIndex(2)
    images._apply_filter()
    assert images.sample_model.rowCount() == 2
    assert images.detail.title_label.text() == "Happiness"
    tab.grab()


def test_bad_rows_are_listed_with_line_and_reason(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    lines = tiny_csv.read_text(encoding="utf-8").splitlines()
    lines[3] = "9," + lines[3].split(",", 1)[1]
    lines[5] = "1,1 2 3,Training"
    path = tmp_path / "some bad rows 表情.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    program = make_app()
    open_new(program, path, qtbot)
    table = program.dataset._tab.overview_page.problems_table
    assert [table.item(row, 0).text() for row in range(table.rowCount())] == ["4", "6"]
    assert all(table.item(row, 1).text() for row in range(2))


def test_a_broken_file_is_said_and_what_was_open_stays(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program = make_app()
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=60_000):
        program.open_path(tiny_csv)
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"this is no zip")
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=60_000):
        program.open_path(broken)
    tab = program.dataset._tab
    assert "broken.zip" in tab.banner.text
    assert tab.pages.currentWidget() is tab.data_page
    assert tab.name_label.text() == tiny_csv.name


def test_images_asked_for_from_elsewhere_are_shown_alone(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program = make_app()
    other = generate_demo(tmp_path / "other.csv", train_per_class=4)
    open_new(program, other, qtbot)
    tab = program.dataset._tab
    images = tab.images_page
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=60_000):
        program.dataset.show_images(tiny_csv, [70, 3, 20], "Fear taken for surprise")
    assert tab.state.samples.path == tiny_csv
    assert tab.current_page() == "images"
    assert images.sample_model.rows.tolist() == [70, 3, 20]
    assert "Fear taken for surprise" in images.chip_button.text()
    tab.show_page("overview")
    program.dataset.show_images(tiny_csv, [5], "again")  # it is open: at once
    assert tab.current_page() == "images"
    assert images.sample_model.rows.tolist() == [5]
    images.chip_button.click()
    assert images.sample_model.rowCount() == 84


def test_images_of_data_that_changed_are_not_shown(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program = make_app()
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=60_000):
        program.dataset.show_images(tiny_csv, [84], "one too many")
    tab = program.dataset._tab
    assert "tiny.csv" in tab.banner.text
    assert tab.images_page.sample_model.rowCount() == 84
    tab.banner.clear()
    program.dataset.show_images(tiny_csv, [3], "other pixels", "0" * 64)
    assert "tiny.csv" in tab.banner.text
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=60_000):
        program.dataset.show_images(tmp_path / "gone.csv", [3], "gone")
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=60_000):
        program.open_path(tiny_csv)
    assert tab.images_page.sample_model.rowCount() == 84
