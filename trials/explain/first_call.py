"""What to say on the first call to a hospital, in the language of the page."""

from collections.abc import Sequence

from django.utils.translation import gettext

from trials.display import age_words_of, condition_in_sentence


def what_to_say(number: str, age: float | None = None, conditions: Sequence[str] = ()) -> list[str]:
    """Three sentences: which trial and who is asking, whether it is open, what it takes to be checked.

    `number` is the trial's id, `age` in years, `conditions` are slugs; the last two only where the reader
    has stated them.
    """
    trial = gettext("Hello, I am calling about the CAR T trial %(number)s.") % {"number": number}
    return [
        " ".join(filter(None, (trial, of_patient(age, conditions)))),
        gettext("Is it taking new patients now, and how long is the wait?"),
        gettext("Which reports should we send or bring, and what would we have to pay for?"),
    ]


def of_patient(age: float | None, conditions: Sequence[str]) -> str:
    """One sentence of age and disease, as far as they are stated."""
    disease = condition_in_sentence(conditions[0]) if len(conditions) == 1 else ""
    words = {"age": age_words_of(age) if age is not None else "", "disease": disease}
    if age is not None and disease:
        return gettext("The patient's age is %(age)s; the disease is %(disease)s.") % words
    if age is not None:
        return gettext("The patient's age is %(age)s.") % words
    return gettext("The disease is %(disease)s.") % words if disease else ""
