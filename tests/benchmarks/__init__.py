"""Measurements: how well questions are understood, and how fast."""
