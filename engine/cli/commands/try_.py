"""`brink try`: the workshop, where a scenario is written beside its findings, a game of it and its values."""

from __future__ import annotations

from engine.cli.arguments import Arguments
from engine.cli.failures import UsageError
from engine.scenario.places import find_scenario


def execute(arguments: Arguments) -> int:
    """Opens the workshop; raises :class:`UsageError` where there is no terminal."""
    from tui.launch import Start, launch, trouble_with_terminal

    trouble = trouble_with_terminal(f"brink check {arguments.scenario} --watch tells the findings line by line")
    if trouble is not None:
        raise UsageError(trouble)
    find_scenario(arguments.scenario)
    return launch(Start(draft=arguments.scenario, side=arguments.side, seed=arguments.seed, is_ascii=arguments.ascii))
