"""What every problem must look like (RFC 9457)."""

from typing import Any


def is_problem(answer, status: int, type_: str | None = None) -> dict[str, Any]:
    """The problem in an answer that must be one, of that status and kind."""
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    problem: dict[str, Any] = answer.json
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    if type_ is not None:
        assert problem["type"] == f"/problems/{type_}"
    return problem
