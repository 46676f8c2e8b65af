"""What a hospital's own public words say, from the values its coordinators wrote."""

from typing import Any

from trials.record import Contact


def own_contact(value: Any) -> Contact | None:
    """The contact of `ListingEdit.Field.CONTACT`; None where the hospital gives none."""
    if not isinstance(value, dict):
        return None
    numbers = dict.fromkeys(filter(None, (value.get("phone"), value.get("whatsapp"))))
    email, name = value.get("email", ""), value.get("name", "")
    return Contact(name=name, email=email, phone=", ".join(numbers)) if numbers or email or name else None
