"""One fault of the bare library, one file: the same body shows it there, and its absence on ours."""
