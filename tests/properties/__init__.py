"""Random processes: the engine against an independent token game, against itself, and against its own past."""
