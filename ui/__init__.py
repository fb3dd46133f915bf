"""Windows, tabs, widgets and table models; they show and announce, and do no work."""
