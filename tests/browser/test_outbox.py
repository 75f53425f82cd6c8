"""The outbox, the receivers of events and a person's mail in a real browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from service.commands import instances, messages, outbox, webhooks
from service.identity.clockwork import carry_messages
from service.post import Webhooks
from service.runtime.command import Call
from tests.app.house import two_tasks
from tests.browser.conftest import Site, overflow
from tests.journeys.test_messages import asks
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
        outbox.give_back(call, message["recipient"], "relay")


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


@pytest.mark.parametrize("width", [1280, 375])
def test_what_waits_is_told_with_its_answer_and_tried_at_once_by_one_press(site: Site, width):
    undelivered(site)
    by = Call(site.house.operator().actor, site.house.ports)
    outbox.send_again(by, None)
    (message,) = outbox.lease(by, "relay", ["webhook"])["messages"]
    outbox.mark_silent(by, message["recipient"], "relay", "unreachable:timeout")
    page = site.visit("ada", "admin", width=width)
    for path in ("webhooks", "operations", "outbox"):
        page.goto(f"{site.url}/pogi/{path}")
        assert accessibility.faults(page) == []
        assert overflow(page) == 0
    expect(page.get_by_text("Serveren svarede ikke i tide.")).to_be_visible()
    page.get_by_role("button", name="Prøv nu").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Der bliver prøvet igen med det samme.")


@pytest.mark.parametrize("width", [1280, 375])
def test_messages_that_found_no_case_are_listed(site: Site, width):
    house = site.house
    house.role("pogi.sec")
    house.deploy(asks())
    messages.send(
        house.operator(), "reply", {"ref": "a-reference-that-is-as-long-as-any-archive-makes-them-2026-000117"}, None
    )
    messages.send(house.operator(), "reply", {"ref": "B"}, None, None, house.clock() + timedelta(hours=1))
    house.later(hours=2)
    carry_messages()
    page = site.visit("ada", "admin", width=width)
    page.goto(f"{site.url}/pogi/operations")
    page.get_by_role("link", name="Til beskederne").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Beskeder, der ikke fandt en sag")
    assert accessibility.faults(page) == []
    assert overflow(page) == 0
