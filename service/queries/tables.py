"""Decision tables in the reader's language, and what fired in them."""

from collections.abc import Collection
from typing import Any

from service.engine import Column, ShownTable
from service.queries.texts import Texts


def shown(table: ShownTable, texts: Texts, fired: Collection[str] = ()) -> dict[str, Any]:
    """A table as rows of text; `fired` are the ids of the rules that fired when it was asked."""
    return {
        "id": table.decision,
        "name": texts.of(table.decision, table.name),
        "description": texts.of(f"{table.decision}#description", table.description) if table.description else None,
        "policy": table.policy,
        "inputs": [_column(column, texts) for column in table.inputs],
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


def _column(column: Column, texts: Texts) -> dict[str, Any]:
    return {"label": texts.of(column.id, column.label), "expression": column.expression}
