"""Comparing models: which is better, how sure that is, and the report about it.

Everything here can be imported without torch; what needs it (Grad-CAM, exporting weights) loads
it when it is called. Nothing draws: windows and the report draw what these functions return.
"""
