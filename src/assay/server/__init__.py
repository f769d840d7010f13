"""Assay as a server: the measured cell behind an interface for programs, and pages for people; knows no terminal."""
