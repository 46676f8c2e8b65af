"""What messengers show with a link: words that are true, and a small picture in the page's language."""

import io
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from PIL import Image, ImageChops, ImageFont
from pytest_django import DjangoAssertNumQueries

from importers.registries.slugs import Registry
from tests.builders import make_trial, site, trial_row
from trials.models import RegistrySource, Trial
from trials.views.previews import drawing, faces, preview
from trials.views.previews.preview import Preview

pytestmark = pytest.mark.django_db

NUMBER = "NCT00000001"
SITE = "http://127.0.0.1:8000"
WITH_PICTURES = [
    "/",
    "/trials/",
    f"/trials/{NUMBER}/",
    "/conditions/lbcl/",
    "/sites/example-hospital-mumbai/",
]
PAPER = (250, 246, 239)
LONGEST = "उन्नत-" * 400


@pytest.fixture
def catalogue() -> None:
    make_trial(
        NUMBER, conditions=["lbcl"], phases=["PHASE2"], targets=["CD19"], sites=[site("Example Hospital")]
    )
    RegistrySource.objects.create(registry=Registry.CTGOV, last_good_at=timezone.now())


def properties(client: Client, path: str) -> dict[str, str]:
    head = client.get(path).text.split("</head>")[0]
    return {
        name: unescape(words)
        for name, words in re.findall(r'<meta property="og:(.*?)"\s+content="(.*?)">', head)
    }


def in_words(**columns: object) -> tuple[str, str, str]:
    shown = preview.of_trial(trial_row(NUMBER, **columns))
    return shown.state, shown.fact, shown.source


@pytest.mark.parametrize("prefix", ["", "/hi"])
@pytest.mark.parametrize("path", WITH_PICTURES)
def test_page_has_its_picture(client: Client, path: str, prefix: str, catalogue: None) -> None:
    said = properties(client, prefix + path)
    assert {"title", "description", "url", "type", "site_name", "locale", "image:alt"} <= set(said)
    assert (said["image:width"], said["image:height"], said["locale"]) == (
        "1200",
        "630",
        "hi_IN" if prefix else "en_IN",
    )
    assert said["image"].startswith(f"{SITE}{prefix}/")
    answer = client.get(said["image"].removeprefix(SITE))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert len(answer.content) <= 40_000
    picture = Image.open(io.BytesIO(answer.content))
    assert (picture.size, picture.mode) == ((1200, 630), "P")


def test_picture_says_what_its_page_says(client: Client, catalogue: None) -> None:
    for path, path_of_picture in (
        (f"/trials/{NUMBER}/", f"/trials/{NUMBER}/preview.png"),
        ("/conditions/lbcl/", "/conditions/lbcl/preview.png"),
        ("/sites/example-hospital-mumbai/", "/sites/example-hospital-mumbai/preview.png"),
    ):
        named = properties(client, path)["image"].removeprefix(SITE)
        version = client.get(path_of_picture)["ETag"].strip('"')
        assert named == f"{path_of_picture}?v={version}"


def test_picture_is_asked_for_once(
    client: Client, catalogue: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        first = client.get(f"/trials/{NUMBER}/preview.png")
    again = client.get(f"/trials/{NUMBER}/preview.png", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "public, max-age=86400"


def test_words_change_the_address_of_the_picture(client: Client, catalogue: None) -> None:
    before = properties(client, f"/trials/{NUMBER}/")["image"]
    Trial.objects.update(open_hospitals=["a", "b"])
    assert properties(client, f"/trials/{NUMBER}/")["image"] != before


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/preview.png?v=1", 200),
        ("/preview.png?size=99999", 400),
        ("/trials/NCT99999999/preview.png", 404),
        ("/conditions/nothing/preview.png", 404),
        ("/sites/nothing/preview.png", 404),
    ],
)
def test_picture_there_is_not(client: Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_invented_trial_has_no_picture_of_its_own(client: Client) -> None:
    make_trial(NUMBER, sample=True, sites=[site("Example Hospital")])
    assert client.get(f"/trials/{NUMBER}/preview.png").status_code == 404
    for path in (f"/trials/{NUMBER}/", "/sites/example-hospital-mumbai/"):
        assert properties(client, path)["image"].startswith(f"{SITE}/preview.png?v=")


def test_only_what_is_open_in_india_is_open() -> None:
    today = timezone.localdate()
    opened = {"recruiting_in_india": True, "open_hospitals": ["a", "b"]}
    said = in_words(**opened, last_updated=today)
    assert said[:2] == ("open", "Open at 2 hospitals in India")
    Trial.objects.all().delete()
    said = in_words(**opened, last_updated=today - timedelta(days=500))
    assert said[2].endswith("· ask first")
    for columns, fact in (
        ({"countries": ["China"]}, "Open abroad; not known to be open in India"),
        ({"countries": ["India"]}, "Not known to be open in India"),
        ({"countries": ["China"], "stale": True}, "Not known whether it is open"),
        ({"countries": ["China"], "outdated": True}, "Not known whether it is open"),
        ({"status": "UNKNOWN"}, "Unknown: not confirmed for over two years"),
        ({"status": "COMPLETED"}, "Completed"),
        ({"gone": True, "published": False, "recruiting_in_india": True}, "No longer on the registry"),
    ):
        Trial.objects.all().delete()
        state, words, _source = in_words(**columns)
        assert (words, state == "open") == (fact, False)


def test_word_of_the_hospital_comes_with_its_day() -> None:
    confirmed = timezone.now().replace(2026, 11, 3)
    said = in_words(recruiting_in_india=True, open_hospitals=["a"], confirmed_at=confirmed)
    assert said == ("open", "Open at 1 hospital in India", "Confirmed by the hospital on 3 Nov 2026")
    Trial.objects.all().delete()
    assert in_words(last_updated=None)[2] == "The registry does not say since when"


@pytest.mark.parametrize("words", [LONGEST, "W" * 100_000, "\u202eabc\u0000\u2028<b>", "漢字 العربية 🧬", ""])
def test_any_words_are_drawn_within_the_picture(words: str) -> None:
    shown = Preview("/x", "en", words, words, "open", words, "confirmed", words, words[:30], words[:30])
    picture = Image.open(io.BytesIO(drawing.drawn(shown))).convert("RGB")
    frame = [*((5, y) for y in range(112, 630)), *((1195, y) for y in range(112, 630))]
    plain = Image.new("RGB", picture.size, PAPER)
    changed = ImageChops.difference(picture, plain).point(lambda value: 255 * (value > 2))
    assert [point for point in frame if changed.getpixel(point) != (0, 0, 0)] == []


def test_letters_without_a_face_are_left_out() -> None:
    pieces = [piece for piece, _face in faces.runs("CAR\u202e T 漢 ट्रायल", 30, bold=True)]
    assert "".join(pieces).replace("ट्रायल", "").split() == ["CAR", "T"]


def test_machine_that_cannot_draw_hindi_draws_english(
    client: Client, catalogue: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trials.views.previews.faces._named", lambda *_: None)
    for kept in (faces._indic, faces._latin, drawing.drawn):
        kept.cache_clear()
    try:
        hindi, english = (client.get(f"{prefix}/trials/{NUMBER}/preview.png") for prefix in ("/hi", ""))
    finally:
        for kept in (faces._indic, faces._latin, drawing.drawn):
            kept.cache_clear()
    assert (hindi.status_code, hindi.content) == (200, english.content)


def test_hindi_is_shaped_where_the_machine_can() -> None:
    if not faces.can_draw("ट्रायल"):
        pytest.skip("needs Raqm and Debian's fonts-noto-core")
    ((piece, face),) = faces.runs("क्लि", 60, bold=True)
    assert isinstance(face, ImageFont.FreeTypeFont)
    assert face.getlength(piece) < sum(face.getlength(letter) for letter in piece)


def test_day_is_in_the_words(client: Client) -> None:
    trial = trial_row(NUMBER, last_updated=date(2026, 11, 3))
    with override("hi"):
        assert "रजिस्ट्री के अनुसार, आख़िरी बदलाव 3 नवंबर 2026" in preview.of_trial(trial).alt
