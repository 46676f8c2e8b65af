"""Everything stored about imports."""

from importers.models.access import AlertSent, RegistryAccess, WorkerSeen
from importers.models.connection import ConnectionTry
from importers.models.crawl import CitedNumber, CtriTarget
from importers.models.links import TrialLink
from importers.models.places import PlaceAnswer
from importers.models.raw import RawRecord
from importers.models.runs import ImportProblem, ImportRun, RecordChange, RunPage, UploadedFile

__all__ = [
    "AlertSent",
    "CitedNumber",
    "ConnectionTry",
    "CtriTarget",
    "ImportProblem",
    "ImportRun",
    "PlaceAnswer",
    "RawRecord",
    "RecordChange",
    "RegistryAccess",
    "RunPage",
    "TrialLink",
    "UploadedFile",
    "WorkerSeen",
]
