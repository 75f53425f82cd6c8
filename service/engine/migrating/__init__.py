"""Taking an instance over to another version of its process: what has a counterpart there, and what stands in the way.

Nothing moves by it: every token stands afterwards where it stood, people's tasks and timers keep their ids and times.
"""

from service.engine.migrating.counterparts import Counterparts
from service.engine.migrating.shapes import Carried, Migrate

__all__ = ["Carried", "Counterparts", "Migrate"]
