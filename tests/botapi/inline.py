"""Answers to inline queries."""

from __future__ import annotations

import re
from typing import Any

import telegram

from tests.botapi.given import Given
from tests.botapi.markup import CAPTION_LIMIT, TEXT_LIMIT, inline_keyboard, rich, valid_address
from tests.botapi.refusal import demand
from tests.botapi.signatures import fields
from tests.botapi.world import Json, World

ANSWER_SECONDS = 30
"""How long an inline query can be answered; assumed, see README.md."""

WRONG_FILE = "wrong file identifier/HTTP URL specified"
RESULTS = 50
ID_BYTES = 64
OFFSET_BYTES = 64
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


def _content(given: Any) -> Json:
    demand(isinstance(given, dict), "can't parse inline query result: Message content must be an Object")
    demand("message_text" in given, "not built: input_message_content other than text")
    faults = fields(telegram.InputTextMessageContent).faults(given)
    demand(not faults, f"can't parse inline query result: {', '.join(faults)}")
    whole = rich(given["message_text"], given.get("parse_mode"), given.get("entities"), limit=TEXT_LIMIT)
    demand(whole.text, "message text is empty")
    return {"text": whole.text} | ({"entities": whole.entities} if whole.entities else {})


def _article(given: Json) -> Json:
    """Check an article and return the message that it would become."""
    demand(isinstance(given["title"], str) and given["title"].strip(), "ARTICLE_TITLE_EMPTY")
    for name in ("url", "thumbnail_url"):
        demand(name not in given or valid_address(given[name]), "WEBDOCUMENT_URL_INVALID")
    return _content(given["input_message_content"])


def _cached_photo(world: World, given: Json) -> Json:
    """Check a picture that the bot sent before and return the message that it would become."""
    demand(given["photo_file_id"] in world.photos, WRONG_FILE)
    photo = {"photo": world.photos[given["photo_file_id"]]}
    if "input_message_content" in given:
        return _content(given["input_message_content"])
    written = given.get("caption") or ""
    whole = rich(written, given.get("parse_mode"), given.get("caption_entities"), limit=CAPTION_LIMIT)
    if not whole.text:
        return photo
    entities = {"caption_entities": whole.entities} if whole.entities else {}
    return photo | {"caption": whole.text} | entities


def _result(world: World, given: Any) -> Json:
    """Check one result and return it, with the message that it would become under `message`."""
    demand(isinstance(given, dict), "can't parse inline query result: Object expected")
    is_photo = given.get("type") == "photo" and "photo_file_id" in given
    built = is_photo or given.get("type") == "article"
    demand(built, "not built: inline query results other than articles and pictures sent before")
    kind = telegram.InlineQueryResultCachedPhoto if is_photo else telegram.InlineQueryResultArticle
    faults = fields(kind).faults(given)
    demand(not faults, f"can't parse inline query result: {', '.join(faults)}")
    identity = given["id"]
    demand(isinstance(identity, str) and 1 <= len(identity.encode()) <= ID_BYTES, "RESULT_ID_INVALID")
    message = _cached_photo(world, given) if is_photo else _article(given)
    if "reply_markup" in given:
        demand(isinstance(given["reply_markup"], dict), "object expected as reply markup")
        kept = inline_keyboard(given["reply_markup"], inline=True)
        message |= {"reply_markup": kept} if kept else {}
    return {**given, "message": message}


def _button(given: Json) -> None:
    faults = fields(telegram.InlineQueryResultsButton).faults(given)
    demand(not faults, f"can't parse InlineQueryResultsButton: {', '.join(faults)}")
    demand(given["text"].strip(), "BUTTON_TEXT_EMPTY")
    demand(len(given.keys() & {"start_parameter", "web_app"}) == 1, "can't parse InlineQueryResultsButton")
    demand("web_app" in given or _PAYLOAD.fullmatch(given["start_parameter"]), "START_PARAM_INVALID")


def answer_inline_query(world: World, given: Given) -> bool:
    """Answer a question asked from another chat."""
    asked = world.asked.get(given.text("inline_query_id"))
    in_time = asked and world.clock() - asked.at <= ANSWER_SECONDS
    demand(in_time, "query is too old and response timeout expired or query ID is invalid")
    results = given.items("results") or []
    demand(len(results) <= RESULTS, "RESULTS_TOO_MUCH")
    read = [_result(world, one) for one in results]
    demand(len({one["id"] for one in read}) == len(read), "RESULT_ID_DUPLICATE")
    demand(len(given.text("next_offset").encode()) <= OFFSET_BYTES, "NEXT_OFFSET_INVALID")
    demand((given.whole("cache_time") or 0) >= 0, "CACHE_TIME_INVALID")
    button = given.thing("button")
    if button is not None:
        _button(button)
    assert asked
    asked.results, asked.button = read, button
    asked.params = {name: value for name, value in given.values.items() if name != "results"}
    world.tell()
    return True
