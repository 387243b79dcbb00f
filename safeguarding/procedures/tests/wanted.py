"""What the two policies and today's guidance ask of each procedure, written down by hand.

A definition may say more; it may not say less.
"""

from . import wanted_of_adults as adults

# By whom each step is done and what is needed of it, in order. "when a, b else c": a must when a or
# b is answered yes (or is known), otherwise c.
WANTED: dict[str, dict[str, str]] = {
    "nude-image": {
        "tell-lead": "anyone: must",
        "follow-guidance": "lead: must",
        "secure-device": "anyone: when device-in-reach else if_appropriate",
        "block-access": "technical: when on-our-systems else not_needed",
        "urgent-questions": "lead: must",
        "refer-police": (
            "lead: when adult-involved, forced-or-tricked, unusual-or-violent, "
            "sexual-acts-under-13, immediate-harm, early-years-child else if_appropriate"
        ),
        "refer-social-care": (
            "lead: when adult-involved, forced-or-tricked, unusual-or-violent, "
            "sexual-acts-under-13, immediate-harm, early-years-child else if_appropriate"
        ),
        "ask-advice": "lead: if_applies",
        "adult-who-works-here": "lead: when adult-involved else not_needed",
        "assess-risk": "lead: must",
        "reason-to-look": "lead: when no-other-way else not_needed",
        "look": "lead: when no-other-way else not_needed",
        "tell-parents": "lead: if_appropriate",
        "advice-other-setting": "lead: when other-setting else not_needed",
        "tell-other-setting": "lead: when other-setting else not_needed",
        "support": "lead: must",
        "work-together": "lead: if_appropriate",
        "sanctions": "leadership: if_appropriate",
        "check-deleting": "lead: must",
        "delete": "lead: when deleting-is-safe else not_needed",
        "review": "leadership: must",
    },
    "child-sexual-exploitation": {
        "tell-lead": "anyone: must",
        "tell-police": "lead: must",
        "refer-social-care": "lead: when serious-harm else if_appropriate",
        "ask-advice": "lead: when crime-unclear else if_appropriate",
        "follow-policy": "lead: must",
        "start-picture-procedure": "lead: when picture-involved else not_needed",
        "tell-manager-about-adult": "lead: when adult-who-works-here else not_needed",
        "secure-device": "anyone: if_appropriate",
        "pass-on-intelligence": "lead: when intelligence else not_needed",
        "assess-risk": "lead: must",
        "tell-parents": "lead: if_appropriate",
        "support": "lead: must",
        "listen-to-child": "lead: if_appropriate",
        "help-report-to-ceop": "lead: if_appropriate",
        "advice-other-setting": "lead: when other-setting else not_needed",
        "tell-other-setting": "lead: when other-setting else not_needed",
        "work-together": "lead: if_appropriate",
        "review": "leadership: must",
    },
    "filtering-breach": {
        "make-safe": "anyone: must",
        "tell-lead": "anyone: must",
        "report-illegal": "leadership: when believed-illegal, danger-now else not_needed",
        "ask-advice": "leadership: when unsure else not_needed",
        "block-now": "technical: must",
        "decide": "lead: must",
        "tell-leadership": "technical: must",
        "tell-provider": "technical: if_appropriate",
        "start-welfare-procedure": "lead: when welfare-concern else not_needed",
        "tell-manager-about-adult": "lead: when adult-who-works-here else not_needed",
        "tell-parents": "lead: when child-involved else not_needed",
        "advice-other-setting": "leadership: when other-setting else not_needed",
        "tell-other-setting": "leadership: when other-setting else not_needed",
        "assess-change": "leadership: must",
        "correct-filter": "technical: must",
        "test-filter": "technical: must",
        "work-together": "lead: if_appropriate",
        "review": "leadership: must",
    },
    "cyberbullying": {
        "tell-lead": "anyone: must",
        "tell-police": "leadership: when danger-now, crime-suspected else not_needed",
        "ask-advice": "leadership: when unsure else not_needed",
        "start-picture-procedure": "lead: when picture-involved else not_needed",
        "tell-manager-about-adult": "lead: when adult-who-works-here else not_needed",
        "what-happened": "lead: must",
        "refer": "lead: when serious-harm else if_appropriate",
        "tell-manager": "lead: if_applies",
        "support-harmed": "lead: must",
        "work-with-responsible": "lead: if_applies",
        "remove-content": "lead: if_applies",
        "tell-parents": "lead: if_appropriate",
        "sanctions": "leadership: if_appropriate",
        "advice-other-setting": "leadership: when other-setting else not_needed",
        "tell-other-setting": "leadership: when other-setting else not_needed",
        "work-together": "lead: if_appropriate",
        "review": "leadership: must",
    },
    "offensive-communication": {
        "tell-lead": "anyone: must",
        "tell-police": "leadership: when danger-now, crime-suspected else not_needed",
        "ask-advice": "leadership: when unsure else not_needed",
        "start-picture-procedure": "lead: when picture-involved else not_needed",
        "tell-manager-about-adult": "lead: when adult-who-works-here else not_needed",
        "decide": "lead: must",
        "report-to-provider": "anyone: when spam else if_appropriate",
        "refer": "lead: when child-at-risk else if_appropriate",
        "tell-manager": "lead: if_applies",
        "tell-parents": "lead: if_appropriate",
        "sanctions": "leadership: if_appropriate",
        "advice-other-setting": "leadership: when other-setting else not_needed",
        "tell-other-setting": "leadership: when other-setting else not_needed",
        "work-together": "lead: if_appropriate",
        "review": "leadership: must",
    },
    "welfare-concern": {
        "tell-lead": "anyone: must",
        "tell-police": "leadership: when danger-now, crime-suspected else not_needed",
        "ask-advice": "leadership: when unsure else not_needed",
        "tell-manager-about-adult": "lead: when adult-who-works-here else not_needed",
        "decide": "lead: must",
        "refer": "lead: when danger-now, threshold-met else if_appropriate",
        "tell-manager": "lead: if_applies",
        "tell-parents": "lead: if_appropriate",
        "advice-other-setting": "leadership: when other-setting else not_needed",
        "tell-other-setting": "leadership: when other-setting else not_needed",
        "support": "lead: if_appropriate",
        "work-together": "lead: if_appropriate",
        "review": "leadership: must",
    },
}
AT_ONCE = {
    "nude-image": ["secure-device", "block-access", "urgent-questions", "advice-other-setting"],
    "child-sexual-exploitation": ["refer-social-care", "pass-on-intelligence"],
    "filtering-breach": ["make-safe", "block-now", "start-welfare-procedure"],
    "cyberbullying": ["tell-police", "tell-manager-about-adult"],
    "offensive-communication": ["tell-police", "tell-manager-about-adult"],
    "welfare-concern": ["tell-police", "tell-manager-about-adult"],
}
RULES = {
    "nude-image": {
        "tell-lead": "imagery.tell-lead",
        "refer-police": "imagery.refer",
        "refer-social-care": "imagery.refer",
        "ask-advice": "advice.when-unsure",
        "report-address": "illegal-content.report",
    },
    "child-sexual-exploitation": {
        "tell-lead": "concern.tell-lead",
        "tell-police": "exploitation.police",
        "ask-advice": "advice.when-unsure",
    },
    "filtering-breach": {
        "tell-lead": "concern.tell-lead",
        "report-illegal": "illegal-content.report",
        "correct-filter": "filtering.correct",
        "test-filter": "filtering.correct",
    },
    "cyberbullying": {"tell-lead": "concern.tell-lead", "what-happened": "report.decide"},
    "offensive-communication": {"tell-lead": "concern.tell-lead", "decide": "report.decide"},
    "welfare-concern": {"tell-lead": "concern.tell-lead", "decide": "report.decide"},
}
# What a step waits for: earlier steps, and answers that have to be yes.
WAITS = {
    ("nude-image", "look"): (
        {"secure-device", "check-need-to-look", "reason-to-look"},
        {"no-other-way", "second-senior-person"},
    ),
    ("nude-image", "reason-to-look"): ({"check-need-to-look"}, set()),
    ("nude-image", "tell-parents"): ({"urgent-questions"}, set()),
    ("nude-image", "check-deleting"): (
        {"urgent-questions", "refer-police", "refer-social-care", "assess-risk"},
        set(),
    ),
    ("nude-image", "delete"): ({"check-deleting"}, {"no-agency-needed", "deleting-is-safe"}),
    ("child-sexual-exploitation", "tell-parents"): ({"tell-police"}, set()),
    ("filtering-breach", "correct-filter"): ({"assess-change"}, set()),
    ("filtering-breach", "test-filter"): ({"correct-filter"}, set()),
    ("filtering-breach", "review"): (
        {"decide", "tell-leadership", "tell-parents", "test-filter"},
        {"correction-holds"},
    ),
}
NEVER = {
    "nude-image": {
        "attach",
        "look",
        "copy",
        "send",
        "ask-child",
        "delete-early",
        "describe",
        "change-record",
    },
    "child-sexual-exploitation": {
        "attach-picture",
        "contact-suspect",
        "delete-traces",
        "call-other-setting",
        "question-child",
        "change-record",
    },
    "filtering-breach": {
        "screenshot",
        "attach",
        "look-again",
        "send-link",
        "call-other-setting",
        "change-record",
    },
    "cyberbullying": {
        "attach-picture",
        "answer-back",
        "pass-on",
        "search-device",
        "call-other-setting",
        "change-record",
    },
    "offensive-communication": {
        "answer-back",
        "pass-on",
        "attach-picture",
        "delete-early",
        "call-other-setting",
        "change-record",
    },
    "welfare-concern": {
        "wait-for-proof",
        "question-child",
        "call-other-setting",
        "tell-others",
        "change-record",
    },
}
# Duties that every procedure carries out, and those of each.
ALWAYS = {
    "OSP-10-GEN-02a", "OSP-10-GEN-02b", "OSP-10-GEN-03", "OSP-10-GEN-04", "OSP-10-GEN-05",
    "OSP-10-GEN-06", "OSP-10-GEN-07", "OSP-10-WELF-01a", "OSP-10-WELF-01b", "OSP-10-WELF-02",
    "OSP-10-WELF-03", "OSP-10-MIS-01", "OSP-10-MIS-02", "OSP-4-DSL-08", "MTSM-9.6", "MTSM-9.7",
    "MTSM-9.8",
}  # fmt: skip
SERVES = {
    "nude-image": {f"OSP-11-IMG-{number:02}" for number in range(1, 12)},
    "child-sexual-exploitation": {f"OSP-11-CSE-{number:02}" for number in range(1, 7)},
    "filtering-breach": {
        "OSP-7-FILT-05a", "OSP-7-FILT-05b", "OSP-7-FILT-05c", "OSP-7-FILT-06", "OSP-7-MON-02a",
        "OSP-7-MON-02b", "OSP-4-TECH-04", "OSP-4-TECH-05", "OSP-7-FDEC-02", "OSP-7-FDEC-04a",
        "OSP-7-FDEC-04b", "OSP-7-FDEC-04c",
    },
    "cyberbullying": {"OSP-11-BULLY-01", "OSP-9-EXP-07", "MTSM-5.1.5"},
    "offensive-communication": {"OSP-7-EMAIL-05a", "OSP-7-EMAIL-05b", "OSP-8-EXP-08"},
    "welfare-concern": {"OSP-4-STAFF-07", "MTSM-8.3.4", "MTSM-8.3.5"},
}  # fmt: skip
WANTED |= adults.WANTED
AT_ONCE |= adults.AT_ONCE
RULES |= adults.RULES
WAITS |= adults.WAITS
NEVER |= adults.NEVER
SERVES |= adults.SERVES
NOT_OWED = adults.NOT_OWED
