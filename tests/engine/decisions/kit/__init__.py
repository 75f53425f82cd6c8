"""A small kit of our own, in the format of the standard's compatibility kit."""
