"""A browser of a person: it keeps its cookie, and sends the token of the form that it was given."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.app.house import House

PASSWORD = "a horse of another colour"
TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]{64})"')


@dataclass(frozen=True)
class Browser:
    """One browser. `base` is the address that it knows the service by."""

    client: FlaskClient
    base: str = "http://localhost"

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, base_url=self.base, **more)

    def token(self, page: str = "/sign-in?next=/") -> str:
        found = TOKEN.search(self.get(page, follow_redirects=True).text)
        assert found, f"{page} has no form"
        return found[1]

    def post(self, path: str, fields: Mapping[str, Any] | None = None, **more: Any) -> TestResponse:
        """Send a form of ours, with its token unless another is given."""
        sent = {"csrf_token": self.token(), **(fields or {})} if "csrf_token" not in (fields or {}) else fields
        return self.client.post(path, data=sent, base_url=self.base, **more)

    def sign_in(self, name: str, password: str = PASSWORD, onward: str = "") -> TestResponse:
        return self.post("/sign-in", {"name": name, "password": password, "next": onward})

    @property
    def cookie(self) -> str | None:
        """What the browser's cookie holds."""
        name = "__Host-mandat" if self.base.startswith("https") else "mandat"
        found = self.client.get_cookie(name)
        return None if found is None else found.value

    def hold(self, value: str) -> None:
        """Let its cookie hold something else."""
        self.client.set_cookie("mandat", value)


def browser(house: House, base: str = "http://localhost") -> Browser:
    return Browser(house.app.test_client(), base)
