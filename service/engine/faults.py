"""What goes wrong in a step by fault of a diagram or its data: an incident, never a crash."""


class Fault(Exception):
    """The step cannot be made. `kind` names the situation, `element` the author's element id, `place` where the text
    stands (`condition`, `timer`, `script` …) and `expression` the sub-expression at fault."""

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
