"""The bundles that come with the product: in a wheel under `_bundles`, in a clone beside the package."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_ROOT = _PACKAGE / "_bundles" if (_PACKAGE / "_bundles").is_dir() else _PACKAGE.parent
PROCESSES, FORMS = _ROOT / "processes", _ROOT / "forms"


def find(path: str) -> Path:
    """What a PATH means: the file or folder of that name, or the shipped bundle of that key."""
    shipped = PROCESSES / path
    return shipped if not Path(path).exists() and "/" not in path and shipped.is_dir() else Path(path)
