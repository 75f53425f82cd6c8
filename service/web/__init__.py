"""The pages: HTML rendered on the server, with islands of browser code where something is drawn."""

from flask import Flask

from service.identity.callers import PORTS
from service.identity.dossiers import PAGES
from service.identity.relay import WORDS
from service.web import (
    assets,
    cases,
    components,
    decisions,
    demo,
    dossier,
    dossier_pages,
    gallery,
    headers,
    holding,
    inbox,
    incidents,
    letters,
    log,
    mailbox,
    moving,
    operations,
    outbox,
    people,
    plan,
    processes,
    register,
    replies,
    sign_in,
    start,
    starting,
    targets,
    tasks,
    timeline,
    visits,
)


def install(app: Flask) -> None:
    """Give `app` the pages, and every answer its headers."""
    headers.install(app)
    components.install(app)
    for part in (
        start,
        sign_in,
        inbox,
        tasks,
        cases,
        dossier,
        incidents,
        holding,
        starting,
        targets,
        plan,
        people,
        mailbox,
        outbox,
        operations,
        log,
        register,
        replies,
        processes,
        moving,
        decisions,
        timeline,
        visits,
    ):
        app.register_blueprint(part.blueprint)
    if app.extensions[PORTS].demo:
        app.register_blueprint(demo.blueprint)
        gallery.install(app)
    app.extensions[WORDS] = letters.words
    app.extensions[PAGES] = dossier_pages.pages
    app.jinja_env.globals["built"] = lambda name: f"{app.static_url_path}/{assets.asset(name)}"
