"""What the certificates of other servers are checked with."""

import ssl
from functools import cache


@cache
def authorities() -> ssl.SSLContext:
    """The authorities that this machine trusts. Read once, when the first server is spoken to: it takes as long as all
    else that an application is made of."""
    return ssl.create_default_context()
