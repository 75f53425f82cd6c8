"""What a browser without script sends for a form: its controls, as HTML says."""

from __future__ import annotations

from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict


class Form(HTMLParser):
    """Reads the form with that class from a page; `sent` is what pressing its first button would send."""

    def __init__(self, page: str, css: str = "m-form") -> None:
        super().__init__()
        self.css, self.inside, self.text = css, False, ""
        self.sent: MultiDict[str, str] = MultiDict()
        self.buttons: list[tuple[str, str]] = []
        self.names: list[str] = []
        self._name: str | None = None
        self._select: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.inside = self.css in given.get("class", "").split()
        if not self.inside:
            return
        name = given.get("name", "")
        if name and tag != "button":
            self.names.append(name)
        match tag:
            case "input" if given.get("type") in ("radio", "checkbox"):
                if "checked" in given:
                    self.sent.add(name, given.get("value", "on"))
            case "input" if name and given.get("type") != "file":
                self.sent.add(name, given.get("value", ""))
            case "textarea":
                self._name, self.text = name, ""
            case "select":
                self._select = name
                self.sent.add(name, "")
            case "option" if "selected" in given and self._select:
                self.sent[self._select] = given.get("value", "")
            case "button" if name:
                self.buttons.append((name, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._name:
            text = self.text.removeprefix("\n")  # HTML drops the line break behind the tag
            self.sent.add(self._name, text.replace("\n", "\r\n"))
            self._name = None

    def handle_data(self, data: str) -> None:
        if self._name is not None:
            self.text += data
