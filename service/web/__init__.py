"""The pages: HTML rendered on the server, with islands of browser code where something is drawn."""

from flask import Flask

from service.identity.callers import PORTS
from service.web import assets, components, gallery, headers, processes, sign_in, start, timeline


def install(app: Flask) -> None:
    """Give `app` the pages, and every answer its headers."""
    headers.install(app)
    components.install(app)
    for part in (start, sign_in, processes, timeline):
        app.register_blueprint(part.blueprint)
    if app.extensions[PORTS].demo:
        gallery.install(app)
    app.jinja_env.globals["built"] = lambda name: f"{app.static_url_path}/{assets.asset(name)}"
