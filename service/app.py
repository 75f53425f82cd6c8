"""The one place that wires: settings and ports in, an application out."""

import importlib.metadata
import os
import secrets
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from service import api, cli, identity, problems, watching, web
from service.api.metrics import TOKEN
from service.domain.addresses import Allowed
from service.domain.ports import Ports, demonstration, seeded
from service.domain.signing import Keyring
from service.identity.callers import PORTS
from service.identity.relay import ADDRESS
from service.post import DerivedKey, ErasureFile, Files, KeyFile, Mail, MailSettings, Webhooks, verify
from service.settings import SettingRefused, Settings, read
from service.store import db, queue
from service.web.routes import LateRule

try:
    VERSION = importlib.metadata.version("mandat")
except importlib.metadata.PackageNotFoundError:  # run from a clone that was never installed
    VERSION = "0"
MEBIBYTE = 1024 * 1024


def create_app(settings: Settings, ports: Ports | None = None) -> Flask:
    """The application. It opens no connection and starts no thread: that is for whoever serves it.

    `ports` are the system's, or a demonstration's, unless given.
    """
    app = Flask("service", template_folder="web/templates", static_folder="web/static")
    app.url_rule_class = LateRule
    app.config |= {
        "SECRET_KEY": settings.secret_key or secrets.token_hex(32),
        "TRUSTED_HOSTS": list(settings.hosts),
        "MAX_CONTENT_LENGTH": settings.upload_limit * MEBIBYTE,
        "MAX_FORM_MEMORY_SIZE": MEBIBYTE,
        "MAX_FORM_PARTS": 300,
    }
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider's
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]  # Flask's own recipe
    app.extensions[PORTS] = ports or _ports(settings)
    app.extensions[ADDRESS] = settings.public_url or ""
    app.extensions[TOKEN] = settings.metrics_token
    db.configure(app, settings.database_url)
    watching.install(app, believe=settings.proxy_hops > 0)
    problems.install(app)
    identity.install(app)
    api.install(app, VERSION)
    web.install(app)
    return app


def _ports(settings: Settings) -> Ports:
    ports = Ports()
    if settings.demo:
        ports = demonstration(settings.start) if settings.seed is None else seeded(settings.seed, settings.start)
    try:
        http = Webhooks(Allowed.of(settings.webhook_hosts))
    except ValueError as error:
        raise SettingRefused(f"MANDAT_WEBHOOK_HOSTS {error}.") from None
    mail = None
    if settings.smtp_url is not None and settings.mail_from is not None:
        mail = Mail(MailSettings.of(settings.smtp_url, settings.mail_from))
    files = Files(settings.witness_folders) if settings.witness_folders else None
    return replace(
        ports, mail=mail, http=http, files=files, keys=_keys(settings), verify=verify, erasures=_erasures(settings)
    )


def _erasures(settings: Settings) -> ErasureFile | None:
    """The list of erasures: the file of the settings, on one machine a file beside the database."""
    if settings.erasures is not None:
        return ErasureFile(Path(settings.erasures))
    beside = db.file(settings.database_url)
    return None if beside is None else ErasureFile(beside.with_name(f"{beside.name}.erasures"))


def _keys(settings: Settings) -> Keyring | None:
    """What signs the log: the key of the settings, on one machine a file beside the database, in a demonstration that
    repeats itself one that does so too."""
    if settings.log_key is not None:
        return KeyFile(Path(settings.log_key))
    if settings.demo and settings.seed is not None:
        return DerivedKey(settings.seed)
    beside = db.file(settings.database_url)
    return None if beside is None else KeyFile(beside.with_name(f"{beside.name}.log-key"))


def _work(doings: Mapping[str, Callable[..., object]], threads: int) -> None:
    queue.work(db.db.engine.url, doings, threads)


def wiring() -> cli.Wiring:
    """What the command `mandat` makes its application with: the settings of the environment it runs in."""

    def create(**changed: Any) -> Flask:
        try:
            settings = replace(read(os.environ), **changed)
            watching.begin(settings.log or ("text" if settings.demo else "json"))
            return create_app(settings)
        except SettingRefused as error:
            sys.exit(str(error))

    return cli.Wiring(create=create, upgrade=db.upgrade, dispose=db.dispose, work=_work)


def main() -> None:
    """The command `mandat`."""
    cli.main(obj=wiring(), prog_name="mandat")
