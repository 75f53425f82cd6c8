"""Routes that cost nothing until they are used."""

from __future__ import annotations

from collections.abc import Callable

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


class LateRule(Rule):
    """A route that compiles what composes its address when an address is first composed.

    Werkzeug compiles two functions for each route as it is added. For a hundred and forty routes that is most of the
    time in which an application is made, and few are asked for.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        compile_now = super()._compile_builder
        made: Builder | None = None

        def build(rule: Rule, /, **values: object) -> tuple[str, str]:
            nonlocal made
            if made is None:
                made = compile_now(append_unknown)
            return made(rule, **values)

        return build
