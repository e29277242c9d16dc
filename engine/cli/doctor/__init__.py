"""What `brink doctor` looks at: versions, libraries, scenarios, the terminal, folders and fonts."""

from engine.cli.doctor.findings import Finding
from engine.cli.doctor.looking import look_over

__all__ = ["Finding", "look_over"]
"""Everything that is found, part by part."""
