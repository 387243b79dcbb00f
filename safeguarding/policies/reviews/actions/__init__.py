"""What can be done with reviews of policies."""

from .asking import ask_for_review, note_known_review, refuse_review
from .ending import answer_voice, record_outcome
from .hearing import say, write_down
from .leading import do_task, open_review
from .letters import close_way_in, make_way_in, say_by_letter
from .prompting import note_technical_change, prompt_for_guidance, prompt_review
from .timed import begin_due, escalate_prompt, escalate_review

__all__ = [
    "answer_voice",
    "ask_for_review",
    "begin_due",
    "close_way_in",
    "do_task",
    "escalate_prompt",
    "escalate_review",
    "make_way_in",
    "note_known_review",
    "note_technical_change",
    "open_review",
    "prompt_for_guidance",
    "prompt_review",
    "record_outcome",
    "refuse_review",
    "say",
    "say_by_letter",
    "write_down",
]
