"""Pictures of a student's way: an SVG template, filled and drawn as a PNG."""
