"""Backups: everything people said and everything fetched, in one file, checked on both ways.

`make.py` writes such a file and `restore.py` reads it back; `archive.py` is its form, `sealing.py` its
encryption, `tables.py` how a table is copied, `nightly.py` the backups of every night. Why not `pg_dump`:
`docs/adr/0010-backups.md`.
"""


class BackupError(Exception):
    """Why there is no backup, or no restore, in a sentence for the person at the terminal."""
