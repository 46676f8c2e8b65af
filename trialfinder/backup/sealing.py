"""Encryption of a file that is written and read in pieces, in constant memory.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its
Nonce-Reuse Misuse-Resistance, https://eprint.iacr.org/2015/189) laid out as age does (https://c2sp.org/age):
pieces of 64 KiB, each sealed with a nonce of an 11-byte counter and one byte that marks the last piece,
under a key of this file alone (HKDF of the given one with a random salt). So a piece changed, left out, moved
or cut off is noticed. The cipher is AES-256-GCM.
"""

import io
import os
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from trialfinder.backup import BackupError

MAGIC = b"trialfinder sealed backup 1\n"
SALT = 16
PIECE = 64 * 1024
TAG = 16
WRONG = "The backup cannot be opened: BACKUP_KEY is another one, or the file was changed or cut off."


class SealedWriter(io.RawIOBase):
    """Encrypts what is written to it into `file`. Only `close` writes the mark of the end."""

    def __init__(self, file: IO[bytes], key: str) -> None:
        salt = os.urandom(SALT)
        self._file, self._cipher = file, _cipher(key, salt)
        self._waiting, self._number = bytearray(), 0
        file.write(MAGIC + salt)

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self._waiting += data
        while len(self._waiting) > PIECE:  # the last piece, which is marked, is never empty
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._seal(bytes(self._waiting), last=True)
        super().close()

    def _seal(self, piece: bytes, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last), piece, None))
        self._number += 1


class SealedReader(io.RawIOBase):
    """Reads what a `SealedWriter` wrote, from any place in it. Raises `BackupError` at a wrong piece."""

    def __init__(self, file: IO[bytes], key: str) -> None:
        self._file = file
        file.seek(len(MAGIC))
        self._cipher = _cipher(key, file.read(SALT))
        sealed = file.seek(0, io.SEEK_END) - len(MAGIC) - SALT
        self._pieces = -(-sealed // (PIECE + TAG))
        self._size = sealed - self._pieces * TAG
        if self._size < 0:
            raise BackupError(WRONG)
        self._at, self._open = 0, (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if self._at < 0:
            raise OSError("a place before the beginning")
        return self._at

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        if self._at >= self._size:
            return 0
        number, begin = divmod(self._at, PIECE)
        found = self._piece(number)[begin : begin + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def _piece(self, number: int) -> bytes:
        if self._open[0] != number:
            self._file.seek(len(MAGIC) + SALT + number * (PIECE + TAG))
            sealed = self._file.read(PIECE + TAG)
            try:
                piece = self._cipher.decrypt(_nonce(number, number == self._pieces - 1), sealed, None)
            except InvalidTag:
                raise BackupError(WRONG) from None
            self._open = (number, piece)
        return self._open[1]


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _cipher(key: str, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), length=32, salt=salt, info=MAGIC).derive(key.encode()))
