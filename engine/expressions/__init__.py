"""Expressions of the scenario language: text becomes a typed tree, and the tree a function over arrays."""
