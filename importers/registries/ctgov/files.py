"""Saved studies of API v2."""

from importers.files.documents import gunzipped, json_document, json_lines, nested

KINDS = {
    ".json": json_document,
    ".json.gz": gunzipped(json_document),
    ".jsonl": json_lines,
    ".jsonl.gz": gunzipped(json_lines),
    ".zip": nested,
}
