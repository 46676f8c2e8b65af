"""Every way in which a registry cannot be read. The messages are for people."""


class RegistryError(Exception):
    """A registry could not be read. The message is for people."""

    again = False  # whether trying again may help


class Unreachable(RegistryError):
    """No answer: no network, no such host, refused, or timed out."""

    again = True


class Untrusted(Unreachable):
    """The server's certificate was refused: nothing was sent. A person has to see to it."""

    again = False


class Misconfigured(Unreachable):
    """A setting of ours is wrong: nothing was sent."""

    again = False


class Blocked(RegistryError):
    """403: the registry, or a firewall before it, does not want us. Never tried again at once."""


class Busy(RegistryError):
    """429 or 5xx. `retry_after` is how long the registry asks us to wait, in seconds, if it says."""

    again = True

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class BadAnswer(RegistryError):
    """Something else than was asked for: a web page, half a document, no JSON."""

    again = True


class Refused(RegistryError):
    """Any other answer than 200, or one that sends us to another host.

    `status` is the answer's, 0 for a redirect we do not follow; `reason` is its plain text, if it has any.
    """

    def __init__(self, message: str, status: int = 0, reason: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.reason = reason


class Incomplete(RegistryError):
    """Every answer could be read, but together they are not the whole: ask everything again."""


class NotFound(RegistryError):
    """404: the registry has no such record."""


class TooLarge(RegistryError):
    """A response over the cap."""
