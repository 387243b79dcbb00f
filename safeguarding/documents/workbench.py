"""Reads one file that came from outside and writes it anew, in a process of its own that can do little.

Started by cleaning.py as a program: the kind is its argument, the file comes by standard input, the
clean one leaves by standard output, and the exit code says why there is none. What the reader of a PDF or a
picture could be made to do by a crafted file, it does here: without our keys, records, files or much
memory. Windows has no such limits in Python: there only the time is limited, by whoever started this.
"""

import io
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any

SECONDS = 4
MEMORY = 768 * 1024 * 1024  # of addresses; what is really used stays far below
OPEN_FILES = 16
MOST_OUT = 20 * 1024 * 1024
MOST_UNPACKED = 50 * 1024 * 1024
MOST_PAGES = 2000
MOST_OBJECTS = 200_000
MOST_PIXELS = 40_000_000
DEEPEST = 50

LIVELY, PICTURES, HUGE, NOT_WHAT_IT_SAYS = 10, 11, 12, 13

ACTS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Movie", "/Sound", "/Rendition",
    "/RichMedia", "/RichMediaExecute", "/GoToR", "/GoToE", "/GoTo3DView", "/Trans", "/Thread"}  # fmt: skip
HOLDS = {
    "/JS",
    "/JavaScript",
    "/EmbeddedFiles",
    "/EmbeddedFile",
    "/EF",
    "/XFA",
    "/RichMediaContent",
}
OF_THE_WHOLE = ("/OpenAction", "/AA", "/Metadata", "/PieceInfo", "/Collection", "/URI", "/AF")
OF_A_PAGE = ("/AA", "/Metadata", "/PieceInfo", "/Thumb", "/AF", "/LastModified")


ORIENTATION = 0x0112  # where a picture says how the camera was held
# What puts it upright, by the numbers that Pillow has for turning and mirroring.
TURNED = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
NOT_DRAWN = {"/ObjStm", "/XRef", "/Metadata"}
INLINE = re.compile(rb"(?:^|\s)BI\s[^>]{0,600}?\sID\s")


class RefusedError(Exception):
    """Why a file is not taken."""


def limit(seconds: int = SECONDS, memory: int = MEMORY) -> None:
    """From here on: little time, little memory, no file written, no other program."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (most, most))


def pdf(content: bytes, *, pictures: bool) -> bytes:
    """The same pages without anything that acts, and without what it says about its maker."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            _look_at_pages(opened, pictures=pictures)
            _strip(opened)
            out = io.BytesIO()
            opened.save(out, deterministic_id=True, compress_streams=True)
    except (
        pikepdf.PdfError,
        pikepdf.PasswordError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
    ):
        raise RefusedError(NOT_WHAT_IT_SAYS) from None
    except (RecursionError, MemoryError):
        raise RefusedError(HUGE) from None
    return out.getvalue()


def _look_at_pages(opened: Any, *, pictures: bool) -> None:
    if opened.is_encrypted or not len(opened.pages):
        raise RefusedError(NOT_WHAT_IT_SAYS)
    if len(opened.pages) > MOST_PAGES or len(opened.objects) > MOST_OBJECTS:
        raise RefusedError(HUGE)
    for page in opened.pages:
        page.contents_coalesce()  # so that nothing begins in one stream and ends in the next
    for thing in opened.objects:
        _look_into(thing, pictures=pictures)


def _look_into(thing: Any, *, pictures: bool) -> None:
    for part in _dictionaries(thing, 0):
        _look_at_names(part, pictures=pictures)
    drawn = _unpacked(thing)
    if len(drawn) > MOST_UNPACKED:
        raise RefusedError(HUGE)
    if not pictures and INLINE.search(drawn):  # a picture written straight into what draws a page
        raise RefusedError(PICTURES)


def _unpacked(thing: Any) -> bytes:
    import pikepdf

    if not isinstance(thing, pikepdf.Stream) or str(thing.get("/Type")) in NOT_DRAWN:
        return b""
    is_picture = str(thing.get("/Subtype")) == "/Image"
    return b"" if is_picture else bytes(thing.read_bytes())


def _dictionaries(thing: Any, depth: int) -> Iterator[Any]:
    """Those of one object and inside it; what it points to is an object of its own."""
    import pikepdf

    if depth > DEEPEST:
        raise RefusedError(HUGE)
    inside: Iterable[Any] = ()
    if isinstance(thing, pikepdf.Array):
        inside = thing
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        yield thing
        inside = [thing[name] for name in thing.keys()]  # noqa: SIM118  a stream has no other way
    for part in inside:
        if isinstance(part, pikepdf.Object) and not part.is_indirect:
            yield from _dictionaries(part, depth + 1)


def _look_at_names(thing: Any, *, pictures: bool) -> None:
    names = set(thing.keys())
    kinds = {str(thing.get(name)) for name in ("/S", "/Subtype", "/Type") if name in names}
    if names & HOLDS or kinds & ACTS or kinds & HOLDS:
        raise RefusedError(LIVELY)
    if "/Image" in kinds and not pictures:
        raise RefusedError(PICTURES)


def _strip(opened: Any) -> None:
    for page in opened.pages:
        _drop(page.obj, OF_A_PAGE)
    _drop(opened.Root, OF_THE_WHOLE)
    _drop(opened.trailer, ("/Info",))


def _drop(thing: Any, names: Iterable[str]) -> None:
    for name in names:
        if name in thing:
            del thing[name]


def picture(content: bytes, ending: str) -> bytes:
    """The same picture drawn anew: no place, no camera, no preview, nothing behind its end."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    kind = "PNG" if ending == "png" else "JPEG"
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise RefusedError(HUGE)
            opened.load()
            drawn = _on_white(_upright(opened))
    except (OSError, SyntaxError, ValueError):
        raise RefusedError(NOT_WHAT_IT_SAYS) from None
    except (Image.DecompressionBombError, MemoryError):
        raise RefusedError(HUGE) from None
    clean = Image.new("RGB", drawn.size)
    clean.paste(drawn)
    out = io.BytesIO()
    clean.save(out, kind, quality=90)
    return out.getvalue()


def _upright(opened: Any) -> Any:
    """Turned as it was held: a camera only notes that, and the note is not kept."""
    turn = TURNED.get(opened.getexif().get(ORIENTATION))
    return opened if turn is None else opened.transpose(turn)


def _on_white(drawn: Any) -> Any:
    """What can be seen through lies on white, as on paper: dark words would vanish on black."""
    from PIL import Image

    if not drawn.has_transparency_data:
        return drawn.convert("RGB")
    seen = drawn.convert("RGBA")
    white = Image.new("RGB", seen.size, "white")
    white.paste(seen, mask=seen.getchannel("A"))
    return white


def worked_on(kind: str, content: bytes, *, pictures: bool) -> bytes:
    """The clean file; RefusedError with a code of ours says why there is none."""
    clean = pdf(content, pictures=pictures) if kind == "pdf" else picture(content, kind)
    if len(clean) > MOST_OUT:
        raise RefusedError(HUGE)
    return clean


def main() -> None:
    kind, *more = sys.argv[1:]
    import pikepdf  # noqa: F401  while files may still be opened
    from PIL import JpegImagePlugin, PngImagePlugin  # noqa: F401

    limit()
    try:
        clean = worked_on(kind, sys.stdin.buffer.read(), pictures="pictures" in more)
    except RefusedError as refused:
        sys.exit(refused.args[0])
    except MemoryError:
        sys.exit(HUGE)
    sys.stdout.buffer.write(clean)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
