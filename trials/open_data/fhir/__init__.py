"""Trials as FHIR R4: `ResearchStudy`, and a Bundle of them."""
