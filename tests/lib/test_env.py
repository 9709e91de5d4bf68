"""Readers of the environment: what is good is read, what is not is said in one sentence."""

import stat
from pathlib import Path

import pytest

from studio.lib import env
from studio.lib.env import BadSetting


@pytest.fixture
def setting(monkeypatch):
    """Set the variable the tests read, and call a reader with it."""

    def read(value, reader, *args):
        if value is None:
            monkeypatch.delenv("TRIED", raising=False)
        else:
            monkeypatch.setenv("TRIED", value)
        return reader("TRIED", *args)

    return read


@pytest.fixture
def home(tmp_path):
    """A folder with nothing in it."""
    folder = tmp_path / "家 home"
    folder.mkdir()
    return folder


def refusal(setting, value, reader, *args) -> str:
    with pytest.raises(BadSetting) as refused:
        setting(value, reader, *args)
    return str(refused.value)


@pytest.mark.parametrize(
    ("value", "read"),
    [(None, "x"), ("", "x"), ("  ", "x"), (" 计算宇宙 ", "计算宇宙"), ("a b", "a b")],
)
def test_text_is_trimmed_and_empty_counts_as_unset(setting, value, read):
    assert setting(value, env.text, "x") == read


@pytest.mark.parametrize(
    ("value", "read"),
    [("1", True), ("Yes", True), ("ON", True), ("0", False), ("off", False), (None, True)],
)
def test_a_flag_is_yes_or_no(setting, value, read):
    assert setting(value, env.flag, True) is read


@pytest.mark.parametrize("value", ["2", "maybe", "是"])
def test_another_word_is_no_flag(setting, value):
    assert refusal(setting, value, env.flag) == f"TRIED is “{value}”; set it to 1 or 0."


@pytest.mark.parametrize(("value", "read"), [(None, 2), ("1", 1), ("16", 16), (" 007 ", 7)])
def test_a_whole_number_lies_between_its_limits(setting, value, read):
    assert setting(value, env.whole, 2, 1, 16) == read


@pytest.mark.parametrize("value", ["abc", "0", "17", "-1", "1.5", "２", "²", "二", "9" * 5000])
def test_what_is_no_whole_number_between_them_is_refused(setting, value):
    said = refusal(setting, value, env.whole, 2, 1, 16)
    assert said == f"TRIED is “{value}”; set it to a whole number from 1 to 16."


@pytest.mark.parametrize(
    ("value", "read"), [(None, "en"), ("zh-hans", "zh-hans"), ("ZH-Hans", "zh-hans")]
)
def test_a_choice_is_one_of_the_allowed_in_any_case(setting, value, read):
    assert setting(value, env.choice, "en", ("en", "zh-hans")) == read


@pytest.mark.parametrize("value", ["fr", "中文", "en,zh-hans"])
def test_another_choice_is_refused(setting, value):
    said = refusal(setting, value, env.choice, "en", ("en", "zh-hans"))
    assert said == f"TRIED is “{value}”; set it to one of en, zh-hans."


def test_a_time_zone_is_one_of_the_world(setting):
    assert setting(None, env.time_zone) == "UTC"
    assert setting("Asia/Shanghai", env.time_zone) == "Asia/Shanghai"


@pytest.mark.parametrize("value", ["Mars/Base", "上海", "../etc/passwd", "Asia", "+08:00"])
def test_another_place_is_no_time_zone(setting, value):
    said = refusal(setting, value, env.time_zone)
    assert said == f"TRIED is “{value}”; set it to a zone name such as Asia/Shanghai."


def test_hosts_are_names_without_scheme_and_port(setting):
    assert setting(None, env.hosts) == []
    given = "studio.example.org, .example.net,192.168.1.5 ,[fd00::5],laptop,"
    read = ["studio.example.org", ".example.net", "192.168.1.5", "[fd00::5]", "laptop"]
    assert setting(given, env.hosts) == read


@pytest.mark.parametrize("value", ["*", "a.example,*", "*.example.org"])
def test_every_host_is_no_host(setting, value):
    assert "; name the hosts the studio answers to." in refusal(setting, value, env.hosts)


@pytest.mark.parametrize(
    "value", ["https://a.example", "a.example:80", "a b", "a.example/x", "fd00::5", "..", "工作室"]
)
def test_an_address_is_no_host(setting, value):
    said = refusal(setting, value, env.hosts)
    assert said == (
        f"TRIED has “{value}”; write hosts without scheme and port, as studio.example.org."
    )


@pytest.mark.parametrize(
    ("value", "host", "port"),
    [
        (None, "127.0.0.1", 8000),
        ("0.0.0.0:80", "0.0.0.0", 80),
        ("localhost:0", "localhost", 0),
        ("[::1]:8000", "::1", 8000),
        ("::1:8000", "::1", 8000),
        ("[::]:65535", "::", 65535),
    ],
)
def test_an_address_is_a_host_and_a_port(setting, value, host, port):
    assert setting(value, env.address, "127.0.0.1:8000") == (host, port)


@pytest.mark.parametrize(
    "value",
    [
        "8000",
        ":8000",
        "localhost",
        "localhost:",
        "localhost:http",
        "localhost:65536",
        "localhost:８０",
        "localhost:-1",
        "http://localhost:8000",
        "local host:8000",
        "[localhost]:8000",
        "[::1:8000",
        "工作室:8000",
    ],
)
def test_what_is_no_address_is_refused(setting, value):
    said = refusal(setting, value, env.address, "127.0.0.1:8000")
    assert said == f"TRIED is “{value}”; set it to a host and a port, as 127.0.0.1:8000."


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("fd00::5", "http://[fd00::5]:8000"),
        ("laptop", "http://laptop:8000"),
    ],
)
def test_the_address_to_open_is_one_that_a_browser_can_reach(host, address):
    assert env.reached_at(host, 8000) == address


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, ""),
        ("https://studio.example.org", "https://studio.example.org"),
        ("https://Studio.Example.org/", "https://studio.example.org"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("https://[fd00::5]:8443", "https://[fd00::5]:8443"),
        ("https://工作室.example", "https://xn--2qq421aovb.example"),
    ],
)
def test_a_web_address_has_a_scheme_and_a_host_as_browsers_send_it(setting, value, read):
    assert setting(value, env.web_address) == read


@pytest.mark.parametrize(
    "value",
    [
        "studio.example.org",
        "ftp://studio.example.org",
        "https://",
        "https://studio.example.org/studio",
        "https://studio.example.org?x=1",
        "https://studio.example.org#x",
        "https://lin:secret@studio.example.org",
        "https://studio.example.org:port",
        "https://studio.example.org:99999",
        "https://[::1",
        "https://a b",
        "https://" + "a" * 70 + ".example",
    ],
)
def test_what_is_no_web_address_is_refused(setting, value):
    said = refusal(setting, value, env.web_address)
    assert said == f"TRIED is “{value}”; set it to an address as https://studio.example.org."


def test_a_folder_may_be_given_whole_or_below_the_checkout_and_is_not_made_yet(setting, home):
    assert setting(None, env.folder, Path("data"), home) == home / "data"
    assert setting("数据/studio", env.folder, Path("data"), home) == home / "数据/studio"
    whole = home / "elsewhere"
    assert setting(str(whole), env.folder, Path("data"), Path("/")) == whole
    assert list(home.iterdir()) == []


def test_a_folder_below_a_file_is_refused(setting, home):
    file = home / "novel.txt"
    file.write_text("字")
    for path in (file, file / "data"):
        said = refusal(setting, str(path), env.folder, Path("data"), home)
        assert said == (
            f"TRIED is {path}, which cannot be written to; choose a folder you can write to."
        )


def test_a_home_that_nobody_has_is_refused(setting, home):
    said = refusal(setting, "~nobody-at-all/data", env.folder, Path("data"), home)
    assert said == "TRIED is “~nobody-at-all/data”, whose home folder is not known; write it out."


def test_a_folder_that_the_system_does_not_let_be_made_is_refused():
    with pytest.raises(BadSetting) as refused:
        env.make_folder("TRIED", Path("/proc/studio/data"))
    assert str(refused.value) == (
        "TRIED is /proc/studio/data, which cannot be written to; choose a folder you can write to."
    )


def test_a_folder_is_made_for_its_owner_alone(home):
    made = home / "a" / "数据"
    for _ in range(2):
        env.make_folder("TRIED", made)
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
