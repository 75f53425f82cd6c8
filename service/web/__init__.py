"""The pages: HTML rendered on the server, with islands of browser code where something is drawn."""

from flask import Flask

from service.web import assets, headers, start


def install(app: Flask) -> None:
    """Give `app` the pages, and every answer its headers."""
    headers.install(app)
    app.register_blueprint(start.blueprint)
    app.jinja_env.globals["built"] = lambda name: f"{app.static_url_path}/{assets.asset(name)}"
