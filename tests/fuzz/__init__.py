"""Everything that strangers' bytes reach, fed with bytes a fuzzer makes: `make fuzz`.

`targets` says what is fed and what may come of it, `__main__` runs Atheris, and `corpus` keeps the inputs
that once broke something; `tests/trialfinder/test_fuzz_corpus.py` feeds them again in every test run.
"""
