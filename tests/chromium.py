"""Debian's Chromium, where there is one."""

import shutil

WITH_WINDOWS = shutil.which("chromium") or shutil.which("chromium-browser")
CHROMIUM = shutil.which("chromium-headless-shell") or WITH_WINDOWS
"""The one without windows needs a third of the processor time for each new page."""
