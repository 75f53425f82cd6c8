"""A process that names its outputs sets each of them: one that is missing stops the case at the end of the call."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.naming import nearest
from service.engine.checks.view import Found, ProcessView


def find(view: ProcessView) -> Iterator[Found]:
    """Outputs that are known at no end of the process."""
    state = view.knowing.at_end()
    if not state or view.knowing.vague(state) or view.knowing.free(state):
        return
    for name in view.process.outputs or ():
        if not view.knowing.has(state, name):
            near = nearest(name, view.knowing.names(state))
            yield Found(
                view.process.id,
                say(
                    "The process hands back `%(name)s`, which nothing sets. Did you mean “%(near)s”?",
                    name=name,
                    near=near,
                )
                if near
                else say("The process hands back `%(name)s`, which nothing sets. Set it before the end.", name=name),
                "warning" if view.knowing.far(state) and not near else "error",
            )
