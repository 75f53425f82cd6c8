"""Forms on pages: a schema, its `ui:` keys, answers and faults become fields; a posted form becomes answers.

    sheet = fields.Sheet(schema, ui, "vote.schema.json", "vote.ui.json", texts, source="da")
    posted = fields.read(sheet, request.form, given)        # then, unless posted.row_moved, the form judges
    drawn = fields.draw(sheet, posted.answers, refused.faults, focus=posted.focus)

Nothing is judged here: that is for `service.forms`. A template draws `drawn.fields` with `components/field.html` and
`drawn.problems` with `components/errors.html`.
"""

from service.web.fields.drawing import draw
from service.web.fields.model import Changes, Drawn, Field, Option, Problem, Row, Sheet, Words
from service.web.fields.posting import Posted, read

__all__ = ["Changes", "Drawn", "Field", "Option", "Posted", "Problem", "Row", "Sheet", "Words", "draw", "read"]
