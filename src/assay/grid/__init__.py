"""Cells by name and made real. Knows no study."""
