"""A foreign bundle → one that we can run, with every change listed.

Two conventions are read. That of the SpiffWorkflow family: Python expressions in conditions, timers, scripts and
parameters, `{{ … }}` in instructions, forms beside the diagram, `process_model.json`. And that of Camunda 7: JUEL in
`${…}`, and attributes of its own, which `camunda` knows. `places` knows where texts stand in a file,
`engine.translating` turns one into FEEL.
"""

from service.engine.importing.bundle import Translated, translate
from service.engine.importing.report import Change, Left, Report, RolelessLane

__all__ = ["Change", "Left", "Report", "RolelessLane", "Translated", "translate"]
