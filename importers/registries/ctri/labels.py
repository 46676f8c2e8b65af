"""The labels of a record page, in its order."""

import re

LABELS = {
    label_key: label
    for label in (
        "CTRI Number",
        "Last Modified On",
        "Acknowledgement Number",
        "Post Graduate Thesis",
        "Type of Trial",
        "Type of Study",
        "Study Design",
        "Public Title of Study",
        "Scientific Title of Study",
        "Trial Acronym",
        "Secondary IDs if Any",
        "Details of Principal Investigator or overall Trial Coordinator (multi-center study)",
        "Details of Contact Person Scientific Query",
        "Details of Contact Person Public Query",
        "Source of Monetary or Material Support",
        "Primary Sponsor",
        "Details of Secondary Sponsor",
        "Countries of Recruitment",
        "Sites of Study",
        "Details of Ethics Committee",
        "Regulatory Clearance Status from DCGI",
        "Health Condition / Problems Studied",
        "Intervention / Comparator Agent",
        "Inclusion Criteria",
        "Exclusion Criteria",
        "Method of Generating Random Sequence",
        "Method of Concealment",
        "Blinding/Masking",
        "Primary Outcome",
        "Secondary Outcome",
        "Target Sample Size",
        "Phase of Trial",
        "Date of First Enrollment (India)",
        "Date of Study Completion (India)",
        "Date of First Enrollment (Global)",
        "Date of Study Completion (Global)",
        "Estimated Duration of Trial",
        "Recruitment Status of Trial (Global)",
        "Recruitment Status of Trial (India)",
        "Publication Details",
        "Individual Participant Data (IPD) Sharing Statement",
        "Brief Summary",
    )
    for label_key in (re.sub(r"[^a-z0-9]", "", label.casefold()),)
} | {
    "detailscontactpersonscientificquery": "Details of Contact Person Scientific Query",
    "detailscontactpersonpublicquery": "Details of Contact Person Public Query",
    "recruitmentstatusindia": "Recruitment Status of Trial (India)",
    "recruitmentstatusglobal": "Recruitment Status of Trial (Global)",
}
"""Every label of a record, by its letters alone: skins differ in "of", colons, brackets and spaces."""

STRICT = (
    "CTRI Number",
    "Sites of Study",
    "Countries of Recruitment",
    "Recruitment Status of Trial (Global)",
    "Recruitment Status of Trial (India)",
)
"""Rows that decide whether a trial is open: where two of them differ the page is not taken."""

REQUIRED = (
    "Health Condition / Problems Studied",
    "Intervention / Comparator Agent",
    "Inclusion Criteria",
    "Exclusion Criteria",
    "Phase of Trial",
)
"""Rows every known page has, blank or not. A page without one of them is taken, and the row named."""
