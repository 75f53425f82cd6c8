"""Signatures of Standard Webhooks: who has the secret can tell that a notice is ours, whole, and of today."""

import base64
import hashlib
import hmac
from datetime import datetime


def headers(message_id: str, at: datetime, body: bytes, secret: bytes) -> dict[str, str]:
    """The three headers of a notice sent at that moment: HMAC-SHA256 over `<id>.<seconds since 1970>.<body>`."""
    stamp = str(int(at.timestamp()))
    signed = hmac.new(secret, f"{message_id}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(signed).decode()}",
    }
