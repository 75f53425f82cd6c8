"""Sending a bundle as a program does: its files in one request."""

from collections.abc import Mapping
from io import BytesIO

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from tests.app.house import Someone


def send(someone: Someone, files: Mapping[str, bytes], query: str = "") -> TestResponse:
    """The answer to a deployment of these files."""
    fields = MultiDict([("bundle", FileStorage(BytesIO(content), name)) for name, content in files.items()])
    # Encoded here: the client would keep a large body in a file that it never closes.
    boundary, body = encode_multipart(fields)
    kind = f"multipart/form-data; boundary={boundary}"
    return someone.client.post(f"/api/v1/definitions{query}", data=body, content_type=kind, headers=someone.headers())
