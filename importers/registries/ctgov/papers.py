"""Papers, links and documents that a study names, and who answers for it."""

from importers.registries.ctgov import results_shape as shape
from trials.record import PartialDate
from trials.results_record import (
    DataSharing,
    Document,
    ExpandedAccess,
    Link,
    Paper,
    ResponsibleParty,
)

DOCUMENTS_URL = "https://cdn.clinicaltrials.gov/large-docs"
"""Where the registry's own pages point to: /<last two digits>/<number>/<file name>."""
FIRST = ("RESULT", "DERIVED")
"""Papers about the trial itself come before those that led to it."""
SENT, TAKEN_BACK = "RELEASE", "UNRELEASE"
SENT_OR_NOT = (SENT, TAKEN_BACK)
"""What the team does; RESET is the registry's answer that something is to be mended."""
MOST_PAPERS = 100
MOST_LINKS = 20
LONGEST = 1500
"""Characters of one text."""


def papers(module: shape.References) -> tuple[Paper, ...]:
    """Those about the trial first, each kind in the registry's order."""
    kept = [reference for reference in module.references if reference.citation or reference.pmid]
    about = [reference for reference in kept if reference.type in FIRST]
    others = [reference for reference in kept if reference.type not in FIRST]
    return tuple(_paper(reference) for reference in (*about, *others)[:MOST_PAPERS])


def _paper(reference: shape.Reference) -> Paper:
    withdrawn = (one.source or one.pmid for one in reference.retractions[:MOST_LINKS])
    return Paper(
        citation=reference.citation[:LONGEST],
        kind=reference.type,
        pmid=reference.pmid,
        retracted_by=tuple(notice[:LONGEST] for notice in withdrawn if notice),
    )


def links(module: shape.References) -> tuple[Link, ...]:
    """What the team points to, each address once."""
    found = {link.url: Link(link.url, link.label[:LONGEST]) for link in module.see_also_links if link.url}
    return tuple(found.values())[:MOST_LINKS]


def documents(module: shape.Documents, nct_id: str) -> tuple[Document, ...]:
    """The files that the registry keeps; one without a name has no address."""
    return tuple(
        Document(
            label=document.label[:LONGEST],
            url=f"{DOCUMENTS_URL}/{nct_id[-2:]}/{nct_id}/{document.filename}" if document.filename else "",
            date=str(document.date),
            size=document.size,
            protocol=bool(document.has_protocol),
            analysis_plan=bool(document.has_sap),
            consent_form=bool(document.has_icf),
        )
        for document in module.large_document_module.large_docs[:MOST_LINKS]
    )


def sent(module: shape.Annotations) -> PartialDate | None:
    """The day the team last sent results that are not posted; None where it took them back after that."""
    events = module.annotation_module.unposted_annotation.unposted_events
    acts = sorted((event.date, event.type) for event in events if event.date and event.type in SENT_OR_NOT)
    return PartialDate(str(acts[-1][0])) if acts and acts[-1][1] == SENT else None


def expanded_access(info: shape.ExpandedAccessInfo) -> ExpandedAccess | None:
    if info.has_expanded_access is None:
        return None
    return ExpandedAccess(info.has_expanded_access, info.nct_id, info.status_for_nct_id)


def responsible_party(party: shape.Party) -> ResponsibleParty | None:
    """Who answers for the record; older records name a person or office without saying what it is."""
    found = ResponsibleParty(
        kind=party.type,
        name=party.investigator_full_name or party.old_name_title,
        title=party.investigator_title,
        affiliation=party.investigator_affiliation or party.old_organization,
    )
    return found if found != ResponsibleParty() else None


def data_sharing(module: shape.DataSharingJson) -> DataSharing | None:
    found = DataSharing(
        plan=module.ipd_sharing,
        description=module.description[:LONGEST],
        documents=module.info_types[:MOST_LINKS],
        time_frame=module.time_frame[:LONGEST],
        access=module.access_criteria[:LONGEST],
        url=module.url[:LONGEST],
    )
    return found if found != DataSharing() else None
