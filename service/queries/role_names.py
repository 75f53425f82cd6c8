"""What a reader calls the roles of a workspace that speaks another language than hers."""

from service.queries import bundled
from service.queries.texts import Text
from service.store import definitions, people, workspaces
from service.store.db import reading


def role_names(workspace_id: str, language: str) -> dict[str, tuple[str | None, Text]]:
    """The key of each role and its name for that reader, by the body's own name for it: also of lanes that are no role.

    A role is called as the bundles in force call its lane in her language; one that none of them translates keeps its
    own name, marked with its language. Empty where the workspace speaks the reader's.
    """
    with reading() as session:
        own = workspaces.languages(session).get(workspace_id, language)
        if own == language:
            return {}
        lanes: dict[str, Text] = {}
        for row in definitions.all_in_force(session, workspace_id):
            texts = bundled.texts(session, workspace_id, row.bundle_digest, language)
            for lane in bundled.process(session, workspace_id, row.bundle_digest, row.process_key).lanes:
                said = texts.of(lane.id, lane.name)
                if lane.name and said.language is None:
                    lanes[lane.name] = said
        keys = {label: key for key, label in people.roles(session, workspace_id).items()}
        return {label: (keys.get(label), lanes.get(label, Text(label, own))) for label in {**lanes, **keys}}
