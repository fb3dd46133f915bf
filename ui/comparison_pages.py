"""Makes the pages of the Compare tab by name; imported when the first is shown."""

from __future__ import annotations

from ui.comparison_calibration_page import ComparisonCalibrationPage
from ui.comparison_classes_page import ComparisonClassesPage
from ui.comparison_confusion_page import ComparisonConfusionPage
from ui.comparison_curves_page import ComparisonCurvesPage
from ui.comparison_gradcam_page import ComparisonGradcamPage
from ui.comparison_images_page import ComparisonImagesPage
from ui.comparison_page import ComparisonPage
from ui.comparison_people_page import ComparisonPeoplePage
from ui.comparison_risk_page import ComparisonRiskPage
from ui.comparison_robustness_page import ComparisonRobustnessPage
from ui.comparison_settings_page import ComparisonSettingsPage
from ui.comparison_speed_page import ComparisonSpeedPage
from ui.comparison_state import ComparisonState
from ui.comparison_statistics_page import ComparisonStatisticsPage

_PAGES: dict[str, type[ComparisonPage]] = {
    "curves": ComparisonCurvesPage,
    "confusion": ComparisonConfusionPage,
    "classes": ComparisonClassesPage,
    "images": ComparisonImagesPage,
    "speed": ComparisonSpeedPage,
    "calibration": ComparisonCalibrationPage,
    "risk": ComparisonRiskPage,
    "people": ComparisonPeoplePage,
    "robustness": ComparisonRobustnessPage,
    "gradcam": ComparisonGradcamPage,
    "statistics": ComparisonStatisticsPage,
    "settings": ComparisonSettingsPage,
}


def make_page(name: str, state: ComparisonState) -> ComparisonPage:
    """Return a new page."""
    return _PAGES[name](state)
