"""The questions people are asked about concerns and cases. Wording and parsing; no rules."""

from .access import (
    ActionDoneForm,
    CloseForm,
    LetKnowForm,
    NoPictureForm,
    PersonOnCaseForm,
    ReasonForm,
    ReclassifyForm,
    SetAsideForm,
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
from .custody import (
    AdviceLiftsForm,
    AnswerOfferForm,
    CustodyForm,
    DescribeForm,
    DestroyedForm,
    HandOverForm,
    KeepOnForm,
)
from .files import (
    DeclineForm,
    FileForm,
    FreezeForm,
    InstructionForm,
    PicturesForm,
    ThawForm,
)
from .marks import MarksForm
from .mistaken import ByMistakeForm
from .reporting import AddendumForm, ReportForm
from .steps import AnswersForm, LeaveOutForm, ReviewForm, form_for
from .triage import AsideForm, CaseNameForm, OpenCaseForm, TakeOutForm
from .work import HandWorkOverForm, ReplyToReporterForm

__all__ = [
    "ActionDoneForm",
    "AddendumForm",
    "AdviceLiftsForm",
    "AnswerOfferForm",
    "AnswersForm",
    "AsideForm",
    "ByMistakeForm",
    "CaseNameForm",
    "CasePaperForm",
    "CloseForm",
    "CorrectionForm",
    "CustodyForm",
    "DecisionForm",
    "DeclineForm",
    "DescribeForm",
    "DestroyedForm",
    "EntryForm",
    "FileForm",
    "FilePaperForm",
    "FreezeForm",
    "HandOverForm",
    "HandWorkOverForm",
    "InstructionForm",
    "KeepOnForm",
    "LeaveOutForm",
    "LetKnowForm",
    "MarksForm",
    "NoPictureForm",
    "OpenCaseForm",
    "ParentsInformedForm",
    "PersonOnCaseForm",
    "PicturesForm",
    "ReasonForm",
    "ReclassifyForm",
    "ReferralForm",
    "ReplyForm",
    "ReplyToReporterForm",
    "ReportForm",
    "ReviewForm",
    "SetAsideForm",
    "StartAllegationForm",
    "StartProcedureForm",
    "SupportForm",
    "TakeOutForm",
    "TechnicalForm",
    "ThawForm",
    "WantedForm",
    "form_for",
]
