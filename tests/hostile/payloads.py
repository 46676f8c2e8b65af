"""What a registry, a visitor or an attacker may write, each with a word by which it is found again.

Lone surrogates and NUL are there as JSON can carry them. `EVERYTHING` is one text with all of it.
"""

MARK = "zqx"
"""Stands in every payload and nowhere else."""

MARKUP = {
    "script": f"<script>{MARK}(1)</script>",
    "image": f"<img src={MARK} onerror={MARK}(2)>",
    "attribute": f'" onmouseover="{MARK}(3)" x="',
    "single quotes": f"' autofocus onfocus='{MARK}(4)",
    "out of a field": f"</textarea></title></style></option><svg onload={MARK}(5)>",
    "out of JSON-LD": f'"}}</script><script>{MARK}(6)</script>',
    "comment": f"--><{MARK}-element>",
    "section": f"]]><{MARK}-element/>&{MARK};&lt;b&gt;",
    "markdown": f"[{MARK}](javascript:{MARK}(7)) ![{MARK}](data:text/html,{MARK}) <http://{MARK}.example>",
    "template": f"{{{{ {MARK}|safe }}}}{{% {MARK} %}}{{# {MARK} #}}",
    "formats": f"%({MARK})s %s %d %n %% {{{MARK}}} {{0}} ${{{MARK}}}",
    "header": f"{MARK}\r\nBcc: {MARK}@example.org\r\nContent-Type: text/html\r\n\r\n<b>{MARK}</b>",
}
CHARACTERS = {
    "override": f"\u202e{MARK}\u202d",
    "embedding": f"\u202a\u202b{MARK}",
    "isolate": f"\u2066\u2067\u2068{MARK}",
    "marks of direction": f"\u200e\u200f\u061c{MARK}",
    "zero width": f"\u200b\u2060\ufeff\u00ad{MARK}",
    "tags": f"{MARK}\U000e0041\U000e007f",
    "control": f"\x00\x01\x07\x08\x0b\x0c\x1b\x1f\x7f\x85\x9b{MARK}",
    "surrogates": f"\ud800{MARK}\udfff",
    "no characters": f"\ufffe\uffff\ufdd0{MARK}",
    "line ends": f"\u2028\u2029{MARK}",
    "pile": MARK + "e" + "\u0301\u0337\u0489" * 60,
}
BEGINNINGS = {
    "script address": f"javascript:{MARK}(8)//",
    "hidden script address": f"\x01 java\tscript:{MARK}(9)//",
    "data address": f"data:text/html,<script>{MARK}(10)</script>",
    "foreign address": f"//{MARK}.example/",
    "formula": f'=HYPERLINK("http://{MARK}.example";"{MARK}")',
    "plus": f"+{MARK}|' /C calc'!A0",
    "at": f"@SUM({MARK})",
    "tab": f"\t={MARK}",
    "wide": f"＝{MARK}",
    "after nothing": f"\u200b={MARK}",
}
"""What harms at the beginning of a cell or an address."""
EVERYTHING = " ".join([*MARKUP.values(), *CHARACTERS.values()])
TYPED = EVERYTHING.encode("utf-8", "ignore").decode().replace("\0", "")
"""The same as a browser can send it in a form."""
LONG_WORD = MARK + "W" * 1_000_000
LONG_LINE = f"{MARK} lymphoma " * 50_000
SHORT = f'"><img src={MARK} onerror={MARK}(11)>\u202e\u2067</script>{{{{ {MARK} }}}}%({MARK})s\u2028='
"""Where a field takes no more."""
