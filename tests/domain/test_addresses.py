"""Which addresses a webhook may have: none leads into a network that is not public, however it is written."""

from ipaddress import ip_address

import pytest

from service.domain.addresses import Allowed, may_call, receiver
from service.domain.outgoing_errors import AddressRefused

NEVER = [
    "http://example.dk/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://127.0.1/",
    "https://0/",
    "https://0.0.0.0/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://0x7f.1/",
    "https://017700000001/",
    "https://0177.0.0.1/",
    "https://127.0.0.01/",
    "https://127.0.0.0x1/",
    "https://127.000.000.001/",
    "https://127.0.0.1.:443/",
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://172.31.255.255/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://169.254.0.1/",
    "https://100.64.0.1/",
    "https://192.0.0.1/",
    "https://192.0.2.1/",
    "https://198.18.0.1/",
    "https://198.51.100.1/",
    "https://203.0.113.1/",
    "https://224.0.0.1/",
    "https://239.255.255.255/",
    "https://240.0.0.1/",
    "https://255.255.255.255/",
    "https://[::1]/",
    "https://[::]/",
    "https://[0:0:0:0:0:0:0:1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::127.0.0.1]/",
    "https://[::ffff:0:127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b:1::a00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[2002:a9fe:a9fe::]/",
    "https://[2001:0:7f00:1::]/",
    "https://[fe80::1]/",
    "https://[fe80::1%25eth0]/",
    "https://[fc00::1]/",
    "https://[fd00:ec2::254]/",
    "https://[fec0::1]/",
    "https://[ff02::1]/",
    "https://[2001:db8::1]/",
    "https://[100::1]/",
    "https://example.dk@127.0.0.1/",
    "https://user:password@example.dk/",
    "https://example.dk:0/",
    "https://example.dk:99999/",
    "https://example.dk/#fragment",
    "https://example.dk\\@127.0.0.1/",
    "https://example.dk%2f@127.0.0.1/",
    "https://127.0.0.1%00.example.dk/",
    "https://①②⑦.⓪.⓪.①/",
    "https://１２７.0.0.1/",
    "https://127。0。0。1/",
    "https://-example.dk/",
    "https://example..dk/",
    "https://exa_mple.1/",
    "https://[::1/",
    "https:///path",
    "https:example.dk",
    "gopher://example.dk/",
    "file:///etc/passwd",
    "ftp://example.dk/",
    "dict://example.dk:11211/",
    "data:text/plain,x",
    "//example.dk/",
    "example.dk",
    "javascript:alert(1)",
    "ldap://example.dk/",
    "unix:///run/service.sock",
]


@pytest.mark.parametrize("url", NEVER)
def test_an_address_that_could_lead_inside_is_refused(url):
    with pytest.raises(AddressRefused):
        receiver(url, Allowed())


@pytest.mark.parametrize(
    "url",
    ["https://exa mple.dk/", "https://example.dk/\r\nHost: a", "https://example.dk/\t", "", "https://" + "a" * 2000],
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(AddressRefused):
        receiver(url, Allowed.of(["example.dk"]))


def test_there_are_more_than_sixty_forms():
    assert len(set(NEVER)) > 60


@pytest.mark.parametrize(
    ("url", "host", "port", "path", "authority"),
    [
        ("https://example.dk", "example.dk", 443, "/", "example.dk"),
        ("https://Events.Example.DK:8443/a/b?c=d", "events.example.dk", 8443, "/a/b?c=d", "events.example.dk:8443"),
        ("https://8.8.8.8/", "8.8.8.8", 443, "/", "8.8.8.8"),
        ("https://[2606:4700::1111]/", "2606:4700::1111", 443, "/", "[2606:4700::1111]"),
        ("https://xn--rdgrd-vuad.dk/", "xn--rdgrd-vuad.dk", 443, "/", "xn--rdgrd-vuad.dk"),
    ],
)
def test_a_public_address_with_tls_is_taken_apart(url, host, port, path, authority):
    found = receiver(url, Allowed())
    assert (found.host, found.port, found.path, found.tls, found.authority) == (host, port, path, True, authority)


def test_what_the_operator_allows_may_be_inside_and_without_tls():
    allowed = Allowed.of(["esdh.intern", "10.1.0.0/16", "::1"])
    assert receiver("http://esdh.intern:8080/in", allowed).tls is False
    assert receiver("http://10.1.2.3/", allowed).port == 80
    assert receiver("https://[::1]/", allowed).host == "::1"
    for url in ("http://other.intern/", "https://10.2.0.1/", "http://x.esdh.intern/"):
        with pytest.raises(AddressRefused):
            receiver(url, allowed)


@pytest.mark.parametrize("item", ["10.0.0.0/33", "http://example.dk", "exa mple", "127.1"])
def test_a_list_that_cannot_be_read_is_refused(item):
    with pytest.raises(ValueError, match="no host name"):
        Allowed.of([item])


def test_a_name_that_is_allowed_may_mean_any_address_and_no_other_name_may():
    allowed = Allowed.of(["esdh.intern"])
    assert may_call(ip_address("10.0.0.1"), allowed, host="esdh.intern")
    assert not may_call(ip_address("10.0.0.1"), allowed, host="example.dk")
    assert not may_call(ip_address("fe80::1%eth0"), Allowed())
