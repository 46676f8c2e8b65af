"""Pages for the stand-in CTRI of `importers.registries.ctri.fake`, made from saved ones."""

from pathlib import Path

from importers.fake.server import Fault

PAGES = Path(__file__).parent / "payloads/ctri"
CAR_T = (PAGES / "r01_2023_03_050689.html").read_bytes()
OTHER_SKIN = (PAGES / "s01_2018_13_900101.html").read_bytes()
NO_CAR_T = (PAGES / "r26_2019_05_018959.html").read_bytes()
SECURITY_CODE = Fault(body=(PAGES / "f05_security_code.html").read_bytes(), content_type="text/html")
TRUNCATED = Fault(body=CAR_T[: len(CAR_T) // 2], content_type="text/html")


def page(number: str, *, status: str = "Open to Recruitment") -> bytes:
    """The page of a CAR T trial under this CTRI number."""
    text = CAR_T.decode("utf-8", "replace").replace("CTRI/2023/03/050689", number)
    return text.replace("Open to Recruitment", status).encode()


def page_in_other_skin(number: str) -> bytes:
    """The same kind of page as `showallp.php` gives it."""
    return OTHER_SKIN.replace(b"CTRI/2018/13/900101", number.encode())


def page_without_car_t(number: str) -> bytes:
    return NO_CAR_T.replace(b"CTRI/2019/05/018959", number.encode())
