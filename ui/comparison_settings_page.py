"""The settings of the chosen runs beside each other, or only those that differ."""

from __future__ import annotations

from PyQt5.QtWidgets import QCheckBox, QWidget

from ui.comparison_page import ComparisonPage
from ui.comparison_state import ComparisonState
from ui.tables.run_row import row_title
from ui.widgets.value_table import ValueTable

_ABSENT = "–"


class ComparisonSettingsPage(ComparisonPage):
    """A table, upright or across."""

    form = "comparison_settings_page"

    differences_check: QCheckBox
    transpose_check: QCheckBox
    settings_table: ValueTable

    def __init__(self, state: ComparisonState, parent: QWidget | None = None) -> None:
        super().__init__(state, parent)
        self.table_button.hide()  # it is one
        self.settings_table.setAccessibleName(self.tr("Settings"))
        self.differences_check.toggled.connect(lambda _on: self.mark_dirty())
        self.transpose_check.toggled.connect(lambda _on: self.mark_dirty())

    def refresh(self) -> None:
        known = [row for row in self.state.selected if row.settings]
        # A model without a training run knows next to nothing of its settings.
        rows = [row for row in known if row.kind == "run"] or known
        if not rows:
            self.show_empty(self.tr("Choose training runs above to see their settings."))
            return
        names = list(dict.fromkeys(name for row in rows for name in row.settings))
        lines = [(name, [row.settings.get(name, _ABSENT) for row in rows]) for name in names]
        total = len(lines)
        if self.differences_check.isChecked() and len(rows) > 1:
            lines = [(name, values) for name, values in lines if len(set(values)) > 1]
        titles = [row_title(row) for row in rows]
        if not lines:
            text = self.tr("The chosen models have the same settings: all {total}.")
            self.show_empty(text.format(total=total))
            return
        headers = [self.tr("Setting"), *titles]
        cells = [[name, *values] for name, values in lines]
        if self.transpose_check.isChecked():
            headers = [self.tr("Model"), *(name for name, _values in lines)]
            cells = [
                [title, *(values[place] for _name, values in lines)]
                for place, title in enumerate(titles)
            ]
        for table in (self.settings_table, self.table):
            table.set_table(headers, cells)
        text = self.tr("{number} of {total} settings differ.")
        if len(rows) == 1:
            text = self.tr("Choose a second run to see what differs.")
        elif not self.differences_check.isChecked():
            text = self.tr("All {total} settings.")
        self.show_content(text.format(number=len(lines), total=total))
