"""The outbox, the receivers of events and a person's mail in a real browser."""

import pytest
from playwright.sync_api import expect

from service.commands import instances, outbox, webhooks
from service.post import Webhooks
from service.runtime.command import Call
from tests.app.house import two_tasks
from tests.browser.conftest import Site, overflow
from tests.support.browser import accessibility


def undelivered(site: Site) -> None:
    """An event that did not reach its receiver."""
    site.house.role("pogi.sec")
    call = Call(site.house.operator().actor, site.house.ports)
    hooked = site.house.ports.__class__(clock=site.house.ports.clock, wall=site.house.ports.wall, http=Webhooks())
    webhooks.add(
        Call(call.actor, hooked), "https://events.example.dk/a/long/address/for/a/small/window", ["instance.started"]
    )
    site.house.deploy(two_tasks())
    instances.start(call, "adoption", {}, None)
    for message in outbox.lease(call, "relay", ["webhook"])["messages"]:
        outbox.mark_failed(call, message["id"], "relay", "answer:410", True)


@pytest.mark.parametrize("width", [1280, 375])
def test_an_administrator_helps_what_could_not_be_sent(site: Site, width):
    undelivered(site)
    page = site.visit("ada", "admin", width=width)
    page.goto(f"{site.url}/pogi/outbox")
    expect(page.get_by_role("heading", level=1)).to_have_text("Udbakke")
    expect(page.get_by_text("Modtageren svarede med status 410.")).to_be_visible()
    assert accessibility.faults(page) == []
    assert overflow(page) == 0
    page.get_by_text("Kassér", exact=True).click()
    page.get_by_label("Grund").select_option("receiver-gone")
    assert accessibility.faults(page) == []
    page.get_by_role("button", name="Kassér beskeden").click()
    expect(page.get_by_role("heading", name="Alt er sendt")).to_be_visible()
    assert accessibility.faults(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("width", [1280, 375])
def test_the_pages_of_receivers_and_of_ones_own_mail_are_for_everybody(site: Site, width):
    undelivered(site)
    page = site.visit("ada", "admin", width=width)
    for path in ("webhooks", "me"):
        page.goto(f"{site.url}/pogi/{path}")
        assert accessibility.faults(page) == []
        assert overflow(page) == 0
    page.get_by_label("Mailadresse").fill("ada")
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("alert")).to_contain_text("Mailadresse: skriv den som")
    assert accessibility.faults(page) == []
    page.get_by_label("Mailadresse").fill("ada@example.dk")
    page.get_by_role("radio", name="Straks").check()
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("status")).to_contain_text("Dit valg er gemt.")
