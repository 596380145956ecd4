"""The command as a person runs it: a real process on loopback, its address printed, its mistakes explained."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest

from app.cli import listen, shown_host

PATIENCE = 60.0
"""Seconds after which what was expected will not come: the machine may be busy."""
COMMAND = [sys.executable, "-m", "app.cli", "--no-open", "--store", "memory"]
TRACES = "/api/v1/traces"


@contextmanager
def running(*flags: str, **environment: str) -> Iterator[int]:
    """A server of its own process on a free port; its port."""
    process = subprocess.Popen(
        [*COMMAND, "--port", "0", *flags],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | environment,
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        match = re.fullmatch(r"Backscope is at http://[^ ]+:(\d+)/  \(Ctrl\+C stops it\)\n", line)
        assert match is not None, line + process.stdout.read()
        yield int(match[1])
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        assert "Traceback" not in process.stdout.read()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with running(BACKSCOPE_LIMIT_HEADER_SECONDS="1", BACKSCOPE_LIMIT_BODY_SECONDS="1") as found:
        yield found


def get(port: int, path: str, host: str = "localhost") -> tuple[int, http.client.HTTPMessage, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


def talk(port: int, *parts: bytes, pause: float = 0.0) -> bytes:
    """Send raw bytes; everything that comes back until the server closes."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)) as connection:
        try:
            for part in parts:
                connection.sendall(part)
                time.sleep(pause)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the server had heard enough
        found = b""
        try:
            while chunk := connection.recv(65_536):
                found += chunk
        except ConnectionResetError:
            pass
        return found


def quickest(work: Callable[[], object], seconds: float) -> float:
    """The least time that ``work`` takes of three times, no more of them than it takes to be under so many seconds.

    A busy machine only ever adds to it.
    """
    times: list[float] = []
    while len(times) < 3 and min(times, default=seconds) >= seconds:
        start = time.monotonic()
        work()
        times.append(time.monotonic() - start)
    return min(times)


def posting(length: int) -> bytes:
    """The head of a request with a body of that length."""
    lines = (
        f"POST {TRACES} HTTP/1.1",
        "Host: localhost",
        "Content-Type: application/json",
        f"Content-Length: {length}",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def test_it_says_where_it_is_and_answers_there(port: int) -> None:
    status, headers, body = get(port, "/healthz")
    assert (status, b'"ok"' in body) == (200, True)
    assert headers["Server"] is None
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert get(port, "/")[0] == 200
    assert get(port, "/", host="evil.example")[0] == 400


def test_another_name_is_answered_when_it_is_allowed() -> None:
    with running("--allow-host", "class.example") as found:
        assert get(found, "/healthz", host="class.example")[0] == 200
        assert get(found, "/healthz", host="other.example")[0] == 400


def test_a_taken_port_is_told_with_a_way_out() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        found = subprocess.run(
            [*COMMAND, "--port", str(port)], capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    assert found.returncode == 1
    assert found.stderr == (
        f"backscope: Port {port} is taken. Stop what runs there, or choose another: backscope --port {port + 1}\n"
    )


@pytest.mark.parametrize(
    ("flags", "environment", "words"),
    [
        (["--host", "203.0.113.7"], {}, "does not have that address"),
        (["--host", "no such name"], {}, "not known on this machine"),
        ([], {"BACKSCOPE_PORT": "x"}, "BACKSCOPE_PORT takes a whole number"),
    ],
)
def test_what_cannot_start_says_why(flags: list[str], environment: dict[str, str], words: str) -> None:
    found = subprocess.run(
        [*COMMAND, *flags],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env=os.environ | environment,
    )
    assert (found.returncode, words in found.stderr) == (1, True), found.stderr
    assert "Traceback" not in found.stderr


def test_help_and_version() -> None:
    found = subprocess.run([*COMMAND, "--help"], capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert all(flag in found.stdout for flag in ("--host", "--port", "--allow-host", "--no-open"))
    found = subprocess.run([*COMMAND, "--version"], capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert re.fullmatch(r"backscope \d+\.\d+\.\d+\n", found.stdout)


def test_half_a_request_is_given_up(port: int) -> None:
    def half() -> None:
        assert talk(port, b"GET / HTTP/1.1\r\nHost: local").startswith(b"HTTP/1.1 408 ")

    assert quickest(half, 5.0) < 5.0


def test_a_dripping_header_is_given_up(port: int) -> None:
    def drip() -> None:
        found = talk(port, b"GET / HTTP/1.1\r\n", *[b"X-A: b\r\n"] * 20, pause=0.2)
        assert found.startswith(b"HTTP/1.1 408 ")

    assert quickest(drip, 8.0) < 8.0


def test_the_second_request_of_a_connection_has_the_same_deadline(port: int) -> None:
    whole = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    found = talk(port, whole, b"GET / HTTP/1.1\r\n", pause=0.3)
    assert found.startswith(b"HTTP/1.1 200 ")
    assert b"HTTP/1.1 408 " in found


def test_a_connection_that_asks_nothing_is_closed_without_a_word(port: int) -> None:
    assert talk(port) == b""


def test_a_slow_body_is_given_up(port: int) -> None:
    found = talk(port, posting(99) + b"{")
    assert found.startswith(b"HTTP/1.1 408 ")
    assert b'"body-too-slow"' in found


@pytest.mark.parametrize("size", [20_000, 200_000, 2_000_000])
def test_large_headers_are_refused(port: int, size: int) -> None:
    found = talk(port, b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-A: " + b"a" * size + b"\r\n\r\n")
    # A client that sends on into a closed connection may see it reset before it reads.
    assert found == b"" or found.startswith(b"HTTP/1.1 431 ")
    assert found or size > 100_000


def test_a_body_of_50_megabytes_is_refused_at_once(port: int) -> None:
    def large() -> None:
        found = talk(port, posting(50 * 2**20), b" " * (50 * 2**20))
        assert found.startswith(b"HTTP/1.1 413 ")
        assert b'"body-too-large"' in found

    assert quickest(large, 5.0) < 5.0


@pytest.mark.parametrize(
    "bytes_", [b"\x00" * 100, b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"]
)
def test_what_is_not_http_is_refused(port: int, bytes_: bytes) -> None:
    assert talk(port, bytes_)[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 408", b"")


def test_addresses_are_shown_as_a_browser_takes_them() -> None:
    assert shown_host("0.0.0.0") == "127.0.0.1"  # noqa: S104 - never bound
    assert shown_host("::1") == "[::1]"
    with closing(listen("127.0.0.1", 0)) as found:
        assert found.getsockname()[1] > 0
