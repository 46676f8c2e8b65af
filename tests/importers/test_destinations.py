"""Requests that somebody would like to lead into a private network."""

import socket
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from importers.fake.server import Fault
from importers.http.access import Access, open_session
from importers.http.errors import Misconfigured, Refused, Unreachable
from importers.http.session import RegistrySession
from importers.registries.ctgov.fake import fake_ctgov
from trialfinder.addresses import registry_address
from trialfinder.private_networks import is_never_asked, is_public, is_written_private

PUBLIC = "http://registry.example"
"""In the clear, so that a fake registry can answer for it; a setting could not say so."""


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def leads_to(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What every name leads to, one list a lookup; the last one stays."""
    answers: list[list[str]] = [["127.0.0.1"]]

    def looked_up(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr("importers.http.destinations.socket.getaddrinfo", looked_up)
    return answers


def ask(url: str, proxy: str = "", **more: Any) -> object:
    with RegistrySession("Registry", url, min_interval=0, user_agent="t/1", proxy=proxy, **more) as session:
        return session.get_json("version")


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.5", "172.16.0.1", "192.168.1.1", "100.64.0.1", "0.0.0.0", "224.0.0.1"),  # noqa: S104
        *("::1", "::", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1%eth0"),
        *("169.254.169.254", "100.100.100.200", "fd00:ec2::254"),
    ],
)
def test_addresses_of_private_networks_are_known(address: str) -> None:
    assert (is_public(address), is_written_private(address)) == (False, True)


def test_public_addresses_are_public() -> None:
    found = ("8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8")
    assert [is_public(address) for address in found] == [True] * 4


@pytest.mark.parametrize(
    ("address", "never"), [("169.254.169.254", True), ("fd00:ec2::254", True), ("10.0.0.1", False)]
)
def test_metadata_of_the_machine_are_never_asked(address: str, never: bool) -> None:
    assert is_never_asked(address) is never


@pytest.mark.parametrize("found", [["127.0.0.1"], ["8.8.8.8", "10.0.0.5"], ["::ffff:10.1.2.3"]])
def test_name_that_leads_into_a_private_network_is_not_asked(
    leads_to: list[list[str]], found: list[str]
) -> None:
    leads_to[:] = [found]
    with pytest.raises(Misconfigured) as caught:
        ask(PUBLIC)
    assert str(caught.value) == (
        f"Registry was not asked: registry.example leads to {found[-1]} in a private network. "
        "If that is meant, name registry.example in REGISTRY_PRIVATE_HOSTS."
    )


def test_private_host_that_is_named_is_asked(leads_to: list[list[str]]) -> None:
    with fake_ctgov() as url:
        named = url.replace("127.0.0.1", "mirror.internal")
        assert ask(named, private=frozenset({"mirror.internal"}))


def test_metadata_are_not_asked_even_where_the_name_is_given(leads_to: list[list[str]]) -> None:
    leads_to[:] = [["169.254.169.254"]]
    with pytest.raises(Misconfigured):
        ask(PUBLIC, private=frozenset({"registry.example"}))


def test_second_answer_of_a_name_is_looked_at_too(leads_to: list[list[str]]) -> None:
    """DNS rebinding: public when it is looked at, private when it is asked."""
    connected: list[str] = []
    leads_to[:] = [["8.8.8.8"], ["127.0.0.1"]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("urllib3.util.connection.create_connection", _refusing(connected))
        with pytest.raises(Misconfigured):
            ask(PUBLIC)
    assert connected == ["8.8.8.8"]


def _refusing(connected: list[str]) -> Any:
    def connect(address: tuple[str, int], *args: Any, **kwargs: Any) -> None:
        connected.append(address[0])
        raise ConnectionRefusedError

    return connect


def test_number_that_hides_an_address_is_not_asked() -> None:
    with pytest.raises(Misconfigured):
        ask("http://2130706433:9")


def test_name_that_nobody_knows_is_said_to_be_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: Any, **kwargs: Any) -> None:
        raise socket.gaierror

    monkeypatch.setattr("importers.http.destinations.socket.getaddrinfo", unknown)
    with pytest.raises(Unreachable, match=r"its address is not known \(is there a network\?\)\.$"):
        ask(PUBLIC)


def test_proxy_of_the_desk_must_not_be_private(settings: Settings) -> None:
    access = Access(proxy="http://localhost:9", most_retries=0)
    with open_session("Registry", PUBLIC, 0, access) as session, pytest.raises(Misconfigured):
        session.get_json("version")
    settings.REGISTRY_PRIVATE_HOSTS = frozenset({"localhost"})
    with open_session("Registry", PUBLIC, 0, access) as session, pytest.raises(Unreachable) as caught:
        session.get_json("version")
    assert str(caught.value) == "Registry could not be reached: the proxy does not let us through."


@pytest.mark.parametrize("written", ["http://127.0.0.1:9", "127.0.0.1:9"])
def test_proxy_of_the_settings_may_be_private(settings: Settings, written: str) -> None:
    settings.REGISTRY_PROXY = written
    with open_session("Registry", PUBLIC, 0, Access(most_retries=0)) as session:
        with pytest.raises(Unreachable) as caught:
            session.get_json("version")
        assert type(caught.value) is Unreachable


def test_proxy_of_the_machine_is_used_and_may_be_private(monkeypatch: pytest.MonkeyPatch) -> None:
    requests: list[str] = []
    with fake_ctgov(requests=requests, faults=[Fault(body=b"{}")]) as url:
        monkeypatch.setenv("http_proxy", url.removesuffix("/api/v2"))
        with open_session("Registry", PUBLIC, 0) as session:
            session.get_json("version")
    assert requests == [f"{PUBLIC}/version"]


def test_proxy_of_the_settings_goes_before_that_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    requests: list[str] = []
    with fake_ctgov(requests=requests, faults=[Fault(body=b"{}")]) as url:
        ask(PUBLIC, proxy=url.removesuffix("/api/v2"), private=frozenset({"127.0.0.1"}))
    assert requests == [f"{PUBLIC}/version"]


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "http://2130706433/",
        "https://registry.example/",
    ],
)
def test_redirect_into_a_private_network_is_not_followed(target: str) -> None:
    moved = Fault(status=302, headers={"Location": target})
    with fake_ctgov(faults=[moved]) as url, pytest.raises(Refused) as caught:
        ask(url)
    assert str(caught.value) == f"Registry sent us to another address ({target!r}); we do not follow."


@pytest.mark.parametrize(
    "written",
    [
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/",
        "http://clinicaltrials.gov/api/v2",
        "https://clinicaltrials.gov@evil.example/api/v2",
        "http://169.254.169.254/latest",
        "https://[fd00:ec2::254]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "http://127.1/",
        "http://0.0.0.0:80/",
    ],
)
def test_setting_names_a_registry_over_https(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("CTGOV_API_URL", written)
    with pytest.raises(ImproperlyConfigured):
        registry_address("CTGOV_API_URL", "https://clinicaltrials.gov/api/v2", ())


@pytest.mark.parametrize(
    "written",
    ["http://127.0.0.1:8900/api/v2", "http://localhost:8900", "http://[::1]:1", "http://mirror.internal"],
)
def test_setting_may_name_a_stand_in_of_the_own_network(
    monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("CTGOV_API_URL", written)
    assert registry_address("CTGOV_API_URL", "", ["mirror.internal"]) == written
