"""The dialogues of dialogues.yaml, run on the front door."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.conversation import Conversation
from bot.domain.reply import MESSAGE_LIMIT, encode_press
from tests.dialogues.phone import Phone, labelled

Dialogues = dict[str, list[dict[str, Any]]]


def table(name: str) -> Dialogues:
    return yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))


DIALOGUES = table("dialogues.yaml")
OF_THE_SAMPLE = {
    sentence: steps
    for name in ("of_the_sample", "meeting", "walking", "looking", "rights", "typed", "nudging")
    for sentence, steps in table(f"{name}.yaml").items()
}
DEEDS = {"types", "attaches", "presses", "carries", "waits"}
SIGHTS = {"shows", "hides", "buttons", "lacks", "toast", "messages", "private", "erases"}


@pytest.mark.parametrize("sentence", DIALOGUES)
async def test_dialogue(sentence: str, door: Conversation):
    await run(DIALOGUES[sentence], door)


@pytest.mark.parametrize("sentence", OF_THE_SAMPLE)
async def test_dialogue_of_the_sample(sentence: str, sample_door: Conversation):
    await run(OF_THE_SAMPLE[sentence], sample_door)


async def test_whatever_is_tapped_the_screen_stays_within_the_limits_and_leads_on(door: Conversation):
    phone = Phone(door)
    for beginning in ("/start", "/roles", "/help", "/parents", "/privacy", "/about", "/forget"):
        await phone.type(beginning)
    reached = set()
    while waiting := set(pressable(phone)) - reached:
        data = min(waiting)
        reached.add(data)
        await phone.carry(data)
        for screen in phone.fresh:
            text = "\n".join(block.text for block in screen.blocks)
            assert 0 < len(text) <= MESSAGE_LIMIT
            assert any(screen.buttons), f"nothing to tap after {data!r}"
    assert len(reached) > 60


def pressable(phone: Phone) -> list[str]:
    return [
        encode_press(button.press)
        for screen in phone.screens
        for button in labelled(screen)
        if button.press and button.press.verb != "erase"
    ]


def test_there_are_at_least_forty_dialogues():
    assert len(DIALOGUES) >= 40


async def run(steps: list[dict[str, Any]], door: Conversation) -> None:
    phone = Phone(door)
    for step in steps:
        assert set(step) <= DEEDS | SIGHTS, "a step that nobody checks"
        await do(phone, step)
        see(phone, step)


async def do(phone: Phone, step: dict[str, Any]) -> None:
    phone.at += step.get("waits", 0)
    if "types" in step or "attaches" in step:
        await phone.type(step.get("types", ""), step.get("attaches"))
    if "presses" in step:
        await phone.press(step["presses"])
    if "carries" in step:
        await phone.carry(step["carries"])


def see(phone: Phone, step: dict[str, Any]) -> None:
    seen = phone.text.casefold()
    for part in step.get("shows", ()):
        assert part.casefold() in seen, phone.text
    for part in step.get("hides", ()):
        assert part.casefold() not in seen, phone.text
    for part in step.get("buttons", ()):
        assert any(part in label for label in phone.labels), phone.labels
    for part in step.get("lacks", ()):
        assert not any(part in label for label in phone.labels), phone.labels
    if "toast" in step:
        assert any(step["toast"] in toast for toast in phone.toasts), phone.toasts
    if "messages" in step:
        assert len(phone.fresh) == step["messages"]
    if "private" in step:
        assert {screen.audience for screen in phone.fresh} == {"asker"}
    if "erases" in step:
        assert phone.erased == 1
