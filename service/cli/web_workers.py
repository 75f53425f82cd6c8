"""Serving by several processes of gunicorn: what PostgreSQL is for."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from service import meters
from service.cli.web_log import WebLog

THREADS = 4


class WebWorkers(BaseApplication):
    """gunicorn with `workers` processes of `THREADS` threads, until it is told to end."""

    def __init__(self, app: Flask, address: str, workers: int, ready: Callable[[str], None]) -> None:
        self._app, self._ready = app, ready
        self._counts = tempfile.mkdtemp(prefix="mandat-counts-")
        os.environ[meters.FOLDER] = self._counts  # before the processes part: they count together
        self._asked = {"bind": address, "workers": workers}
        super().__init__()

    def load_config(self) -> None:
        """Settings of ours; none are read from files, arguments or the environment."""
        asked: dict[str, Any] = {
            **self._asked,
            "worker_class": "gthread",
            "threads": THREADS,
            "preload_app": True,  # what is imported once is shared by all
            "graceful_timeout": 30,
            "keepalive": 5,
            "loglevel": "warning",
            "logger_class": WebLog,
            "control_socket_disable": True,
            "when_ready": self._when_ready,
            "pre_fork": lambda _arbiter, _worker: gc.freeze(),  # what all share is not looked through again by each
            "on_exit": self._on_exit,
        }
        for name, value in asked.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application, made before the processes part; it holds no connection yet."""
        return self._app

    def _when_ready(self, arbiter: Any) -> None:
        host, port = arbiter.LISTENERS[0].sock.getsockname()[:2]
        self._ready(f"http://{host}:{port}")

    def _on_exit(self, _arbiter: Any) -> None:
        shutil.rmtree(self._counts, ignore_errors=True)
