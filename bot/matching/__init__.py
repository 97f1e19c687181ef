"""Question text -> Match. Pure computation: no files, no clock, no network."""
