"""Notes what goes wrong in a page without anybody looking: errors, refusals of the content policy, missing files."""

from __future__ import annotations

from playwright.sync_api import ConsoleMessage, Page, Response

PARTS_OF_A_PAGE = {"script", "stylesheet", "image", "font"}


class Watch:
    """Listens to one page from its beginning; `complaints` are sentences, in the order in which they arose."""

    def __init__(self, page: Page) -> None:
        self.complaints: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        """The content policy's refusals arrive here as errors. A refused form is no fault: see `_response`."""
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type in PARTS_OF_A_PAGE:
            self.complaints.append(f"{response.status}: {response.url}")
