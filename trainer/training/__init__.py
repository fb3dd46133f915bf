"""Training: :func:`fit` runs one, :mod:`trainer.runs` reads what it left."""

from trainer.training.fit import fit

__all__ = ["fit"]
