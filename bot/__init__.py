"""A bot that answers students' career questions; CONTRIBUTING.md has a map of this package."""
