"""The core of Mien, free of Qt: data, models, training, inference, evaluation, command line."""

__version__ = "0.1.0"
