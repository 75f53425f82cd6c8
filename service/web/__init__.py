"""The pages: HTML rendered on the server, with islands of browser code where something is drawn."""

from flask import Flask

from service.identity.callers import PORTS
from service.identity.dossiers import PAGES
from service.identity.relay import WORDS
from service.web import (
    assets,
    cases,
    closing,
    components,
    decided,
    decisions,
    demo,
    dossier,
    dossier_pages,
    erasures,
    figures,
    gallery,
    headers,
    history,
    holding,
    inbox,
    incidents,
    kept,
    letters,
    log,
    mailbox,
    messages,
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
    subject,
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
        closing,
        dossier,
        incidents,
        holding,
        starting,
        targets,
        plan,
        people,
        subject,
        mailbox,
        outbox,
        messages,
        operations,
        erasures,
        kept,
        log,
        history,
        register,
        replies,
        processes,
        figures,
        moving,
        decided,
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
