"""The proxy of docker-compose.yml, with its own file, on this machine."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "docker" / "Caddyfile"
CADDY = Path(sys.executable).with_name("caddy")


def command() -> list[str]:
    """What docker-compose.yml runs, here: its program and the place of its file are this machine's."""
    service = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["proxy"]
    shell, flag, script = service["command"]
    script = script.replace("$$", "$").replace("/etc/caddy/Caddyfile", str(FILE))
    return [shell, flag, script.replace("exec caddy", f"exec {CADDY}")]


@contextmanager
def serving(
    names: Sequence[str], port: int, webs: Sequence[int], home: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """For these names at this port, without HTTPS, before webs at these ports. `home`: an empty folder."""
    own = {
        "ALLOWED_HOSTS": ",".join(f"http://{name}:{port}" for name in names),
        "UPSTREAM": " ".join(f"127.0.0.1:{web}" for web in webs),
        "CADDY_ADMIN": "127.0.0.1:0",
    }
    folders = {"HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    program = subprocess.Popen(
        command(), env=os.environ | own | folders, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield program
    finally:
        program.terminate()
        program.wait(timeout=20)
