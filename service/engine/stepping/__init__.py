"""One move applied to one case: several instances may move, and everything that follows comes out as an `Advance`."""
