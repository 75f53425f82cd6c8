"""A real Chromium, driven by Playwright, with what watches over every page that a test opens."""
