"""No template, style or script names another site to load anything from."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ELSEWHERE = r"""\s*["'(]?\s*(?:[a-z]+:)?//"""
LOADS = re.compile(
    rf"""<(?:script|img|iframe|source|video|audio|embed|object|track|use|image|input)\b[^>]*?\s
        (?:src|srcset|data|href|poster)={ELSEWHERE}
    | <link\b(?=[^>]*\brel=["'](?:[\w-]+\s)*(?:stylesheet|icon|preload|prefetch|preconnect|dns-prefetch
        |manifest|modulepreload|apple-touch-icon)\b)[^>]*?\shref={ELSEWHERE}
    | @import\b
    | \burl\({ELSEWHERE}
    | \b(?:fetch|importScripts|import|WebSocket|EventSource|sendBeacon|open)\({ELSEWHERE}
    | \bfrom\s+["'](?:[a-z]+:)?//""",
    re.I | re.X,
)


def sources() -> Iterator[Path]:
    for folder in ("templates", "trials", "importers", "trialfinder"):
        for pattern in ("*.html", "*.css", "*.js", "*.svg", "*.txt"):
            yield from (ROOT / folder).rglob(pattern)


def test_nothing_is_loaded_from_elsewhere() -> None:
    files = [path for path in sources() if "vocabulary" not in path.parts]
    found = {str(path.relative_to(ROOT)): LOADS.findall(path.read_text(encoding="utf-8")) for path in files}
    assert (len(files) > 200, {path: words for path, words in found.items() if words}) == (True, {})


@pytest.mark.parametrize(
    "text",
    [
        '<script defer src="https://a.example/x.js">',
        "<img alt='' src=//a.example/x.png>",
        '<link rel="preload stylesheet" href="https://a.example/x.css">',
        '<link href="//a.example/i.png" rel="icon">',
        "@import 'x.css'",
        "background: url(https://a.example/x.png)",
        'fetch("https://a.example/")',
        'import x from "https://a.example/x.js"',
    ],
)
def test_what_loads_from_elsewhere_is_found(text: str) -> None:
    assert LOADS.search(text)


@pytest.mark.parametrize(
    "text",
    [
        '<a href="https://a.example/">',
        '<link rel="canonical" href="https://a.example/">',
        '<img src="/static/x.png">',
        "url(#part)",
    ],
)
def test_links_and_our_own_files_are_not(text: str) -> None:
    assert not LOADS.search(text)
