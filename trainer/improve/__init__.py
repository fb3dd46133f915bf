"""Fitting a network to a user's corrections in a minute or two: its last layer alone is changed.

NumPy and ONNX only: it runs beside the Player and does not import torch. Method, figures and
limits stand in ``docs/corrections.md``.
"""
