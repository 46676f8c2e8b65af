"""The coordinators' workspace: listings kept true by the people who run the trials.

`rights` says who may do what, and nothing else does. What people say is kept apart from what registries
say (`models`), and `trials.catalogue.compose` decides whose word wins.
"""
