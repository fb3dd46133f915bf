"""Faces and expressions in frames: source, detector, tracker, classifier, pipeline."""
