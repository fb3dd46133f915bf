"""Training: :func:`fit` runs one, :func:`fit_seeds` several; :mod:`trainer.runs` reads them."""

from trainer.training.fit import fit
from trainer.training.seeds import fit_seeds

__all__ = ["fit", "fit_seeds"]
