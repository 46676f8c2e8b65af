"""What pages weigh on a slow connection: a page that grows past its bound does so on purpose."""

import pytest
from django.test import Client

from tests.builders import make_trial, site

pytestmark = pytest.mark.django_db

MOST = {
    "/": 5_400,
    "/trials/": 7_500,
    "/trials/NCT00000001/": 8_300,
    "/conditions/lbcl/": 6_500,
    "/sites/": 3_600,
    "/clinic/": 10_400,
    "/hi/trials/": 8_800,
}
"""Bytes with gzip of `TRIALS` records alike, a tenth above what they were in November 2026."""
TRIALS = 25


def test_pages_stay_light(client: Client) -> None:
    cities = ("Mumbai", "Pune", "Chennai", "Delhi", "Kolkata")
    for number in range(1, TRIALS + 1):
        sites = [site(f"Hospital {city} {number % 7}", city) for city in cities[: number % 5 + 1]]
        make_trial(f"NCT{number:08}", conditions=["lbcl", "b-all"][: number % 2 + 1], sites=sites)
    weighed = {}
    for page in MOST:
        answer = client.get(page, headers={"accept-encoding": "gzip"})
        assert answer["Content-Encoding"] == "gzip"
        weighed[page] = len(answer.content)
    assert {page: size for page, size in weighed.items() if size > MOST[page]} == {}
