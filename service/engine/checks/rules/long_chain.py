"""More than 300 nodes in a row are refused: nobody reads such a row, and engines that share our diagrams fail on it."""

from collections.abc import Iterator

from service.domain.sentences import say
from service.engine.checks.view import Found, ProcessView, label

LIMIT = 300


def find(view: ProcessView) -> Iterator[Found]:
    """The node at which a row, its flows taken in file order, has grown too long."""
    seen: set[str] = set()
    for start in (it.id for it in view.process.elements if it.kind == "startEvent"):
        stack = [(start, iter(tuple(view.following[start])))]
        seen.add(start)
        while stack:
            if len(stack) > LIMIT:
                last = view.nodes[stack[-1][0]]
                message = say(
                    "'%(node)s' comes after %(most)s steps in a row. Move a part into a called process.",
                    node=label(last),
                    most=LIMIT,
                )
                yield Found(last.id, message)
                return
            following = next((it for it in stack[-1][1] if it not in seen), None)
            if following is None:
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(tuple(view.following[following]))))
