"""Scenarios: from untrusted YAML to a validated, immutable description of a crisis."""
