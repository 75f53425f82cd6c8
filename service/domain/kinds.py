"""Every kind of fact and every version of it that a journal may hold."""

from collections.abc import Mapping

from service.domain import (
    access_facts,
    backups,
    dossier_facts,
    erasure_facts,
    facts,
    history_facts,
    log_facts,
    mending_facts,
    message_facts,
    outgoing_facts,
    record_facts,
    replay_facts,
)
from service.domain.facts import Fact

KINDS: Mapping[tuple[str, int], type[Fact]] = {
    (shape.KIND, shape.V): shape
    for module in (
        facts,
        mending_facts,
        message_facts,
        record_facts,
        outgoing_facts,
        backups,
        log_facts,
        erasure_facts,
        access_facts,
        history_facts,
        replay_facts,
        dossier_facts,
    )
    for shape in vars(module).values()
    if isinstance(shape, type) and issubclass(shape, Fact) and "KIND" in shape.__dict__
}
