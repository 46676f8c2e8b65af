"""The parameters of a search for the API's document. What they may be is decided in `trials.search`."""

from typing import Any

from trials import registries, vocabulary
from trials.search.filter_row import Filter
from trials.search.filters import FILTERS
from trials.search.found import PAGE_SIZE
from trials.search.walk import LARGEST_PAGE
from trials.vocabulary.places import states

CLOSED = {
    "condition": list(vocabulary.conditions()),
    "target": [target.name for target in vocabulary.targets().values()],
    "product": [product.name for product in vocabulary.products().values()],
    "state": [state.slug for state in states().values()],
    "registry": registries.slugs(),
}
"""Values in their own spelling. Capitals do not matter, and targets, products and places have other names."""
ABOUT = {
    "page_size": f"Results a page, 1 to {LARGEST_PAGE}; {PAGE_SIZE} where it is not given.",
    "cursor": "The `next_cursor` of an answer to the same search: what comes after it. Not beside `page`.",
}


def _parameter(name: str, about: str, schema: dict[str, Any]) -> dict[str, Any]:
    schema = _or_empty(schema)
    return {"name": name, "in": "query", "required": False, "description": about, "schema": schema}


def _or_empty(schema: dict[str, Any]) -> dict[str, Any]:
    """An empty value is the same as none: forms send one for every field that was left empty."""
    if schema["type"] == "array":
        return schema | {"items": _or_empty(schema["items"])}
    if schema["type"] == "string":
        return schema | ({"enum": [*schema["enum"], ""]} if "enum" in schema else {})
    default = {name: schema[name] for name in ("default",) if name in schema}
    return {"anyOf": [schema, {"type": "string", "enum": [""]}]} | default


def _of_filter(one: Filter) -> dict[str, Any]:
    schema = one.schema()
    if one.name in CLOSED:
        schema["items"]["enum"] = CLOSED[one.name]
    if one.name == "page":
        schema = {"type": "integer", "minimum": 1}
    return _parameter(one.name, str(one.about), schema)


SEARCH = [*map(_of_filter, FILTERS)]
"""Those of every search; a list that is read page by page has two more."""
TRIALS = [
    *SEARCH,
    _parameter(
        "page_size",
        ABOUT["page_size"],
        {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE},
    ),
    _parameter("cursor", ABOUT["cursor"], {"type": "string"}),
]
