"""What the worker does for packs. Safe to run twice."""

import logging
from uuid import UUID

from django.db import transaction
from django_tasks import task

from foundation import fence
from foundation.errors import RuleBroken
from safeguarding.documents import files
from safeguarding.governance.models import PackPaper
from safeguarding.governance.pack import as_pdf

Stage = PackPaper.Stage
logger = logging.getLogger(__name__)


@task()
def set_pack(setting: str, pk: str) -> None:
    """Set a pack on paper, once, and keep the PDF. Whatever stops it is said on its page."""
    with fence.inside(UUID(setting)):
        rows = PackPaper.objects.filter(pk=pk, file=None).exclude(stage=Stage.STOPPED)
        paper = rows.select_related("pack", "setting").first()
        if paper is not None:
            _set(paper)


def _set(paper: PackPaper) -> None:
    found = PackPaper.objects.filter(pk=paper.pk)
    found.update(stage=Stage.SETTING)
    try:
        content = as_pdf(paper.content)
        with transaction.atomic():
            kept = files.keep_ours(
                paper.setting, f"duties-{paper.pack.as_of:%Y-%m-%d}.pdf", content
            )
            found.update(stage=Stage.READY, file=kept)
    except (RuleBroken, OSError, RuntimeError):  # no room, no disk, or what cannot be set
        logger.exception("A pack could not be set on paper.")
        found.update(stage=Stage.STOPPED)
