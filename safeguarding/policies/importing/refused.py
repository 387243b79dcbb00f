"""Why a file is not read. Its words are a key of `kinds.WHY`, which has the sentence."""


class RefusedError(Exception):
    """A file that is not taken."""
