"""Keeps the parts and the embedded queue running until it is asked to stop."""

import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from trialfinder import embedded, orphans, parts
from trialfinder.embedded import EmbeddedServerError, valkey
from trialfinder.processes import Processes

SHORT_LIFE = 10.0
"""Seconds. A part that ends sooner at the first start will not do better the next time."""
LONG_LIFE = 600.0
"""Seconds after which a part that ends is started again at once, whatever happened before."""
LONGEST_PAUSE = 60.0
LOOK_EVERY = 0.1
QUEUE_EVERY = 2.0
WORKER_EVERY = 60.0
WORKER_WARM_UP = 300.0
"""Seconds that a worker may take until it has spoken to its queue."""


class Pauses:
    """How long to wait before a part is started again: not at all, then 1, 2, 4 ... seconds as it goes on."""

    def __init__(self) -> None:
        self.ends: dict[str, int] = {}

    def after(self, name: str, age: float) -> float:
        """Seconds to wait for a part that ended at this age."""
        ends = 0 if age > LONG_LIFE else self.ends.get(name, 0)
        self.ends[name] = ends + 1
        return min(2.0 ** (ends - 1), LONGEST_PAUSE) if ends else 0.0


class Supervisor:
    """`run` returns when asked to stop, or the name of a part that cannot run at all."""

    def __init__(self, processes: Processes, data_dir: Path, say: Callable[[str], None]) -> None:
        self.processes = processes
        self.data_dir = data_dir
        self.say = say
        self.pauses = Pauses()
        self.is_noted = True
        self.due: dict[str, float] = {}
        self.looked_at: dict[str, float] = {}

    def start(self, name: str) -> None:
        """Start a part, and note it for the next start, in case this launcher is killed."""
        self.processes.start(name)
        self._note()

    def _note(self) -> None:
        """Where the disk is full, later: whatever else a part needs, it runs."""
        try:
            orphans.note(self.data_dir, {name: part.pid for name, part in self.processes.running.items()})
        except OSError as error:
            if self.is_noted:
                self.say(f"{self.data_dir} cannot be written to: {error.strerror}.")
            self.is_noted = False
        else:
            self.is_noted = True

    def run(self, stopping: Callable[[], bool], when_ready: Callable[[], None]) -> str:
        ready = False
        while not stopping():
            if failed := self._after_ends(ready):
                return failed
            self._start_due()
            if self._time_for("queue", QUEUE_EVERY):
                self._keep_queue()
                if not self.is_noted:
                    self._note()
            if self._time_for("worker", WORKER_EVERY):
                self._look_after_worker()
            if not ready and parts.is_healthy():
                ready = True
                when_ready()
            self.processes.listen(LOOK_EVERY)
        return ""

    def _after_ends(self, ready: bool) -> str:
        """Plan the next start of a part that was killed, for want of memory say; its name if none helps."""
        ended = self.processes.ended()
        if not ended:
            return ""
        age = self.processes.age(ended)
        if age < SHORT_LIFE and not ready:
            self.processes.listen(0)  # its last words
            return ended
        pause = self.pauses.after(ended, age)
        self.processes.clear(ended)
        self.due[ended] = time.monotonic() + pause
        later = f" in {pause:.0f} s" if pause else ""
        self.say(f"{ended} ended by itself and is started again{later}.")
        return ""

    def _start_due(self) -> None:
        for name in [name for name, at in self.due.items() if at <= time.monotonic()]:
            del self.due[name]
            self.start(name)

    def _time_for(self, what: str, every: float) -> bool:
        now = time.monotonic()
        if now - self.looked_at.get(what, now - every) < every:
            return False
        self.looked_at[what] = now
        return True

    def _keep_queue(self) -> None:
        """The embedded queue is a server of its own: only the supervisor starts it again."""
        if embedded.valkey_url(self.data_dir) != settings.CELERY_BROKER_URL or valkey.answers(self.data_dir):
            return
        self.say("The queue (Valkey) ended by itself and is started again.")
        try:
            valkey.start(self.data_dir)
        except EmbeddedServerError as error:
            self.say(str(error))

    def _look_after_worker(self) -> None:
        """A worker that lost its queue and does not find back is started anew; its tasks come again."""
        if "worker" not in self.processes.running or self.processes.age("worker") < WORKER_WARM_UP:
            return
        readiness = parts.readiness()
        if readiness.get("queue") == "ok" and readiness.get("worker") in ("late", "never"):
            self.say("The worker has not reached its queue for minutes and is started again.")
            self.processes.clear("worker")
            self.start("worker")
