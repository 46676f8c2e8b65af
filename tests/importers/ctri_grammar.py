"""CTRI pages of both skins from values, with every liberty their markup takes. `page(random)` is one of them.

Only what a browser would still show right is done to a page: closing tags left out where HTML lets them be,
tables inside tables, other attributes, comments, entities, encodings, spaces and case.
"""

import random
from dataclasses import dataclass, field
from html import escape

PMAINDET2, SHOWALLP = "pmaindet2", "showallp"
TITLES = ("CAR T cells in lymphoma", "A study of ≤ 2 doses in women’s cancer", "कैंसर में CAR T", "Cells & hope")
STATUSES = ("Open to Recruitment", "Not Yet Recruiting", "Completed", "Withdrawn", "", "Paused for tea")
PHASES = ("Phase 1", "Phase 1/ Phase 2", "Phase 0", "N/A", "Phase 9")
AGES = ("18.00 Year(s)", "6.00 Month(s)", "18 Year(s) 0 Month(s)", "Nil", "18.00")
SIZES = ("20", "1,200", "Nil", "", "some")
GENDERS = ("Both", "Female", "Transgender")
DISTRICTS = (("Pune", "MAHARASHTRA"), ("Vellore", "TAMIL NADU"), ("Hyderabad", "TELANGANA"))
CRITERIA = ("ECOG ≤ 1 & ANC > 1,000", "Relapsed <b>B-cell</b> lymphoma", "WBC < 4; women’s contraception", "")
NUMBER = "CTRI/2024/13/900777"

Row = tuple[str, ...]


@dataclass
class Values:
    """What a page is made from: the values a careful reader takes from it."""

    skin: str
    texts: dict[str, str] = field(default_factory=dict)
    pairs: dict[str, list[Row]] = field(default_factory=dict)
    lists: dict[str, list[Row]] = field(default_factory=dict)


ORDER = (
    "CTRI Number",
    "Last Modified On:",
    "Type of Trial",
    "Type of Study",
    "Public Title of Study",
    "Scientific Title of Study",
    "Secondary IDs if Any",
    "Details of Contact Person Public Query",
    "Primary Sponsor",
    "Details of Secondary Sponsor",
    "Countries of Recruitment",
    "Sites of Study",
    "Details of Ethics Committee",
    "Regulatory Clearance Status from DCGI",
    "Health Condition / Problems Studied",
    "Intervention / Comparator Agent",
    "Inclusion Criteria",
    "ExclusionCriteria",
    "Primary Outcome",
    "Target Sample Size",
    "Phase of Trial",
    "Estimated Duration of Trial",
    "Recruitment Status of Trial (Global)",
    "Recruitment Status of Trial (India)",
    "Brief Summary",
)
OPTIONAL = tuple(label for label in ORDER if label not in ("CTRI Number", "Public Title of Study"))


def values(chance: random.Random) -> Values:
    """Values of a record, with the words of the page."""
    skin = chance.choice((PMAINDET2, SHOWALLP))
    made = Values(skin)
    pick = chance.choice
    made.texts = {
        "CTRI Number": f"{NUMBER} [Registered on: 02/02/2024] Trial Registered Prospectively",
        "Last Modified On:": pick(("26/11/2025", "")),
        "Type of Trial": pick(("Interventional", "Observational", "Curious")),
        "Type of Study": pick(("Drug<br>Biological", "Stem Cell Therapy")),
        "Public Title of Study": pick(TITLES),
        "Scientific Title of Study": pick(TITLES),
        "Countries of Recruitment": pick(("India", "India<br>Germany")),
        "Target Sample Size": f'Total Sample Size="{pick(SIZES)}"<br>Sample Size from India="{pick(SIZES)}"',
        "Phase of Trial": pick(PHASES),
        "Estimated Duration of Trial": f'Years="{pick("012")}"<br>Months="{pick("046")}"<br>Days="0"',
        "Recruitment Status of Trial (Global)": pick((*STATUSES, "Not Applicable")),
        "Recruitment Status of Trial (India)": pick(STATUSES),
        "Brief Summary": pick(("A summary.", "<p>One.</p><p>Two.</p>", "")),
    }
    made.pairs = {
        "Details of Contact Person Public Query": [
            ("Name", "Dr Invented"),
            ("Phone", "000"),
            ("Email", "a@b.in"),
        ],
        "Primary Sponsor": [("Name", "Example Hospital"), ("Type of Sponsor", "Other [Self]")],
        "Inclusion Criteria": [
            ("Age From", pick(AGES)),
            ("Age To", pick(("75.00 Year(s)", "98.00", ""))),
            ("Gender", pick(GENDERS)),
            ("Details", pick(CRITERIA)),
        ],
        "ExclusionCriteria": [("Details", pick(CRITERIA))],
    }
    made.lists = _lists(chance, skin)
    return made


def _lists(chance: random.Random, skin: str) -> dict[str, list[Row]]:
    """Tables of columns, each with its headings first."""
    old = skin == PMAINDET2
    places = [chance.choice(DISTRICTS) for _ in range(chance.randint(1, 4))]
    endings = [f"{district} {state}" if old else f"{district}<br />&nbsp;" for district, state in places]
    sites = [(f"Dr S{n}", f"Hospital {n}", f"Road {n}<br />{end}", f"00{n}") for n, end in enumerate(endings)]
    person = "Name of Principal<br>Investigator" if old else "Contact Person"
    disease = "(1) ICD-10 Condition: C833||Diffuse lymphoma," if old else "Diffuse lymphoma"
    return {
        "Secondary IDs if Any": [
            ("Secondary ID", "Identifier" if old else "Registry"),
            ("P-1", "NCT01234567"),
        ],
        "Details of Secondary Sponsor": [("Name", "Address"), ("Second Sponsor", "Pune"), ("NIL", "NIL")],
        "Sites of Study": [(person, "Name of Site", "Site Address", "Phone/Fax/Email"), *sites],
        "Details of Ethics Committee": [
            ("Name of Committee", "Approval Status"),
            ("Committee", chance.choice(("Approved", "Submittted/Under Review"))),
        ],
        "Regulatory Clearance Status from DCGI": [("Status",), ("Not Applicable",)],
        "Health Condition / Problems Studied": [("Health Type", "Condition"), ("Patients", disease)],
        "Intervention / Comparator Agent": [
            ("Type", "Name", "Details"),
            *[("Intervention", f"CAR T {n}", "One infusion") for n in range(chance.randint(1, 3))],
            ("Comparator Agent", "NIL", "NIL"),
        ],
        "Primary Outcome": [("Outcome", "TimePoints"), ("Response", "Day 28")],
    }


class Writer:
    """Writes the markup of one page. `chance` decides each liberty where it is taken."""

    def __init__(self, chance: random.Random, made: Values) -> None:
        self.chance = chance
        self.made = made
        self.left_out = {label for label in OPTIONAL if chance.random() < 0.03}
        self.wrapping = chance.choice((0, 0.3, 1))
        self.forgetting = chance.choice((0, 0, 0.05))
        self.closing = chance.choice((1, 0.7, 0))

    def page(self) -> bytes:
        labels = [label for label in ORDER if label not in self.left_out]
        body = "\n".join(self.label_row(label) for label in labels)
        alert = "<script>alert('Search Keyword Cannot be Blank');window.close();</script>"
        head = alert if self.made.skin == SHOWALLP else ""
        html = f"<HTML><body><table><tr><td>FULL DETAILS</td></tr><tr><td>{head}<p><table border=1>\n{body}\n"
        return self.encoded(f"{html}</table></td></tr></table><script>x('')</script></body></HTML>")

    def encoded(self, html: str) -> bytes:
        way = self.chance.choice(("utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252", "twice"))
        if way in ("utf-8", "utf-8-sig", "utf-16"):
            return html.encode(way)
        for charset in ("cp1252", "latin-1") if way == "twice" else (way,):
            html = "".join(bytes([b]).decode(charset, "ignore") or chr(b) for b in html.encode())
        return html.encode()

    def label_row(self, label: str) -> str:
        row = f"<tr{self.attribute()}>{self.cell(self.label(label), '<b>')}"
        if label in self.made.texts and self.chance.random() < 0.1:
            row += f"</tr>\n<tr{self.attribute()}>"
        elif self.chance.random() < 0.05:
            row += "<!-- <td>REF/2024/01/900001</td> -->"
        row += self.cell(self.content(label)) + self.end("tr")
        return self.wrapped(row, "<tr><td>", "</td></tr>") if self.chance.random() < 0.1 else row

    def label(self, label: str) -> str:
        """A label in another case, with other spaces, with or without its colon and its link."""
        if self.made.skin == SHOWALLP:
            label = label.replace("Details of Contact Person", "Details Contact Person")
        text = self.chance.choice((label, label.upper(), label.lower(), label.replace(" ", "&nbsp;")))
        text = text.rstrip(":") + self.chance.choice(("", ":", " :", "&nbsp;", "&#160;"))
        if self.chance.random() < 0.2:
            href = "javascript:newwin2('pviewmod.php?trialid=1&blid=1')"
            text += f'<br /><a href="{href}"><font>Modification(s)</font></a>'
        return text

    def content(self, label: str) -> str:
        if label in self.made.texts:
            return self.text(self.made.texts[label])
        if label in self.made.pairs:
            rows = [self.row([f"<b>{name}", self.text(value)]) for name, value in self.made.pairs[label]]
            return self.wrapped("\n".join(rows), "", "")
        rows = [self.row([self.text(value) for value in row]) for row in self.made.lists[label]]
        if label == "Sites of Study":
            rows.insert(0, f'<tr><td colspan="4">No of Sites = <b>{len(rows) - 1} &nbsp;</td></tr>')
        return self.wrapped("\n".join(rows), "", "")

    def row(self, cells: list[str]) -> str:
        """A row of a list; now and then in two."""
        written = [self.cell(cell) for cell in cells]
        if len(written) > 2 and self.chance.random() < 0.05:
            written.insert(1, "</tr><tr>")
        return f"<tr{self.attribute()}>{''.join(written)}{self.end('tr')}"

    def wrapped(self, rows: str, before: str, after: str) -> str:
        """Rows in a table, and that in one or two more."""
        end = "" if not before and self.chance.random() < self.forgetting else "</table>"
        table = f"{before}<table{self.attribute()}>{rows}{end}{after}"
        while self.chance.random() < self.wrapping / 2:
            table = f"<table><tr><td>{table}{self.end('td')}{self.end('tr')}</table>"
            if before:
                table = f"{before}{table}{after}"
        return table

    def cell(self, content: str, tag: str = "") -> str:
        space = self.chance.choice(("", "&nbsp;", "\n  ", "\xa0"))
        return f"<td{self.attribute()}>{tag}{content}{space}{self.end('td')}"

    def end(self, name: str) -> str:
        return f"</{name}>" if self.chance.random() < self.closing else ""

    def attribute(self) -> str:
        return self.chance.choice(("", ' valign="top"', " width=50%", " bgcolor=\"#004080\" class='x'"))

    def text(self, value: str) -> str:
        """Signs as themselves or as entities."""
        if "<b" in value or "<p" in value or "&nbsp;" in value:
            return value
        if self.chance.random() < 0.3:
            return "".join(
                f"&#{ord(sign)};" if ord(sign) > 127 else escape(sign, quote=False) for sign in value
            )
        return value.replace("&", "&amp;")
