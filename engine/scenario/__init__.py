"""Scenarios: from untrusted YAML to a validated, immutable description of a crisis.

Stages: `files` and `reader` make located plain data, `shape` makes the models, `references` and its neighbours
check what the models can't, `evidence` proves the quotes, `load` does all of it.
"""
