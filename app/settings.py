"""Settings of one server, read once and frozen.

They come from the environment (BACKSCOPE_*) and from the flags of the command; nothing else in `app`
looks at the environment.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from app.limits import Limits

LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
ANY_ADDRESS = ("", "0.0.0.0", "::")  # noqa: S104 - names to recognise, nothing is bound here
YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


class SettingsError(ValueError):
    """A variable of the environment cannot be understood; the message says which and what it takes."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the server listens, which names it answers to, and its limits.

    ``allow_hosts`` are names beside localhost that a browser may use for this server;
    ``store`` is where sessions are kept: “memory”, “sqlite” for the file in the user's data folder, or a file.
    ``development`` reads templates and static files anew for every request.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    allow_hosts: tuple[str, ...] = ()
    open_browser: bool = True
    development: bool = False
    store: str = "memory"
    limits: Limits = field(default_factory=Limits)

    @property
    def hosts(self) -> frozenset[str]:
        """Every name a Host header may carry, in lower case, IPv6 addresses in brackets."""
        own = () if self.host in ANY_ADDRESS else (self.host,)
        return frozenset(bracketed(name) for name in (*LOCAL_NAMES, *own, *self.allow_hosts))

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Settings from BACKSCOPE_* variables; raises ``SettingsError`` naming the variable."""
        standard = cls()
        allow = environment.get("BACKSCOPE_ALLOW_HOSTS", "")
        return cls(
            host=environment.get("BACKSCOPE_HOST", standard.host),
            port=_whole(environment, "BACKSCOPE_PORT", standard.port, 0, 65_535),
            allow_hosts=tuple(name.strip() for name in allow.split(",") if name.strip()),
            open_browser=_truth(environment, "BACKSCOPE_OPEN", standard.open_browser),
            development=_truth(environment, "BACKSCOPE_DEVELOPMENT", standard.development),
            store=environment.get("BACKSCOPE_STORE") or "sqlite",
            limits=_limits(environment),
        )


def bracketed(name: str) -> str:
    """A host name as a Host header has it: lower case, an IPv6 address in brackets."""
    name = name.lower()
    return f"[{name}]" if ":" in name and not name.startswith("[") else name


def _limits(environment: Mapping[str, str]) -> Limits:
    standard = Limits()
    values = {
        one.name: _whole(environment, f"BACKSCOPE_LIMIT_{one.name.upper()}", getattr(standard, one.name), 1, 2**53 - 1)
        for one in fields(standard)
    }
    return Limits(**values)


def _whole(environment: Mapping[str, str], name: str, standard: int, low: int, high: int) -> int:
    text = environment.get(name)
    if text is None:
        return standard
    if not (text.isascii() and text.isdecimal() and len(text) <= 16 and low <= int(text) <= high):
        raise SettingsError(f"{name} takes a whole number from {low} to {high}")
    return int(text)


def _truth(environment: Mapping[str, str], name: str, standard: bool) -> bool:
    text = environment.get(name)
    if text is None:
        return standard
    if text.lower() not in (*YES, *NO):
        raise SettingsError(f"{name} takes 1 or 0")
    return text.lower() in YES
