"""What goes wrong in a step by fault of a diagram or its data: an incident, never a crash."""

from service.engine.shapes import Known


class Fault(Exception):
    """The step cannot be made. `kind` names the situation, `element` the author's element id, `place` where the text
    stands (`condition`, `timer`, `script` …), `expression` the sub-expression at fault, `text` the whole of it, `known` what it
    reads."""

    def __init__(
        self,
        kind: str,
        element: str | None,
        message: str,
        *,
        place: str | None = None,
        expression: str | None = None,
        instance_id: str | None = None,
    ) -> None:
        super().__init__(message)
        self.kind, self.element, self.message = kind, element, message
        self.place, self.expression, self.instance_id = place, expression, instance_id
        self.known: tuple[Known, ...] = ()
        self.text: str | None = None

    def of_text(self, text: str | None, known: tuple[Known, ...]) -> "Fault":
        """The same, of this text where there is one, and of what was read."""
        self.text, self.known = text, known
        return self
