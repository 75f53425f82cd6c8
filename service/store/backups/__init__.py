"""Backups: the whole database as one file that either kind of database can be restored from."""

from service.store.backups.loading import Loaded, load
from service.store.backups.writing import Written, write

__all__ = ["Loaded", "Written", "load", "write"]
