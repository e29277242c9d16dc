"""The `brink` command, one module for each of its commands."""
