"""Light and dark: a palette and one small style sheet over Qt's Fusion style."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt5.QtGui import QColor, QPalette
from PyQt5.QtWidgets import QApplication, QStyleFactory

from resources import resource_path


@dataclass(frozen=True)
class Colors:
    """The named colours of one theme; the style sheet says ``@name``."""

    window: str
    card: str
    sunken: str
    text: str
    muted: str
    border: str
    border_strong: str
    hover: str
    accent: str
    accent_hover: str
    accent_text: str
    accent_soft: str
    danger: str
    danger_soft: str
    warning_soft: str
    disabled: str


LIGHT = Colors(
    window="#F3F4F7",
    card="#FFFFFF",
    sunken="#ECEEF2",
    text="#1B1F27",
    muted="#5A6272",
    border="#D8DCE3",
    border_strong="#9AA2B1",
    hover="#E6E9EF",
    accent="#1F5FBF",
    accent_hover="#194F9F",
    accent_text="#FFFFFF",
    accent_soft="#E2ECFA",
    danger="#B3261E",
    danger_soft="#FBE9E7",
    warning_soft="#FFF4DB",
    disabled="#A2A9B6",
)
DARK = Colors(
    window="#1A1D23",
    card="#23272F",
    sunken="#15181D",
    text="#E8EAEE",
    muted="#A3ABBA",
    border="#363C47",
    border_strong="#6B7485",
    hover="#2E343E",
    accent="#6EA8FE",
    accent_hover="#8ABAFF",
    accent_text="#0E1726",
    accent_soft="#243650",
    danger="#FF8A80",
    danger_soft="#43262A",
    warning_soft="#40361F",
    disabled="#666E7C",
)


def _palette(colors: Colors) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.Window: colors.window,
        QPalette.WindowText: colors.text,
        QPalette.Base: colors.card,
        QPalette.AlternateBase: colors.window,
        QPalette.ToolTipBase: colors.card,
        QPalette.ToolTipText: colors.text,
        QPalette.PlaceholderText: colors.muted,
        QPalette.Text: colors.text,
        QPalette.Button: colors.card,
        QPalette.ButtonText: colors.text,
        QPalette.BrightText: colors.danger,
        QPalette.Highlight: colors.accent,
        QPalette.HighlightedText: colors.accent_text,
        QPalette.Link: colors.accent,
        QPalette.LinkVisited: colors.accent,
        QPalette.Light: colors.hover,
        QPalette.Midlight: colors.border,
        QPalette.Mid: colors.border_strong,
        QPalette.Dark: colors.border_strong,
        QPalette.Shadow: "#000000",
    }
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    for role in (QPalette.WindowText, QPalette.Text, QPalette.ButtonText):
        palette.setColor(QPalette.Disabled, role, QColor(colors.disabled))
    palette.setColor(QPalette.Disabled, QPalette.Highlight, QColor(colors.border))
    return palette


def style_sheet(colors: Colors) -> str:
    """Return the style sheet with the theme's colours filled in."""
    text = resource_path("styles", "mien.qss").read_text(encoding="utf-8")
    check = resource_path("icons", "check-dark.svg" if colors is DARK else "check.svg")
    text = text.replace("@check_image", f'"{check.as_posix()}"')
    names = sorted(vars(colors), key=len, reverse=True)  # @accent_text before @accent
    for name in names:
        text = text.replace(f"@{name}", getattr(colors, name))
    return text


class Theme:
    """Applies a theme to the application and knows what the system's own one is."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._system_dark = app.palette().color(QPalette.Window).lightness() < 128
        app.setStyle(QStyleFactory.create("Fusion"))

    def apply(self, name: str) -> None:
        """Apply ``"light"``, ``"dark"`` or ``"system"``."""
        dark = name == "dark" or (name == "system" and self._system_dark)
        colors = DARK if dark else LIGHT
        self._app.setPalette(_palette(colors))
        self._app.setStyleSheet(style_sheet(colors))
