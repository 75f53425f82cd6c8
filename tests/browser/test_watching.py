"""The watch over pages sees what it is there for: without these, a silent page would prove nothing."""

import pytest

from tests.support.browser import accessibility, chromium
from tests.support.browser.watch import Watch
from tests.support.server import serving

HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", "default-src 'self'")]
TITLE = "<!doctype html><html lang=da><title>Prøve</title>"


@pytest.fixture
def watched(browser):
    """Opens a page with this body and tells what it complained about; the page itself comes too."""
    context = browser.new_context()

    def open_watched(body):
        def application(environ, start_response):
            start_response("200 OK" if environ["PATH_INFO"] == "/" else "404 Not Found", HEADERS)
            return [f"{TITLE}{body}".encode()] if environ["PATH_INFO"] == "/" else [b""]

        page = context.new_page()
        watch = Watch(page)
        with serving(application) as url:
            page.goto(url)
        return page, watch.complaints

    yield open_watched
    context.close()


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<p style='color: red'>Rød</p>", "Content Security Policy"),
        ("<script>document.title = 'x'</script>", "Content Security Policy"),
        ("<img src='gone.png' alt=''>", "404: "),
        ("<script src='gone.js'></script>", "404: "),
    ],
    ids=["inline style", "inline script", "missing picture", "missing script"],
)
def test_a_fault_of_a_page_is_a_complaint(watched, body, complaint):
    _, complaints = watched(body)
    assert any(complaint in said for said in complaints)


def test_a_page_without_fault_is_silent(watched):
    assert watched("<main><h1>Prøve</h1></main>")[1] == []


def test_axe_finds_what_a_reader_would_stumble_over(watched):
    page, _ = watched("<main><h1>Prøve</h1><input type=text></main>")
    assert [fault.partition(":")[0] for fault in accessibility.faults(page)] == ["label"]


def test_a_page_reaches_nothing_outside(page):
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.org")


def test_a_browser_that_is_named_and_missing_fails(monkeypatch):
    monkeypatch.setenv("MANDAT_BROWSER", "no-such-browser")
    with pytest.raises(RuntimeError, match="no-such-browser"):
        chromium.found()
