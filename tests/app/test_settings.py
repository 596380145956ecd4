"""Settings come from BACKSCOPE_* variables and flags, and a slip in one is told by its name."""

import pytest

from app.cli import read
from app.limits import Limits
from app.settings import Settings, SettingsError


def test_the_standard_listens_here_alone() -> None:
    settings = Settings.from_environment({})
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.hosts == {"localhost", "127.0.0.1", "[::1]"}


def test_every_limit_has_a_variable() -> None:
    for name in Limits.__dataclass_fields__:
        settings = Settings.from_environment({f"BACKSCOPE_LIMIT_{name.upper()}": "7"})
        assert getattr(settings.limits, name) == 7


def test_variables_are_read_and_flags_overrule_them() -> None:
    environment = {
        "BACKSCOPE_HOST": "0.0.0.0",  # noqa: S104 - never bound
        "BACKSCOPE_PORT": "9000",
        "BACKSCOPE_ALLOW_HOSTS": "a.example, B.example",
        "BACKSCOPE_OPEN": "no",
        "BACKSCOPE_DEVELOPMENT": "1",
    }
    settings = read([], environment)
    assert (settings.host, settings.port, settings.open_browser) == ("0.0.0.0", 9000, False)  # noqa: S104
    assert settings.development
    assert {"a.example", "b.example"} <= settings.hosts
    assert "0.0.0.0" not in settings.hosts  # noqa: S104
    flags = ["--host", "::1", "--port", "0", "--allow-host", "c.example", "--allow-host", "d.example"]
    settings = read(flags, environment)
    assert (settings.host, settings.port) == ("::1", 0)
    assert {"[::1]", "a.example", "c.example", "d.example"} <= settings.hosts


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BACKSCOPE_PORT", "eighty"),
        ("BACKSCOPE_PORT", "65536"),
        ("BACKSCOPE_PORT", "-1"),
        ("BACKSCOPE_PORT", ""),
        ("BACKSCOPE_PORT", "٨٠"),
        ("BACKSCOPE_OPEN", "perhaps"),
        ("BACKSCOPE_LIMIT_LAYERS", "0"),
        ("BACKSCOPE_LIMIT_LAYERS", "many"),
    ],
)
def test_a_slip_in_a_variable_is_told_by_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({name: value})


@pytest.mark.parametrize("flags", [["--port", "70000"], ["--port", "x"], ["--nope"], ["extra"]])
def test_a_slip_in_a_flag_is_told(flags: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        read(flags, {})
    assert left.value.code == 2
    assert "usage: backscope" in capsys.readouterr().err
