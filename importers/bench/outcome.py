"""What `make bench` measured, in one file: each part of it adds its own."""

import json
import os
import platform
from pathlib import Path

OUT = Path("bench.json")


def keep(part: str, found: object) -> None:
    """Write one part beside the others, and the machine they were measured on."""
    known = json.loads(OUT.read_text(encoding="utf-8")) if OUT.exists() else {}
    known |= {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load": round(os.getloadavg()[1], 1),
        part: found,
    }
    OUT.write_text(json.dumps(known, indent=1, ensure_ascii=False), encoding="utf-8")
