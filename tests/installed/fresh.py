"""The wheel in an environment of its own, with the libraries that an index has; `make wheel-test` runs this."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.installed.test_wheel import TOP, built
from tests.installed.use import use


def main() -> int:
    """Builds, installs with the extra for reports, and uses it; 1 where something went wrong."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = built("wheel", TOP, folder)
        subprocess.run([sys.argv[1], "-m", "venv", str(folder / "env")], check=True)
        pip = [str(folder / "env" / "bin" / "pip"), "--disable-pip-version-check", "-qq", "install"]
        subprocess.run([*pip, "-c", str(TOP / "constraints.txt"), f"{wheel}[report]"], check=True)
        (folder / "elsewhere").mkdir()
        wrong = use(folder / "env" / "bin", folder / "elsewhere", is_whole=True)
    print("\n".join(wrong) or f"The wheel does its work on {sys.argv[1]}.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
