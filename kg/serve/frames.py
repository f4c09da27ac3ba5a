"""How the server and a worker talk over a pipe: a length, a JSON header, and bytes.

JSON and not pickle, so that a worker that was led astray by a query can say nothing that runs in the server.
"""

from __future__ import annotations

import json
import struct
from typing import Any

# Lengths of the header and of the body, in bytes.
PREFIX = struct.Struct("!II")


def pack(header: dict[str, Any], body: bytes = b"") -> bytes:
    """A frame, ready to be sent."""
    encoded = json.dumps(header).encode("ascii")
    return PREFIX.pack(len(encoded), len(body)) + encoded + body
