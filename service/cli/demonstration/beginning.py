"""What waits when somebody opens the demonstration: the sample target as it was proposed, and one measure to follow up.

They are the cases that `mandat demo` plays to their end; here a person does.
"""

from service.cli.demonstration.playing import Play
from service.cli.wiring import calling
from service.queries import cases
from service.queries.demonstration import course

COURSE = "e1"


def begin() -> None:
    """Start the cases that the course begins with, and that their workspaces do not have yet, up to the first task."""
    begins = course(COURSE)["begins"]
    for step in course(COURSE)["steps"]:
        if isinstance(step, dict) and "start" in step and step["case"] in begins:
            there = cases.page(calling(step.get("workspace", "pogi")).actor, limit=100)["cases"]
            if step["case"] not in {case["business_key"] for case in there}:
                Play().play([step])
