"""Adults who work or help here: misuse, own devices, extremism, relationships, what they share."""

from .rows import (
    LADO_FIRST,
    POLICE_FIRST,
    TOGETHER,
    TOGETHER_ABOUT_AN_ADULT,
    Wanted,
    other_setting,
)

NEVER = {"ask-adult", "tell-adult", "call-other-setting", "change-record"}
ALLEGATIONS = {
    "start-allegation": ["allegation"],
    "start-low-level-procedure": ["low-level-concern"],
}

WANTED = {
    # Online safety policy, section 10; mobile technology and social media policy, 6.2.
    "staff-misuse": Wanted(
        record_class="C3",
        steps={
            "tell-manager": "anyone: must",
            "tell-police": "manager: when danger-now, crime-suspected else not_needed",
            "ask-advice": "manager: when unsure else not_needed",
            "start-picture-procedure": "manager: when pictures-of-children else not_needed",
            "quarantine": "manager: when crime-suspected else if_appropriate",
            "start-allegation": "manager: when allegation-threshold else not_needed",
            "start-low-level-procedure": "manager: when low-level else not_needed",
            "follow-policy": "manager: must",
            "lado-answer": "manager: when allegation-threshold, unsure else if_appropriate",
            "look-into": "manager: when lado-agrees else not_needed",
            "release-device": "manager: when crime-suspected else not_needed",
            "outcome": "manager: must",
            "refer": "lead: when serious-harm else if_appropriate",
            "tell-parents": "lead: if_appropriate",
            **other_setting("manager"),
            **TOGETHER_ABOUT_AN_ADULT,
        },
        at_once=["tell-police", "start-allegation", "start-picture-procedure"],
        rules={
            "tell-manager": "adult.tell-manager",
            "lado-answer": "lado.refer",
            "ask-advice": "advice.when-unsure",
        },
        waits={
            "check-lado": ({"follow-policy", "lado-answer"}, set()),
            "look-into": LADO_FIRST,
            "release-device": POLICE_FIRST,
            "outcome": ({"check-lado", "look-into"}, set()),
        },
        starts={**ALLEGATIONS, "start-picture-procedure": ["indecent-images-staff"]},
        outcomes={
            "outcome": {"none", "guidance", "conduct", "disciplinary", "legal", "access"},
        },
        never=NEVER | {"search-device", "settle-quietly", "attach-picture"},
        serves={
            "OSP-10-MIS-03", "MTSM-6.2.3", "MTSM-6.2.5", "OSP-8-EXP-07", "OSP-8-REP-02",
            "OSP-8-EXP-08",
        },
    ),
    # Online safety policy, section 9; mobile technology and social media policy, 5.2.
    "staff-device-breach": Wanted(
        record_class="C3",
        steps={
            "tell-manager": "anyone: must",
            "tell-police": "manager: when danger-now, crime-suspected else not_needed",
            "start-illegal-content-procedure": "manager: when illegal-content else not_needed",
            "start-allegation": "manager: when allegation-threshold else not_needed",
            "start-low-level-procedure": "manager: when low-level else not_needed",
            "check-permission": "manager: must",
            "follow-policy": "manager: must",
            "lado-answer": (
                "manager: when allegation-threshold, pictures-taken, unsure else if_appropriate"
            ),
            "look-into": "manager: when lado-agrees else not_needed",
            "family-contact": "manager: when reached-family else not_needed",
            "outcome": "manager: must",
            **other_setting("manager"),
            **TOGETHER_ABOUT_AN_ADULT,
        },
        at_once=["start-illegal-content-procedure", "start-allegation"],
        rules={"tell-manager": "adult.tell-manager", "lado-answer": "lado.refer"},
        waits={
            "follow-policy": ({"check-permission"}, set()),
            "look-into": LADO_FIRST,
            "remind": ({"check-lado"}, set()),
            "outcome": ({"check-lado", "look-into"}, set()),
        },
        starts={
            **ALLEGATIONS,
            "start-illegal-content-procedure": ["staff-device-illegal-content"],
        },
        outcomes={"outcome": {"none", "allowed", "guidance", "conduct", "disciplinary"}},
        never=NEVER | {"take-device", "show-pictures", "attach-picture"},
        serves={
            "OSP-9-STAFF-01", "OSP-9-STAFF-05", "OSP-9-STAFF-06", "OSP-9-STAFF-03a",
            "OSP-9-STAFF-04a", "OSP-9-STAFF-04b", *(f"OSP-9-STAFF-02{letter}" for letter in "abcd"),
            *(f"MTSM-5.2.2{letter}" for letter in "abcd"), "OSP-9-EXP-06", "MTSM-5.1.4",
        },
    ),
    # Online safety policy, section 11: a member of staff at risk; the Prevent duty of 2023.
    "radicalisation-staff": Wanted(
        record_class="C3",
        steps={
            "tell-manager": "anyone: must",
            "tell-police": "manager: when danger-now, crime-suspected else not_needed",
            "start-filter-procedure": "manager: when found-on-ours else not_needed",
            "start-allegation": "manager: when allegation-threshold else not_needed",
            "keep-safe": "manager: must",
            "lado-answer": "manager: when allegation-threshold, unsure else if_appropriate",
            "consider-prevent": "manager: must",
            "refer-prevent": "manager: when prevent-refers else not_needed",
            "look-into": "manager: when lado-agrees else not_needed",
            **other_setting("manager"),
            **TOGETHER_ABOUT_AN_ADULT,
        },
        at_once=["first-facts", "tell-police", "start-allegation"],
        rules={
            "tell-manager": "adult.tell-manager",
            "consider-prevent": "prevent.decide",
            "lado-answer": "lado.refer",
        },
        waits={
            "check-lado": ({"lado-answer", "consider-prevent"}, set()),
            "look-into": LADO_FIRST,
            "release-device": POLICE_FIRST,
        },
        starts={
            "start-allegation": ["allegation"],
            "start-filter-procedure": ["filtering-breach"],
        },
        never=NEVER | {"open-material", "judge"},
        serves={"OSP-11-RAD-01", "OSP-11-RAD-03"},
    ),
    # Online safety policy, sections 8 and 9; mobile technology and social media policy, 6.2.
    "relationship-declared": Wanted(
        record_class="C3",
        steps={
            "tell-manager": "anyone: must",
            "hold-contact": "lead: must",
            "start-allegation": "manager: when allegation-threshold else not_needed",
            "talk": "lead: must",
            "lead-decides": "lead: must",
            "manager-decides": "manager: must",
            "tell-them": "manager: must",
            "contact": "manager: when both-approve else not_needed",
            "own-channels": "lead: when has-left else not_needed",
            **other_setting("lead"),
            **TOGETHER,
        },
        rules={
            "talk": "relationship.decide",
            "lead-decides": "relationship.decide",
            "manager-decides": "relationship.decide",
        },
        waits={
            "lead-decides": ({"talk"}, set()),
            "manager-decides": ({"talk"}, set()),
            "check-approved": ({"lead-decides", "manager-decides"}, set()),
            "contact": ({"check-approved", "tell-them"}, {"both-approve"}),
        },
        starts=ALLEGATIONS,
        apart={"manager-decides": ["lead-decides"]},
        outcomes={
            "lead-decides": {"approve", "approve-with-limits", "not-approved"},
            "manager-decides": {"approve", "approve-with-limits", "not-approved"},
        },
        never={
            "contact-before",
            "decide-alone",
            "spread",
            "blame",
            "call-other-setting",
            "change-record",
        },
        serves={
            "OSP-8-COMM-01", "OSP-8-COMM-02", "OSP-8-COMM-03", "OSP-9-STAFF-03b", "MTSM-5.2.3",
            "MTSM-6.2.14", "MTSM-6.2.17", "MTSM-6.2.18",
        },
    ),
    # Online safety policy, section 8: content that conflicts with a role.
    "content-conflict": Wanted(
        record_class="C3",
        steps={
            "tell-manager": "anyone: must",
            "start-allegation": "manager: when allegation-threshold else not_needed",
            "start-data-procedure": "lead: when tells-of-families else not_needed",
            "decide": "manager: must",
            "take-down": "manager: if_appropriate",
            "advise": "lead: if_appropriate",
            "lado-answer": "manager: when allegation-threshold else if_appropriate",
            "outcome": "manager: must",
            **other_setting("lead"),
            **TOGETHER,
        },
        rules={"tell-manager": "content.leadership", "lado-answer": "lado.refer"},
        waits={"outcome": ({"decide", "lado-answer"}, set())},
        starts={
            **ALLEGATIONS,
            "start-picture-procedure": ["nude-image"],
            "start-data-procedure": ["data-or-device-lost"],
        },
        outcomes={"outcome": {"fits", "put-right", "guidance", "conduct", "disciplinary"}},
        never={
            "share-on",
            "search-colleague",
            "answer-online",
            "tell-adult",
            "attach-picture",
            "call-other-setting",
            "change-record",
        },
        serves={
            "OSP-8-REP-01", "OSP-8-REP-02", "OSP-8-REP-03a", "OSP-8-REP-03b", "OSP-8-REP-03c",
            "OSP-8-REP-04", "OSP-8-REP-05", "OSP-8-REP-06", "OSP-8-REP-07", "MTSM-6.2.8",
        },
    ),
}  # fmt: skip
