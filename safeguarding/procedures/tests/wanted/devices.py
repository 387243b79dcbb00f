"""Other people's devices, contact with personal accounts, and our own channels."""

from .rows import TOGETHER, Wanted, other_setting

USUAL = {"attach-picture", "call-other-setting", "change-record"}

WANTED = {
    # Online safety policy, section 9; mobile technology and social media policy, 5.4.
    "visitor-device-breach": Wanted(
        record_class="C1",
        steps={
            "ask-kindly": "anyone: must",
            "tell-lead": "anyone: must",
            "tell-manager-about-adult": "lead: when adult-who-works-here else not_needed",
            "decide": "lead: must",
            "pictures-away": "leadership: when pictures-taken else not_needed",
            "signs": "leadership: when signs-missing else not_needed",
            "agreement": "leadership: when regular else not_needed",
            "tell-parents": "lead: if_appropriate",
            **other_setting("leadership"),
            **TOGETHER,
        },
        at_once=["ask-kindly"],
        rules={"tell-lead": "concern.tell-lead"},
        starts={"start-picture-procedure": ["nude-image"]},
        never=USUAL | {"take-device", "ask-for-pictures", "alone"},
        serves={
            "OSP-9-VIS-01", "OSP-9-VIS-02", "OSP-9-VIS-03", "OSP-9-VIS-04", "MTSM-5.4.1",
            "MTSM-5.4.2", "MTSM-5.4.4", "OSP-9-EXP-06", "MTSM-5.1.4",
        },
    ),
    # Mobile technology and social media policy, 5.3.
    "child-device-brought-in": Wanted(
        record_class="C1",
        steps={
            "switch-off": "anyone: must",
            "tell-lead": "anyone: must",
            "start-welfare-procedure": "lead: when worrying-content else not_needed",
            "decide": "lead: must",
            "assess-activity": "lead: when for-activity else not_needed",
            "use-in-activity": "anyone: when for-activity else not_needed",
            "tell-parents": "lead: if_appropriate",
            **other_setting("leadership"),
            **TOGETHER,
        },
        at_once=["switch-off"],
        rules={"tell-lead": "concern.tell-lead"},
        waits={
            "agree-activity": ({"assess-activity"}, set()),
            "use-in-activity": ({"agree-activity"}, {"lead-agrees", "adult-with-it"}),
        },
        starts={
            "start-picture-procedure": ["nude-image"],
            "start-welfare-procedure": ["welfare-concern"],
        },
        never=USUAL | {"search-device", "use-unseen", "scold"},
        serves={
            "MTSM-5.3.1", "MTSM-5.3.2a", "MTSM-5.3.2b", "MTSM-5.3.2c", "OSP-4-LEAD-08",
            "OSP-9-EXP-03",
        },
    ),
    # Online safety policy, section 8; mobile technology and social media policy, 6.2.19.
    "personal-contact-on-social-media": Wanted(
        record_class="C1",
        steps={
            "tell-lead": "anyone: must",
            "start-welfare-procedure": "lead: when welfare-in-it else not_needed",
            "start-offensive-procedure": "lead: when offensive else not_needed",
            "tell-manager-about-adult": "lead: when adult-who-works-here else not_needed",
            "ask-to-declare": "lead: when known-privately else not_needed",
            "decide": "lead: must",
            "answer-from-ours": "lead: if_appropriate",
            "tell-manager": "lead: if_applies",
            **other_setting("leadership"),
            **TOGETHER,
        },
        rules={"tell-lead": "concern.tell-lead", "decide": "report.decide"},
        waits={"answer-from-ours": ({"decide"}, set())},
        starts={
            "start-picture-procedure": ["nude-image"],
            "start-welfare-procedure": ["welfare-concern"],
            "start-offensive-procedure": ["offensive-communication"],
        },
        never=USUAL | {"answer-personally", "accept", "delete-early"},
        serves={
            "OSP-8-COMM-01", "OSP-8-COMM-03", "OSP-8-COMM-04", "MTSM-6.2.14", "MTSM-6.2.17",
            "MTSM-6.2.19", "OSP-9-STAFF-03a",
        },
    ),
    # Online safety policy, section 8; mobile technology and social media policy, 8.4.
    "official-channel-concern": Wanted(
        record_class="C1",
        steps={
            "tell-lead": "anyone: must",
            "start-welfare-procedure": "lead: when welfare-in-it else not_needed",
            "start-account-procedure": "lead: when wrong-hands else not_needed",
            "tell-the-others": "lead: must",
            "decide": "lead: must",
            "note-and-take-down": "leadership: when harms-somebody else if_appropriate",
            "answer-openly": "leadership: if_appropriate",
            "complaints-procedure": "leadership: when is-complaint else not_needed",
            "move-to-ours": "leadership: when private-contact else not_needed",
            **other_setting("leadership"),
            **TOGETHER,
        },
        rules={"tell-lead": "concern.tell-lead", "tell-the-others": "manager.tell"},
        waits={"answer-openly": ({"decide"}, set()), "note-and-take-down": ({"decide"}, set())},
        starts={
            "start-picture-procedure": ["nude-image"],
            "start-welfare-procedure": ["welfare-concern"],
            "start-account-procedure": ["account-compromised"],
        },
        never=USUAL | {"private-messages", "answer-alone", "delete-criticism", "name-child"},
        serves={"OSP-8-OST-08", "OSP-8-OST-09", "MTSM-8.4.16a", "OSP-8-OFF-09"},
    ),
}  # fmt: skip
