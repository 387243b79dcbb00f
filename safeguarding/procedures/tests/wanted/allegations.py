"""An adult here who is said to have harmed a child, and the small worries below that.

The policies give the duties of section 10; the LADO's one working day, Ofsted's fourteen days and the
referral to the DBS come from law and guidance.
"""

from .rows import Wanted

FOUND = {"substantiated", "malicious", "false", "unsubstantiated", "unfounded"}
FOLLOWS = {
    "code-of-conduct",
    "disciplinary",
    "civil-or-legal",
    "no-internet",
    "training",
    "nothing",
}

MAY_BE_MORE = (
    "when child-harmed, crime-suspected, risk-to-children, not-suitable else if_appropriate"
)

WANTED = {
    "allegation": Wanted(
        record_class="C3",
        steps={
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
        at_once=["first-facts", "keep-safe", "tell-police", "refer-social-care", "secure-device"],
        rules={
            "tell-lead": "concern.tell-lead",
            "tell-lado": "lado.refer",
            "tell-ofsted": "ofsted.allegation",
            "tell-ofsted-action": "ofsted.allegation-action",
            "tell-parents": "parents.decide",
        },
        waits={
            "lado-answer": ({"tell-lado"}, set()),
            "look-into-it": ({"lado-answer", "tell-lado"}, {"may-look-into-it"}),
            "tell-person": ({"lado-answer", "tell-lado"}, {"may-speak-to-person"}),
            "suspension": ({"lado-answer", "tell-lado"}, set()),
            "tell-parents": ({"lado-answer"}, set()),
            "release-device": ({"check-device"}, {"device-cleared"}),
            "outcome": ({"other-children", "suspension", "look-into-it"}, set()),
            "refer-dbs": ({"check-leaving"}, set()),
        },
        never={
            "investigate",
            "question-child",
            "tip-off",
            "call-other-setting",
            "search-device",
            "change-record",
            "question-person",
            "let-it-end",
            "attach-picture",
        },
        serves={
            "OSP-10-MIS-02",
            "OSP-11-IIOC-06",
            "OSP-9-STAFF-05",
            "OSP-11-RAD-03",
            "MTSM-5.2.6",
            "MTSM-6.2.3",
            "OSP-10-MIS-03",
            "OSP-10-MIS-01",
            "MTSM-6.2.5",
        },
        starts={"start-picture-procedure": ["indecent-images-staff"]},
        outcomes={"outcome": FOUND, "action": FOLLOWS},
    ),
    "low-level-concern": Wanted(
        record_class="C3",
        steps={
            "tell-lead": "anyone: must",
            "first-facts": "manager: must",
            "read-together": "manager: must",
            "ask-lado": f"manager: {MAY_BE_MORE}",
            "check-level": "manager: must",
            "move-up": f"manager: {MAY_BE_MORE}",
            "speak-with-person": "manager: when stays-low-level else not_needed",
            "tell-employer": "manager: when employed-elsewhere else not_needed",
            "support": "manager: if_appropriate",
            "action": "manager: must",
            "outcome": "manager: must",
            "review": "leadership: must",
        },
        rules={"tell-lead": "concern.tell-lead", "ask-lado": "lado.refer"},
        waits={
            "speak-with-person": ({"check-level"}, {"stays-low-level"}),
            "check-level": ({"first-facts", "read-together", "ask-lado"}, set()),
        },
        never={"tell-others", "change-record", "question-person", "wait-for-more", "keep-below"},
        serves={"OSP-10-MIS-03", "OSP-9-STAFF-05", "MTSM-6.2.3"},
        outcomes={"outcome": {"kept-low-level", "moved-up", "no-concern"}},
    ),
}
# What does not come up where nobody says that a child was harmed: no family, agency or other setting.
NOT_OWED = {
    "low-level-concern": {
        "MTSM-9.7",
        "OSP-10-WELF-01a",
        "OSP-10-GEN-05",
        "OSP-10-GEN-06",
        "MTSM-9.8",
        "OSP-10-GEN-07",
        "OSP-10-GEN-03",
        "OSP-10-WELF-02",
        "OSP-10-WELF-03",
        "OSP-10-WELF-01b",
    }
}
# What law, guidance and fairness ask and neither policy does.
LAW_ASKS = {
    "allegation": {
        "support-person", "support-child", "tell-ofsted", "tell-ofsted-action", "tell-person",
        "check-leaving", "refer-dbs", "tell-outcome",
    },
    "low-level-concern": {"read-together", "tell-employer", "support"},
}  # fmt: skip
