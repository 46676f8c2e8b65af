"""The document of the API: who, where, on what terms, with which words."""

from typing import Any

import pytest
from ninja import Schema

from trials import vocabulary
from trials.api import detail_schemas, examples, schemas
from trials.api.root import api
from trials.choices import Phase, Role, Status

SCHEMAS: dict[str, type[Schema]] = {
    "trials": schemas.TrialsOut,
    "trial": detail_schemas.OneTrialOut,
    "conditions": schemas.ConditionsOut,
    "sites": schemas.SitesOut,
    "status": schemas.StatusOut,
}
DOCUMENT: dict[str, Any] = api.get_openapi_schema()


@pytest.mark.parametrize("name", SCHEMAS)
def test_examples_are_of_their_schemas(name: str) -> None:
    example = examples.ANSWERS[name]
    read = SCHEMAS[name].model_validate(example).model_dump(mode="json", exclude_unset=True)
    assert read == example


def test_every_operation_has_an_example_a_tag_and_its_errors() -> None:
    for operations in DOCUMENT["paths"].values():
        operation = operations["get"]
        for media, content in operation["responses"][200]["content"].items():
            assert media != "application/json" or "example" in content
        assert operation["tags"][0] in {tag["name"] for tag in DOCUMENT["tags"]}
        assert list(operation["responses"][400]["content"]) == ["application/problem+json"]


def test_it_says_where_who_and_on_what_terms() -> None:
    info = DOCUMENT["info"]
    assert DOCUMENT["servers"][0]["url"].startswith("http")
    assert info["license"]["url"] == info["contact"]["url"].replace("/about/", "/open-data/")


def test_closed_words_are_listed() -> None:
    trial = DOCUMENT["components"]["schemas"]["TrialOut"]["properties"]
    assert trial["status"]["enum"] == list(Status.values)
    assert trial["role"]["enum"] == list(Role.values)
    assert trial["phases"]["items"]["enum"] == list(Phase.values)
    assert trial["conditions"]["items"]["enum"] == list(vocabulary.conditions())
    parameters = {
        one["name"]: one["schema"] for one in DOCUMENT["paths"]["/api/v1/trials"]["get"]["parameters"]
    }
    assert parameters["condition"]["items"]["enum"] == [*vocabulary.conditions(), ""]
    assert parameters["sort"]["enum"] == ["relevance", "updated", "distance", ""]
