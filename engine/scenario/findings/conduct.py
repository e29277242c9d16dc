"""Findings about size, and about the remarks by which an author accepts a finding."""

from engine.scenario.findings.finding import Finding

OIL = "{title: Price of oil, start: 90, range: [0, 200], assumed: example}"

FINDINGS = (
    Finding(
        "E901",
        "too much of something",
        "A part of the scenario has more entries than is allowed, or its actions make too many options, effects or "
        "decisions over all turns.",
        "A run weighs up every option in every turn. The limits are documented in the design, each with its reason.",
        "groups:\n" + "".join(f"  group_{number}: [us]\n" for number in range(501)),
        "groups:\n  powers: [us]\n",
    ),
    Finding(
        "W911",
        "a remark without a reason",
        "A comment `# ok: CODE`, `# ok: never` or `# ok: dead` accepts a finding and does not say why.",
        "Whoever reads the scenario next can't tell whether the reason still holds.",
        f"values:\n  # ok: W624\n  oil: {OIL}\n",
        f"values:\n  # ok: W624 for an experiment\n  oil: {OIL}\n",
    ),
    Finding(
        "W912",
        "a remark that names no finding",
        "A comment begins with `ok:` and neither a code follows, nor `never` or `dead`; or a code that there is not.",
        "It accepts nothing, though it looks so. `brink check --codes` lists the codes.",
        "flags:\n  declared: independence is declared  # ok: W999 we know\n",
        "flags:\n  declared: independence is declared  # all right, we know\n",
    ),
    Finding(
        "W913",
        "a remark on what can't be accepted",
        "A comment wants to accept an error without which the scenario can't be used.",
        "Warnings, hints and errors about what can come about (E6) are the author's business. All other errors leave "
        "something without a meaning.",
        "actors:\n  russia:\n    # ok: E104 it cares that much\n    capability: 8\n",
        "actors:\n  russia:\n    capability: 0.8\n",
    ),
    Finding(
        "I914",
        "a remark that silences nothing",
        "A comment accepts a finding that is not there, or speaks of what may happen where nothing does.",
        "What it speaks of was mended, or moved to another line. A remark that is left over would hide the next one.",
        "flags:\n  declared: independence is declared  # ok: W622 for players\n",
        "flags:\n  declared: independence is declared\n",
    ),
)
