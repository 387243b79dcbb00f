"""Information or a device lost, and an account in the wrong hands: asked for by law, not the policies."""

from .rows import TOGETHER, Wanted, other_setting

WANTED = {
    # UK GDPR, articles 33 and 34; Ofsted, significant events.
    "data-or-device-lost": Wanted(
        record_class="C1",
        steps={
            "tell-lead": "anyone: must",
            "contain": "technical: when on-a-system else not_needed",
            "tell-police": "leadership: when danger-now, crime-suspected else not_needed",
            "start-account-procedure": "lead: when account-open else not_needed",
            "assess-risk": "lead: must",
            "how-grave": "lead: must",
            "decide": "lead: must",
            "tell-ico": "lead: when risk-to-people, high-risk else if_appropriate",
            "tell-ofsted": "leadership: when childrens-information else if_appropriate",
            "tell-parents": "lead: when high-risk else if_appropriate",
            "tell-staff": "leadership: if_applies",
            **other_setting("leadership"),
            **TOGETHER,
        },
        at_once=["contain", "tell-police"],
        rules={
            "tell-lead": "concern.tell-lead",
            "assess-risk": "breach.assess",
            "tell-ico": "breach.ico",
            "tell-ofsted": "ofsted.significant-event",
            "tell-parents": "breach.people",
        },
        waits={
            "how-grave": ({"assess-risk"}, set()),
            "decide": ({"how-grave"}, set()),
            "review": ({"contain", "tell-ico", "tell-ofsted", "tell-parents"}, set()),
        },
        starts={"start-account-procedure": ["account-compromised"]},
        never={
            "wait-and-see",
            "put-data-here",
            "wipe-evidence",
            "blame",
            "call-other-setting",
            "change-record",
        },
        serves={"OSP-7-DATA-01", "OSP-7-SEC-01", "OSP-7-SEC-03", "OSP-7-APP-05", "OSP-4-STAFF-03"},
    ),
    "account-compromised": Wanted(
        record_class="C1",
        steps={
            "tell-lead": "anyone: must",
            "revoke": "technical: must",
            "other-accounts": "technical: when same-password else not_needed",
            "take-back-page": "leadership: when public-page else not_needed",
            "tell-police": "leadership: when danger-now, crime-suspected else not_needed",
            "review-reads": "lead: must",
            "what-was-read": "lead: must",
            "start-data-procedure": "lead: when personal-information else not_needed",
            "decide": "lead: must",
            "give-back": "technical: must",
            **other_setting("leadership"),
            **TOGETHER,
        },
        at_once=["revoke", "first-facts", "start-data-procedure"],
        rules={"tell-lead": "concern.tell-lead", "review-reads": "breach.assess"},
        waits={
            "what-was-read": ({"review-reads"}, set()),
            "check-clean": ({"revoke"}, set()),
            "give-back": ({"check-clean"}, {"all-ended", "device-clean"}),
        },
        starts={"start-data-procedure": ["data-or-device-lost"]},
        never={
            "answer-intruder",
            "wipe-evidence",
            "share-new-password",
            "reopen-early",
            "call-other-setting",
            "change-record",
        },
        serves={
            "OSP-7-DATA-01", "OSP-7-SEC-01", "OSP-7-SEC-06a", "OSP-7-PWD-01a", "OSP-7-PWD-01b",
            "OSP-7-PWD-04", "OSP-4-TECH-02",
        },
    ),
}  # fmt: skip
