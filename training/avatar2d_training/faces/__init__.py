"""Compact face detector and landmark nets, distilled from public teachers (docs/models.md, Faces)."""
