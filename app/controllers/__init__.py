"""Controllers join the tabs with the workers; one for each tab."""
