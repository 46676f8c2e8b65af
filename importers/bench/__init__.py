"""How well we do against what people decided: `manage.py bench`, and the floors of the tests.

What people decided about real records lies beside the checkout (`../shared/benchmark`) and is never part of
the project; `invented.py` measures rows that were invented for it.
"""
