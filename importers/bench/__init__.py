"""How well we do against what people decided: `manage.py bench`, and the floors of the tests.

What people decided lies beside the checkout (`../shared/benchmark`); it is never part of the project.
"""
