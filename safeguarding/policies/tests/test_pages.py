"""The pages of the library, from a file to what is in force."""

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from demo.cast import Nursery
from safeguarding.policies.models import Draft, PolicyVersion
from tests.people import signed_in

from .texts import MARKED


def at(nursery: Nursery, path: str) -> str:
    return f"/at/{nursery.setting.slug}/policies/{path}"


def goes_to(answer: Any) -> str:
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def sent(client: Client, nursery: Nursery, name: str, content: bytes) -> Any:
    return client.post(at(nursery, "bring-in/"), {"file": SimpleUploadedFile(name, content)})


def test_a_policy_comes_in_from_a_file_and_is_in_force_when_the_committee_says_so(
    sunflowers: Nursery,
) -> None:
    dana = signed_in(sunflowers.dana)
    check = goes_to(sent(dana, sunflowers, "tablets.md", MARKED.encode()))
    page = dana.get(check).content.decode()
    assert "Section 2 begins with 2.2" in page
    assert not PolicyVersion.objects.exists()

    saving = {"seen": "0", "title": "Tablets and cameras policy", "change_note": ""}
    version = goes_to(dana.post(f"{check}save/", saving))
    assert not Draft.objects.exists()
    assert b"has not adopted it" in dana.get(version).content

    asked = dana.post(f"{version}propose/", {"approvers": [str(sunflowers.omar.pk)], "note": ""})
    assert goes_to(asked) == version
    omar = signed_in(sunflowers.omar, second_check=False)
    answering = f"{version}answer/"
    seen = re.search(r'name="seen" value="(\w{64})"', omar.get(answering).content.decode())
    assert seen
    said = {"seen": seen[1], "answer": "yes", "minutes": "item 4", "reason": ""}
    day = {"adopted_on_day": "1", "adopted_on_month": "9", "adopted_on_year": "2025"}
    assert goes_to(omar.post(answering, said | day)) == version

    everyone = signed_in(sunflowers.priya, second_check=False).get(at(sunflowers, ""))
    assert b"adopted on 1 September 2025" in everyone.content
