import pytest
from django.utils import translation

from trials.display import country_label
from trials.vocabulary.country_names import country_name


@pytest.mark.parametrize(
    ("english", "hindi"),
    [
        ("Poland", "पोलैंड"),
        ("Bosnia and Herzegovina", "बोस्निया और हर्ज़ेगोविना"),
        ("Côte d'Ivoire", "कोत दिवुआर"),
        ("Hong Kong", "हाँग काँग"),
        ("Atlantis", "Atlantis"),
        ("", ""),
    ],
)
def test_country_is_named_in_the_language_of_the_page(english: str, hindi: str) -> None:
    assert (country_name(english, "hi"), country_name(english, "xx")) == (hindi, english)


def test_own_catalogue_goes_before_unicode() -> None:
    with translation.override("hi"):
        assert (country_label("United States"), country_label("Norway")) == ("अमेरिका", "नॉर्वे")
    assert country_label("United States") == "United States"
