"""The work that falls to the service itself: the names under which it is queued for workers."""

FIRE = "fire"
"""Fire one timer."""
