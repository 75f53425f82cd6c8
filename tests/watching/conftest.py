"""The service that these tests stand on."""

from tests.app.house import house, one_house
from tests.app.sending import sending

__all__ = ["house", "one_house", "sending"]
