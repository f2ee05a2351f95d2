"""Durations are spelled as kubectl spells them."""

import pytest

from kubectl_fieldkit.ages import human_duration

DAY = 86400


@pytest.mark.parametrize(
    ("seconds", "text"),
    [  # the table of k8s.io/apimachinery/pkg/util/duration/duration_test.go, and its borders
        (-10, "0s"),
        (0, "0s"),
        (1.9, "1s"),
        (119, "119s"),
        (120, "2m"),
        (179, "2m59s"),
        (599, "9m59s"),
        (600, "10m"),
        (3 * 3600 - 1, "179m"),
        (3 * 3600, "3h"),
        (3 * 3600 + 59 * 60, "3h59m"),
        (8 * 3600 - 1, "7h59m"),
        (8 * 3600, "8h"),
        (2 * DAY - 1, "47h"),
        (2 * DAY, "2d"),
        (2 * DAY + 3600, "2d1h"),
        (8 * DAY - 1, "7d23h"),
        (8 * DAY, "8d"),
        (2 * 365 * DAY - 1, "729d"),
        (2 * 365 * DAY, "2y"),
        (2 * 365 * DAY + DAY, "2y1d"),
        (8 * 365 * DAY - 1, "7y364d"),
        (8 * 365 * DAY + 30 * DAY, "8y"),
    ],
)
def test_human_duration(seconds: float, text: str) -> None:
    """At most two units, as in kubectl's AGE column."""
    assert human_duration(seconds) == text
