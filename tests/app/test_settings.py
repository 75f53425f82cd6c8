from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.settings import SettingRefused, Settings, read, reference

KEY = "k" * 32
PAGE = Path(__file__).parents[2] / "docs/reference/settings.md"


def test_without_any_setting_the_service_is_one_machine_with_a_sqlite_file():
    settings = read({"PATH": "/usr/bin"})
    assert settings == Settings()
    assert settings.embedded
    assert not settings.demo


def test_settings_are_read_from_the_environment():
    settings = read(
        {
            "MANDAT_DATABASE_URL": "postgresql://someone@host/mandat",
            "MANDAT_SECRET_KEY": KEY,
            "MANDAT_DEMO": "1",
            "MANDAT_START": "2026-03-01T09:00:00+01:00",
            "MANDAT_SEED": "7",
            "MANDAT_HOSTS": "mandat.example, intra.example",
        }
    )
    assert settings.database_url == "postgresql+psycopg://someone@host/mandat"
    assert settings.demo
    assert (settings.start, settings.seed) == (datetime(2026, 3, 1, 8, tzinfo=UTC), 7)
    assert settings.hosts == ("mandat.example", "intra.example")


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"MANDAT_DATABSE_URL": "sqlite:///x"}, "MANDAT_DATABSE_URL is not a setting"),
        ({"MANDAT_DATABASE_URL": "mysql://x"}, "MANDAT_DATABASE_URL is sqlite:///FILE or postgresql://"),
        ({"MANDAT_DATABASE_URL": "sqlite:///:memory:"}, "MANDAT_DATABASE_URL is sqlite:///FILE"),
        ({"MANDAT_DATABASE_URL": "postgresql://x/y"}, "MANDAT_SECRET_KEY is needed with PostgreSQL"),
        ({"MANDAT_SECRET_KEY": "short"}, "MANDAT_SECRET_KEY has at least 32 characters"),
        ({"MANDAT_DEMO": "yes"}, "MANDAT_DEMO is 1 or 0"),
        ({"MANDAT_START": "2026-01-05T08:00"}, "MANDAT_START needs a time zone"),
        ({"MANDAT_START": "today"}, "MANDAT_START is a moment"),
        ({"MANDAT_SEED": "-1"}, "MANDAT_SEED is a whole number from 0"),
        ({"MANDAT_SMTP_URL": "mail.example.dk"}, "MANDAT_SMTP_URL is smtp://HOST"),
        ({"MANDAT_SMTP_URL": "smtp://mail.example.dk"}, "MANDAT_SMTP_URL needs MANDAT_MAIL_FROM"),
        ({"MANDAT_MAIL_FROM": "Mandat"}, "MANDAT_MAIL_FROM is a mail address"),
        ({"MANDAT_PUBLIC_URL": "https://example.dk/mandat"}, "MANDAT_PUBLIC_URL is an address such as"),
        ({"MANDAT_PROXY_HOPS": "9"}, "MANDAT_PROXY_HOPS is a whole number from 0 to 5"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_sentence(environment, says):
    with pytest.raises(SettingRefused) as refused:
        read(environment)
    assert str(refused.value).startswith(says)


def test_what_the_tools_around_the_service_read_is_not_a_spelling_mistake():
    assert read({"MANDAT_BROWSER": "/usr/bin/chromium"}) == Settings()


def test_the_page_of_settings_is_current():
    assert PAGE.read_text() == reference(), (
        "write it with: python -c 'from service import settings; print(settings.reference(), end=\"\")' > "
        "docs/reference/settings.md"
    )
