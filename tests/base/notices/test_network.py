"""Calling somebody else's address: what is refused, what it is pinned to, and when it ends."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest

from tests.base.notices.receiver import HOST, Names, certificate_for, network, receiving
from thongquan.base.notices.network import Network, Unreachable, is_loopback, post
from thongquan.rules.codes import Code

PRIVATE = [
    *("127.0.0.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
    *("255.255.255.255", "198.18.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1"),
    *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1"),
]
PUBLIC = ["8.8.8.8", "203.162.4.191", "2606:4700::1111", "2405:4800::1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_inside_is_refused_after_resolution(address: str) -> None:
    names = Names({"x.example": [[PUBLIC[0], address]]})  # one bad address among good ones is enough
    with pytest.raises(Unreachable) as refused:
        post("https://x.example/", b"{}", {}, network=Network(resolve=names))
    assert refused.value.code == Code.TQ_NOT_002
    assert names.asked == ["x.example"]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_may_be_called(address: str) -> None:
    net = Network(resolve=lambda host, port: [address])
    assert net.address_of(net.check_url("https://x.example/")) == address


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://x.example/", Code.TQ_NOT_001),
        ("ftp://x.example/", Code.TQ_NOT_001),
        ("https://user:secret@x.example/", Code.TQ_NOT_001),
        ("https://user@x.example/", Code.TQ_NOT_001),
        ("https:///path", Code.TQ_NOT_001),
        ("https://x.example/#part", Code.TQ_NOT_001),
        ("https://x.example/a b", Code.TQ_NOT_001),
        ("https://x.example/\r\nHost: y", Code.TQ_NOT_001),
        ("https://hải-quan.example/", Code.TQ_NOT_001),
        ("https://x.example:99999/", Code.TQ_NOT_001),
        ("https://x.example:0/", Code.TQ_NOT_001),
        ("https://x.example\\@y.example/", Code.TQ_NOT_001),
        ("https://[::1/", Code.TQ_NOT_001),
        ("https://x.example/" + "a" * 500, Code.TQ_NOT_001),
        ("https://127.0.0.1/", Code.TQ_NOT_002),
        ("https://169.254.169.254/latest/meta-data/", Code.TQ_NOT_002),
        ("https://[::1]/", Code.TQ_NOT_002),
        ("https://[::ffff:10.0.0.1]/", Code.TQ_NOT_002),
    ],
)
def test_an_address_that_may_not_be_kept(url: str, code: Code) -> None:
    with pytest.raises(Unreachable) as refused:
        Network().check_url(url)
    assert refused.value.code == code


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "017700000001"])
def test_odd_spellings_of_loopback_are_judged_by_where_they_lead(host: str) -> None:
    with pytest.raises(Unreachable) as refused:
        post(f"https://{host}/", b"{}", {}, network=Network())  # the system's own resolver, which needs no network
    assert refused.value.code in {Code.TQ_NOT_002, Code.TQ_NOT_003}


def test_plain_http_is_for_loopback_only_where_that_is_allowed() -> None:
    practice = Network(resolve=Names({"x.example": [[PUBLIC[0]]]}), permits_plain=is_loopback)
    with pytest.raises(Unreachable) as refused:
        post("http://x.example/", b"{}", {}, network=practice)
    assert refused.value.code == Code.TQ_NOT_002


def test_an_unknown_name() -> None:
    with pytest.raises(Unreachable) as refused:
        post("https://nowhere.example/", b"{}", {}, network=Network(resolve=Names({})))
    assert refused.value.code == Code.TQ_NOT_003


def test_rebinding_changes_nothing_since_the_name_is_asked_once_and_the_checked_address_called() -> None:
    """The second answer of the resolver leads elsewhere: nobody asks for it."""
    names = Names({HOST: [["127.0.0.1"], ["10.0.0.1"]]})
    with receiving() as receiver:
        answer = post(receiver.url("/in?a=1"), b"{}", {"X-Test": "1"}, network=network(names))
        assert answer.status == 200
        assert names.asked == [HOST]
        (request,) = receiver.requests
        assert request.path == "/in?a=1"
        assert request.headers["host"] == f"{HOST}:{receiver.port}"
        with pytest.raises(Unreachable) as refused:  # the next call asks anew and finds the private one
            post(receiver.url(), b"{}", {}, network=network(names))
        assert refused.value.code == Code.TQ_NOT_002
        assert len(receiver.requests) == 1


def test_a_redirect_is_an_answer_and_nothing_more() -> None:
    with receiving() as target, receiving() as receiver:
        receiver.answers = [(302, {"Location": f"http://127.0.0.1:{target.port}/inside"}, b"")]
        assert post(receiver.url(), b"{}", {}, network=network()).status == 302
        assert target.requests == []


def test_a_slow_server_is_left_at_the_deadline() -> None:
    waiting = threading.Event()
    with receiving() as receiver:
        receiver.hold = lambda: waiting.wait(5)
        with pytest.raises(Unreachable) as refused:
            post(receiver.url(), b"{}", {}, network=network(seconds=0.3))
        waiting.set()
    assert refused.value.code == Code.TQ_NOT_007
    assert 250 <= refused.value.latency_ms < 3000


def test_a_server_that_drips_is_cut_although_every_drop_is_in_time() -> None:
    stop = threading.Event()

    def drip(server: socket.socket) -> None:
        client, _ = server.accept()
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not stop.wait(0.05):
            try:
                client.sendall(b"x")
            except OSError:
                break
        client.close()

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip, args=(server,), daemon=True)
        thread.start()
        with pytest.raises(Unreachable) as refused:
            post(f"http://{HOST}:{server.getsockname()[1]}/", b"{}", {}, network=network(seconds=0.4))
        stop.set()
        thread.join()
    assert refused.value.code == Code.TQ_NOT_007


def test_only_the_beginning_of_an_answer_is_read_and_only_printable_text_kept() -> None:
    with receiving() as receiver:
        receiver.answers = [(200, {}, b"\x00\x1b[31mok\n" + b"x" * 1_000_000)]
        answer = post(receiver.url(), b"{}", {}, network=network())
    assert answer.excerpt.startswith("[31mok xxx")
    assert len(answer.excerpt) <= 400


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Unreachable) as refused:
        post(f"http://{HOST}:{port}/", b"{}", {}, network=network())
    assert refused.value.code == Code.TQ_NOT_008


def test_tls_is_made_with_the_checked_address_in_the_name_of_the_host(tmp_path: Path) -> None:
    file, trusting = certificate_for(HOST, tmp_path)
    with receiving(file) as receiver:
        trusted = network(trust=lambda: trusting)
        assert post(receiver.url(scheme="https"), b"{}", {}, network=trusted).status == 200
        with pytest.raises(Unreachable) as refused:  # trusted by nobody
            post(receiver.url(scheme="https"), b"{}", {}, network=network())
        assert refused.value.code == Code.TQ_NOT_008
        other = Names({"other.example": [["127.0.0.1"]]})
        with pytest.raises(Unreachable) as refused:  # good for another name only
            post(f"https://other.example:{receiver.port}/", b"{}", {}, network=network(other, trust=lambda: trusting))
        assert "other.example" in refused.value.detail


def test_proxies_of_the_environment_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with receiving() as receiver:
        assert post(receiver.url(), b"{}", {}, network=network()).status == 200
