"""What is counted and what stands, for Prometheus."""

import hmac
from collections.abc import Mapping
from ipaddress import ip_address

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import NotFound

from service import meters
from service.domain.errors import Unavailable
from service.identity import ports
from service.meters import Gauge
from service.queries import health, watch
from service.watching import background, storage

blueprint = Blueprint("metrics", __name__)
TOKEN = "mandat.metrics-token"
"""Where an application keeps what whoever reads its metrics from another machine must send; None: nobody may."""

PASSED_ON = ("X-Forwarded-For", "X-Real-Ip", "Forwarded")


@blueprint.get("/metrics")
def metrics() -> Response:
    """Counts and gauges in Prometheus' text format, to this machine and to who has the token; to others it is not there.

    Where the database does not answer, `mandat_database_up` is 0 and what stands in it is left out.
    """
    if not (_has_token() or _is_here()):
        raise NotFound
    try:
        gauges = _standing()
    except Unavailable:
        gauges = [Gauge("mandat_database_up", "Whether the database answers.", {(): 0})]
    text, kind = meters.exposition(gauges)
    return Response(text, content_type=kind)


def _has_token() -> bool:
    token: str | None = current_app.extensions[TOKEN]
    sent = request.headers.get("Authorization", "").encode()
    return token is not None and hmac.compare_digest(sent, f"Bearer {token}".encode())


def _is_here() -> bool:
    """Whether it comes from this machine, and not through a proxy on it whose headers are not believed."""
    try:
        here = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
    return here and not any(name in request.headers for name in PASSED_ON)


def _standing() -> list[Gauge]:
    now = ports().now()
    stands, crew = watch.everywhere(now)
    silent = background.silent_for()

    def each(name: str, says: str, counts: Mapping[str, int]) -> Gauge:
        return Gauge(name, says, {(key,): number for key, number in counts.items()}, ("workspace",))

    gauges = [
        Gauge("mandat_database_up", "Whether the database answers.", {(): 1}),
        Gauge("mandat_database_takes", "Whether the database takes what is new.", {(): float(storage.state() == "ok")}),
        Gauge("mandat_database_bytes", "The size of the database.", {(): stands.size}),
        each("mandat_instances_active", f"Instances that run, {watch.MOST} at most.", stands.instances),
        each("mandat_tasks_open", f"Tasks that nobody has taken, {watch.MOST} at most.", stands.tasks),
        each("mandat_incidents_open", f"Steps that wait for help, {watch.MOST} at most.", stands.incidents),
        each("mandat_timers_late", f"Timers that are due and have not fired, {watch.MOST} at most.", stands.late),
        each("mandat_messages_waiting", f"Messages that no event has taken, {watch.MOST} at most.", stands.messages),
        Gauge(
            "mandat_cases_replayed",
            "Cases by what their last nightly replay came to.",
            stands.replayed,
            ("workspace", "outcome"),
        ),
        Gauge("mandat_outbox", "Messages that wait or are dead.", stands.outbox, ("workspace", "state")),
        Gauge(
            "mandat_outbox_oldest_seconds",
            "Seconds since the oldest message that waits was written.",
            {(key,): max(0.0, (now - since).total_seconds()) for key, since in stands.unsent_since.items()},
            ("workspace",),
        ),
    ]
    if silent is not None:
        says = "Seconds since background work last reported."
        gauges.append(Gauge("mandat_background_silent_seconds", says, {(): silent}))
    if crew is not None:
        gauges += [
            Gauge("mandat_queue_jobs", f"Jobs in the queue, {watch.MOST} at most.", {(): crew.jobs}),
            Gauge("mandat_workers", "Workers that have reported within a minute.", {(): crew.within(health.SILENT)}),
        ]
    return gauges
