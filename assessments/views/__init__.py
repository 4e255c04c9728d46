"""Screens: one file for each thing that people come for. Glue only."""
