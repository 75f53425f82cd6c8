"""Putting the shipped bundles into force when the service starts: the product's own act, and told so in the journal."""

from collections.abc import Iterable, Iterator

from flask import current_app

from service.cli.shipped import FORMS, PROCESSES
from service.commands import deployments, roles
from service.domain.actors import installation
from service.domain.bundles import Bundle
from service.domain.errors import AlreadyThere, MandatError
from service.domain.journal import INSTALLATION
from service.identity import Call, call_as
from service.queries import bundles, definitions, workspaces

NOTES = {
    "da": "Leveret med Mandat {version}",
    "nb": "Levert med Mandat {version}",
    "en": "Delivered with Mandat {version}",
}
"""What a deployment of ours says of itself, in the language of the workspace."""


def ship() -> Iterator[str]:
    """Put what is new among the shipped bundles into force in the workspaces that speak its language; says what it did.

    What somebody of the workspace has put into force since stays: her version is not replaced unasked.
    """
    ours = delivered()
    for workspace, language in workspaces.languages().items():
        call, known = call_as(installation(workspace)), definitions.known(workspace)
        new = []
        for bundle in ours:
            digests, by = known.get(bundle.manifest.key, (frozenset(), INSTALLATION))
            if bundle.manifest.source_language != language or bundle.digest in digests:
                continue
            if by == INSTALLATION:
                new.append(bundles.sent(bundle.files))
            else:
                yield f"{workspace}: {bundle.manifest.key} was changed here and stays; `mandat deploy {bundle.manifest.key}` replaces it."
        _add_roles(call, new)
        note = NOTES.get(language, NOTES["en"]).format(version=current_app.config["API_VERSION"])
        yield from (_deploy(call, workspace, bundle, note) for bundle in new)


def delivered() -> list[Bundle]:
    """The bundles that come with the product. Most are in force for long: a start does not look into their diagrams."""
    return [bundles.unopened(folder, forms=FORMS) for folder in sorted(PROCESSES.glob("*/"))]


def _add_roles(call: Call, new: Iterable[Bundle]) -> None:
    """Give the workspace the roles that its new bundles name and it lacks."""
    wanted: dict[str, str] = {}
    for bundle in new:
        wanted = bundles.roles(bundle) | wanted
    for key, label in wanted.items():
        try:
            roles.add(call, key, label)
        except AlreadyThere:
            continue


def _deploy(call: Call, workspace: str, bundle: Bundle, note: str) -> str:
    key = bundle.manifest.key
    try:
        answer = deployments.deploy(call, bundle, note, create_roles=True)
    except MandatError as error:  # the service serves all the same: what was in force before still is
        return f"{workspace}: {key} is not put into force. {error}"
    return f"{workspace}: {key} version {answer['version']} is in force."
