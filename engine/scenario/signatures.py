"""What kind of file begins with these bytes, where it is no text at all."""

from __future__ import annotations

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PAR1", "a Parquet file, such as the parts of a folder of results"),
    (b"PK\x03\x04", "a ZIP archive, as Excel, Word and OpenOffice save (export the sheet as CSV in UTF-8)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (export the sheet as CSV in UTF-8)"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document (copy its text into a plain text file)"),
    (b"{\\rtf", "a rich text document (save it as plain text in UTF-8)"),
    (b"\x1f\x8b", "a file packed by gzip"),
    (b"BZh", "a file packed by bzip2"),
    (b"\xfd7zXZ\x00", "a file packed by xz"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a file packed by zstd"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"ARROW1\x00\x00", "an Arrow file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\x93NUMPY", "an array of numpy"),
    (b"\x80\x04\x95", "a pickle of Python"),
    (b"bplist00", "a property list of macOS"),
)
"""First bytes, and what they are the first bytes of."""


def signature(raw: bytes) -> str | None:
    """What a file is by its first bytes, in a few words; None where they say nothing."""
    return next((what for mark, what in SIGNATURES if raw.startswith(mark)), None)
