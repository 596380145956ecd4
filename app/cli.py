"""The command `backscope`: it starts the server, says where it is and opens the page.

What can go wrong before the first request (a taken port, a bad setting, missing files) ends in one plain
sentence and exit code 1.
"""

import argparse
import contextlib
import errno
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Mapping, Sequence
from dataclasses import replace

# Read by OpenBLAS when NumPy is first imported: our matrices are small, and threads would only compete.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import uvicorn

from app import __version__
from app.main import Application, create_app
from app.pages import MissingFilesError
from app.protocol import protocol
from app.sessions.places import StoreUnavailable
from app.settings import ANY_ADDRESS, Settings, SettingsError

# Threads that compute hand over to the event loop after this long; the default makes a request wait 5 ms.
SWITCH_SECONDS = 0.0005
BACKLOG = 512


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    try:
        settings = read(sys.argv[1:] if arguments is None else arguments, os.environ)
        serve(settings)
    except (SettingsError, MissingFilesError, StoreUnavailable, UnavailableError) as error:
        print(f"backscope: {error}", file=sys.stderr)
        return 1
    return 0


class UnavailableError(RuntimeError):
    """The address cannot be listened on."""


def read(arguments: Sequence[str], environment: Mapping[str, str]) -> Settings:
    """Settings from the environment, overruled by the flags."""
    base = Settings.from_environment(environment)
    found = _parser(base).parse_args(arguments)
    return replace(
        base,
        host=found.host,
        port=found.port,
        allow_hosts=(*base.allow_hosts, *found.allow_host),
        store=found.store,
        open_browser=base.open_browser and not found.no_open,
    )


def _parser(base: Settings) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="backscope", description="Step through backpropagation in your browser.")
    parser.add_argument("--host", default=base.host, help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", default=base.port, type=_port, help="port, 0 for any (default: %(default)s)")
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="another name a browser may use for this server, beside localhost; may be repeated",
    )
    parser.add_argument(
        "--store",
        default=base.store,
        help="where sessions are kept: sqlite (a file in your data folder), memory (nowhere), or a file"
        " (default: %(default)s)",
    )
    parser.add_argument("--no-open", action="store_true", help="do not open a browser")
    parser.add_argument("--version", action="version", version=f"backscope {__version__}")
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) <= 65_535):
        raise argparse.ArgumentTypeError("a port is a whole number from 0 to 65535")
    return int(text)


def serve(settings: Settings) -> None:
    """Listen and answer until interrupted."""
    app = create_app(settings)
    listening = listen(settings.host, settings.port)
    sys.setswitchinterval(SWITCH_SECONDS)
    with contextlib.suppress(KeyboardInterrupt):
        Announcing(app, listening.getsockname()[1]).run(sockets=[listening])


def configuration(app: Application) -> uvicorn.Config:
    """How uvicorn serves ``app``."""
    settings = app.settings
    return uvicorn.Config(
        app,
        http=protocol(settings.limits),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=3,
        ws_per_message_deflate=False,
        ws_max_size=settings.limits.websocket_message_bytes,
        h11_max_incomplete_event_size=4 * settings.limits.header_bytes,
    )


class Announcing(uvicorn.Server):
    """uvicorn's server that says where it is once it listens, and pauses what trains before it stops."""

    def __init__(self, app: Application, port: int) -> None:
        super().__init__(configuration(app))
        self._app, self._port = app, port

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then announce."""
        await super().startup(sockets)
        if not self.should_exit:
            announce(self._app.settings, self._port)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End training and streams first: uvicorn waits for answers, and a stream is one without an end."""
        await self._app.state.service.scheduler.close()
        await super().shutdown(sockets)


def announce(settings: Settings, port: int) -> None:
    """Print the address, and open it where there is a browser with a screen."""
    address = f"http://{shown_host(settings.host)}:{port}/"
    print(f"Backscope is at {address}  (Ctrl+C stops it)", flush=True)
    if settings.host in ANY_ADDRESS and not settings.allow_hosts:
        print("It answers to the name localhost only; allow others with --allow-host NAME.", flush=True)
    if settings.open_browser and has_browser():
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def shown_host(host: str) -> str:
    """The host as a browser on this machine would write it."""
    if host in ANY_ADDRESS:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def has_browser() -> bool:
    """Whether there is a browser with a screen; one in the terminal would take the terminal away."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; raises ``UnavailableError`` with a sentence that says what to do."""
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError):
        raise UnavailableError("The host is not known on this machine. Try --host 127.0.0.1.") from None
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would let two servers share a port
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(BACKLOG)
    except OSError as error:
        found.close()
        raise UnavailableError(_why(error, port)) from None
    return found


def _why(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken. Stop what runs there, or choose another: backscope --port {port + 1}"
    if error.errno == errno.EACCES:
        return f"Port {port} needs more rights than you have. Choose one above 1023: backscope --port 8000"
    if error.errno == errno.EADDRNOTAVAIL:
        return "This machine does not have that address. Try --host 127.0.0.1, or 0.0.0.0 for all."
    return f"Port {port} cannot be listened on ({error.strerror})."


if __name__ == "__main__":
    sys.exit(main())
