"""BPMN tree → `Diagram`: what the author drew, with what the engine's own parser forgets.

`read` is the whole of it. The files here follow the drawing: `vocabulary` (namespaces, kinds, small readers), `lanes`,
`data` (data items and their variables), `roots` (messages and what events refer to), `events`, `activities`, and
`diagrams`, which walks the file. Names and ids are taken as they stand; whether they make sense is `engine.checks`'.
"""

from service.engine.reading.diagrams import read, read_tree

__all__ = ["read", "read_tree"]
