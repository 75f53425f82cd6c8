"""Scenarios: what a bundle's author expects to happen, played on the engine without a database.

    library = Library(bundles)
    for scenario in read(bundle):
        outcome = play(library, scenario)
        outcome.differences, outcome.covered

`scenarios.yaml` of a bundle says what a case begins with, what operations and called processes answer, who does what,
and what is open or over then. Nothing is mocked but the world outside: answers are judged by the bundle's own forms
and sealed, decisions are made by its tables, timers come due on a clock that moves only when a step says so.
"""

from service.queries.scenarios.coverage import uncovered
from service.queries.scenarios.library import Library
from service.queries.scenarios.playing import Outcome, play
from service.queries.scenarios.reading import Scenario, ScenariosUnreadable, read

__all__ = ["Library", "Outcome", "Scenario", "ScenariosUnreadable", "play", "read", "uncovered"]
