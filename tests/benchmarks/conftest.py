"""What benchmarks stand on: a service in this process, unless they begin their own."""

from tests.app.house import one_house

__all__ = ["one_house"]
