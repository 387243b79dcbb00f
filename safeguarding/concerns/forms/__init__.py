"""The questions people are asked about concerns and cases. Wording and parsing; no rules."""

from .access import (
    ActionDoneForm,
    CloseForm,
    LetKnowForm,
    PersonOnCaseForm,
    ReasonForm,
    ReclassifyForm,
    StartProcedureForm,
    TechnicalForm,
)
from .allegations import StartAllegationForm
from .casework import (
    CorrectionForm,
    DecisionForm,
    EntryForm,
    ParentsInformedForm,
    ReferralForm,
    ReplyForm,
    SupportForm,
)
from .chronology import CasePaperForm, FilePaperForm, WantedForm
from .reporting import AddendumForm, ReportForm
from .steps import AnswersForm, LeaveOutForm, ReviewForm, form_for
from .triage import AsideForm, OpenCaseForm

__all__ = [
    "ActionDoneForm",
    "AddendumForm",
    "AnswersForm",
    "AsideForm",
    "CasePaperForm",
    "CloseForm",
    "CorrectionForm",
    "DecisionForm",
    "EntryForm",
    "FilePaperForm",
    "LeaveOutForm",
    "LetKnowForm",
    "OpenCaseForm",
    "ParentsInformedForm",
    "PersonOnCaseForm",
    "ReasonForm",
    "ReclassifyForm",
    "ReferralForm",
    "ReplyForm",
    "ReportForm",
    "ReviewForm",
    "StartAllegationForm",
    "StartProcedureForm",
    "SupportForm",
    "TechnicalForm",
    "WantedForm",
    "form_for",
]
