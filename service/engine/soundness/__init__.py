"""Soundness: whether every case of a process can come to an end, with nothing left behind and nothing never done.

    verdict = Looking(diagrams).verdict("adoption.bpmn", "adoption")
    verdict.state, verdict.faults

The files follow the way: `building` makes a `net` of our reading; `reducing` makes it smaller; `exploring` goes through
its `marking`s by the moves of `play`, with `inclusive` joins; `judging` says what is wrong, with `meeting` and `living`;
`retracing` and `steps` show the run that leads there. `outcomes` say how a called process comes back.

Conditions are free choices, messages from outside and times may always come. What is taken as simpler than it is:
an activity that repeats is done once or, where that can be, not at all; an event that does not interrupt comes once at
most while its scope goes on; a called process comes back as its own net says, or in any way where it is not at hand.
"""

from service.engine.soundness.exploring import LIMIT
from service.engine.soundness.faults import Fault, Verdict
from service.engine.soundness.looking import Looking

__all__ = ["LIMIT", "Fault", "Looking", "Verdict"]
