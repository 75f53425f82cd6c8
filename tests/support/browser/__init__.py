"""A real Chromium, driven by Playwright, with what watches over every page that a test opens."""

READERS = [(1280, "en"), (375, "da"), (375, "nb")]
"""At what width (px) and in which language a page is looked at: what does not fit does not fit where it is narrow and words
are long."""
