"""What gunicorn has to say of its processes, as lines of the service's own log."""

import logging
import re
from typing import Any

from gunicorn.glogging import Logger

SIGNAL = re.compile(r"SIG[A-Z0-9]+")


class WebLog(Logger):
    """gunicorn's log, which goes where ours goes, and says of no request whose it was."""

    def setup(self, cfg: Any) -> None:
        """Write nothing by itself."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True
        self.error_log.addFilter(bare)


def bare(record: logging.LogRecord) -> bool:
    """Leave in a record its sentence, with the numbers and signals that were put into it: no address, no text of an error."""
    if isinstance(record.msg, BaseException):
        record.msg = type(record.msg).__name__
    given = record.args if isinstance(record.args, tuple) else ()
    if given and all(isinstance(it, int) or SIGNAL.fullmatch(str(it)) for it in given):
        record.msg, record.args = record.getMessage(), ()
    record.msg = str(record.msg).partition("\n")[0].partition(" from ip=")[0]
    return True
