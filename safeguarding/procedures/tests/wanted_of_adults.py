"""What the policies and today's guidance ask where it is about an adult here, written down by hand.

As `wanted`, for the two procedures of class C3. The policies give the duties of section 9; the LADO's
one working day, Ofsted's fourteen days and the referral to the DBS come from law and guidance.
"""

WANTED: dict[str, dict[str, str]] = {
    "allegation": {
        "tell-lead": "anyone: must",
        "first-facts": "manager: must",
        "keep-safe": "manager: must",
        "tell-police": "manager: when danger-now, crime-suspected else if_appropriate",
        "tell-lado": "manager: must",
        "refer-social-care": "lead: when danger-now, serious-harm else if_appropriate",
        "ask-advice": "manager: if_applies",
        "secure-device": "manager: when device-involved else not_needed",
        "start-picture-procedure": "lead: when picture-involved else not_needed",
        "lado-answer": "manager: must",
        "send-lado-form": "manager: when threshold-met else not_needed",
        "suspension": "manager: must",
        "support-person": "manager: must",
        "support-child": "lead: must",
        "other-children": "lead: must",
        "tell-ofsted": "manager: when serious-harm else if_appropriate",
        "tell-ofsted-action": "manager: when serious-harm else if_appropriate",
        "tell-parents": "manager: when may-tell-parents else if_appropriate",
        "tell-person": "manager: when may-speak-to-person else not_needed",
        "look-into-it": "manager: when may-look-into-it else not_needed",
        "advice-other-setting": "manager: when other-setting else not_needed",
        "tell-other-setting": "manager: when other-setting else not_needed",
        "check-device": "manager: must",
        "release-device": "manager: when device-cleared else not_needed",
        "work-together": "manager: if_appropriate",
        "outcome": "manager: must",
        "action": "manager: must",
        "check-leaving": "manager: must",
        "refer-dbs": "manager: when would-dismiss else not_needed",
        "tell-outcome": "manager: must",
        "review": "leadership: must",
    },
    "low-level-concern": {
        "tell-lead": "anyone: must",
        "first-facts": "manager: must",
        "read-together": "manager: must",
        "ask-lado": (
            "manager: when child-harmed, crime-suspected, risk-to-children, not-suitable "
            "else if_appropriate"
        ),
        "check-level": "manager: must",
        "move-up": (
            "manager: when child-harmed, crime-suspected, risk-to-children, not-suitable "
            "else if_appropriate"
        ),
        "speak-with-person": "manager: when stays-low-level else not_needed",
        "tell-employer": "manager: when employed-elsewhere else not_needed",
        "support": "manager: if_appropriate",
        "action": "manager: must",
        "outcome": "manager: must",
        "review": "leadership: must",
    },
}
AT_ONCE = {
    "allegation": ["first-facts", "keep-safe", "tell-police", "refer-social-care", "secure-device"],
    "low-level-concern": [],
}
RULES = {
    "allegation": {
        "tell-lead": "concern.tell-lead",
        "tell-lado": "lado.refer",
        "tell-ofsted": "ofsted.allegation",
        "tell-ofsted-action": "ofsted.allegation-action",
        "tell-parents": "parents.decide",
    },
    "low-level-concern": {"tell-lead": "concern.tell-lead", "ask-lado": "lado.refer"},
}
WAITS = {
    ("allegation", "lado-answer"): ({"tell-lado"}, set()),
    ("allegation", "look-into-it"): ({"tell-lado", "lado-answer"}, {"may-look-into-it"}),
    ("allegation", "tell-person"): ({"tell-lado", "lado-answer"}, {"may-speak-to-person"}),
    ("allegation", "suspension"): ({"tell-lado", "lado-answer"}, set()),
    ("allegation", "tell-parents"): ({"lado-answer"}, set()),
    ("allegation", "release-device"): ({"check-device"}, {"device-cleared"}),
    ("allegation", "outcome"): ({"suspension", "look-into-it", "other-children"}, set()),
    ("allegation", "refer-dbs"): ({"check-leaving"}, set()),
    ("low-level-concern", "speak-with-person"): ({"check-level"}, {"stays-low-level"}),
    ("low-level-concern", "check-level"): ({"first-facts", "read-together", "ask-lado"}, set()),
}
NEVER = {
    "allegation": {
        "question-person",
        "question-child",
        "investigate",
        "tip-off",
        "search-device",
        "call-other-setting",
        "attach-picture",
        "let-it-end",
        "change-record",
    },
    "low-level-concern": {
        "wait-for-more",
        "question-person",
        "keep-below",
        "tell-others",
        "change-record",
    },
}
SERVES = {
    "allegation": {
        "OSP-10-MIS-01", "OSP-10-MIS-02", "OSP-10-MIS-03", "MTSM-5.2.6", "MTSM-6.2.3", "MTSM-6.2.5",
        "OSP-9-STAFF-05", "OSP-11-IIOC-06", "OSP-11-RAD-03",
    },
    "low-level-concern": {"OSP-10-MIS-03", "MTSM-6.2.3", "OSP-9-STAFF-05"},
}  # fmt: skip
# What does not come up where nobody says that a child was harmed: no family, agency or other setting.
NOT_OWED = {
    "low-level-concern": {
        "OSP-10-GEN-03", "OSP-10-GEN-05", "OSP-10-GEN-06", "OSP-10-GEN-07", "OSP-10-WELF-01a",
        "OSP-10-WELF-01b", "OSP-10-WELF-02", "OSP-10-WELF-03", "MTSM-9.7", "MTSM-9.8",
    }
}  # fmt: skip
