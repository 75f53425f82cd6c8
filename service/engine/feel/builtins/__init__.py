"""The built-in functions, one module per family; `BUILTINS` has them all by name."""

from service.engine.feel.builtins import (
    contexts,
    conversion,
    lists,
    numbers,
    ranges,
    statistics,
    strings,
    temporal,
)
from service.engine.feel.builtins.table import gathered

_FAMILIES = (conversion, strings, numbers, lists, statistics, contexts, temporal, ranges)

BUILTINS = gathered(family.TABLE for family in _FAMILIES)
