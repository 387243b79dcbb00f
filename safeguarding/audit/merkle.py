"""One number for many: the tree of RFC 9162 over leaves, and the proof that a leaf is in it."""

import hashlib
from collections.abc import Sequence


def leaf(content: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + content).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two that is smaller than a size above one."""
    return 1 << ((size - 1).bit_length() - 1)


def root(leaves: Sequence[bytes]) -> bytes:
    """The number for all of these leaves, given as their digests."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    left = _split(len(leaves))
    return _node(root(leaves[:left]), root(leaves[left:]))


def path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """What one needs beside the leaf at this place to reach the root, from the leaf upwards."""
    if len(leaves) == 1:
        return []
    left = _split(len(leaves))
    if index < left:
        return [*path(leaves[:left], index), root(leaves[left:])]
    return [*path(leaves[left:], index - left), root(leaves[:left])]
