"""Registry ids in addresses: any registry's, slashes included."""


class RegistryIdConverter:
    """`NCT00000001`, `CTRI/2026/01/000001`, `ctri-2026-01-000001`.

    Runs of letters and digits, joined by a slash or a hyphen, with a digit somewhere: no page of ours
    is called so. Whether a trial has the id is for the catalogue to say.
    """

    regex = r"(?=[^?#]*[0-9])[A-Za-z0-9]+(?:[-/][A-Za-z0-9]+)*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
