"""The service that these tests stand on."""

from tests.app.house import house, one_house

__all__ = ["house", "one_house"]
