"""The desktop program: wiring of windows, controllers and workers."""
