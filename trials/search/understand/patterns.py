"""Regular expressions over the folded words of a question, one space between words.

`\\b` cannot be used: Python counts the vowel signs of Devanagari as no part of a word.
"""

import re
from collections.abc import Iterator

from trials.vocabulary.folding import fold

START, END = r"(?<!\S)", r"(?!\S)"


def any_of(words: str) -> str:
    """A group for any of these words, which are folded like the question is. `a_b` stands for two words."""
    folded = {fold(word.replace("_", " ")).line for word in words.split()}
    return f"(?:{'|'.join(sorted(map(re.escape, folded), key=lambda word: (-len(word), word)))})"


def whole_words(pattern: str) -> re.Pattern[str]:
    """The pattern, for whole words."""
    return re.compile(f"{START}(?:{pattern}){END}")


def find(pattern: re.Pattern[str], line: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    """Every match with its first word and the word behind its last."""
    for match in pattern.finditer(line):
        first = line.count(" ", 0, match.start())
        yield first, first + match[0].count(" ") + 1, match
