"""Decision tables in the reader's language, and what fired in them."""

from collections.abc import Collection, Iterable
from typing import Any

from service.engine import Column, ShownTable
from service.queries.texts import Texts


def shown(
    table: ShownTable, texts: Texts, fired: Collection[str] = (), beside: Iterable[ShownTable] = ()
) -> dict[str, Any]:
    """A table as rows of text; `fired` are the ids of the rules that fired when it was asked. What a table `beside` it gives,
    and this one looks at, has the words of that one too."""
    given = {it.expression: _column(it, texts)["words"] for other in beside for it in other.outputs if it.words}
    inputs = [_column(column, texts) for column in table.inputs]
    return {
        "id": table.decision,
        "name": texts.of(table.decision, table.name),
        "description": texts.of(f"{table.decision}#description", table.description) if table.description else None,
        "policy": table.policy,
        "inputs": [it | {"words": given.get(it["expression"], {}) | it["words"]} for it in inputs],
        "outputs": [_column(column, texts) for column in table.outputs],
        "called": {it.expression: texts.of(it.id, it.label) for it in table.called},
        "noted": any(row.annotation for row in table.rows),
        "rows": [
            {
                "number": number,
                "id": row.id,
                "inputs": row.inputs,
                "outputs": row.outputs,
                "annotation": texts.of(row.id, row.annotation) if row.annotation else None,
                "fired": row.id in fired,
            }
            for number, row in enumerate(table.rows, 1)
        ],
    }


def outputs(table: ShownTable, texts: Texts) -> list[dict[str, Any]]:
    """The columns of what a table gives, each with its name and its words."""
    return [_column(column, texts) for column in table.outputs]


def _column(column: Column, texts: Texts) -> dict[str, Any]:
    """A column; `words` are what its cells call a value, by the FEEL of that value."""
    words = {feel: texts.of(word.id, word.label) for feel, word in column.words}
    return {"label": texts.of(column.id, column.label), "expression": column.expression, "words": words}
