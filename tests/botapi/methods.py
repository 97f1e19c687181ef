"""What each method does: Telegram's rules, in Telegram's words. Inline mode has a file of its own."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import telegram
from telegram.constants import ChatAction, ReactionEmoji

from tests.botapi.given import Given, Upload
from tests.botapi.inline import WRONG_FILE, answer_inline_query
from tests.botapi.markup import CAPTION_LIMIT, TEXT_LIMIT, Rich, inline_keyboard, rich
from tests.botapi.refusal import demand
from tests.botapi.signatures import fields
from tests.botapi.world import SERVICE, Chat, Json, Kept, World

CALLBACK_SECONDS = 150
"""How long a callback query can be answered [read in the Bot API server's sources]."""

TOAST_LIMIT = 200
PHOTO_BYTES = 10 * 1024 * 1024
FILE_BYTES = 50 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024
THUMBNAILS = (90, 320, 800)
"""Longest edges of the smaller sizes a picture is kept in [Telegram API, images, types m, x ...]."""

LONGEST_EDGE = 1280
"""Longest edge of the largest size a picture is kept in [the same]."""

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_REACTIONS = frozenset(emoji.value for emoji in ReactionEmoji)
_ACTIONS = frozenset(action.value for action in ChatAction)
_SCOPES = {
    "default": set[str](),
    "all_private_chats": set[str](),
    "all_group_chats": set[str](),
    "all_chat_administrators": set[str](),
    "chat": {"chat_id"},
    "chat_administrators": {"chat_id"},
    "chat_member": {"chat_id", "user_id"},
}


def _chat_id(given: Given) -> int:
    demand(given.text("chat_id"), "chat_id is empty")
    demand(given.chat is not None, "chat not found")
    return given.chat or 0


def _text(given: Given, name: str, limit: int, mode: str = "parse_mode", entities: str = "entities") -> Rich:
    return rich(given.text(name), given.text(mode) or None, given.items(entities), limit=limit)


def _with_text(whole: Rich, text: str = "text", entities: str = "entities") -> Json:
    return {text: whole.text} | ({entities: whole.entities} if whole.entities else {})


def _markup(given: Given) -> Json:
    markup = given.thing("reply_markup")
    if markup is None or "inline_keyboard" not in markup:
        # The other kinds change the phone's keyboard, not the message.
        kinds = {"keyboard", "remove_keyboard", "force_reply"}
        demand(not markup or kinds & markup.keys(), "object expected as reply markup")
        return {}
    kept = inline_keyboard(markup)
    return {"reply_markup": kept} if kept else {}


def _place(world: World, chat: Chat, given: Given) -> Json:
    """Read the topic and the message that is replied to."""
    thread = given.whole("message_thread_id")
    demand(not thread or (chat.forum and thread in chat.topics), "message thread not found")
    demand(not thread or chat.topics.get(thread), "TOPIC_CLOSED")
    reply = given.thing("reply_parameters") or {}
    faults = fields(telegram.ReplyParameters).faults(reply) if reply else []
    demand(not faults, f"can't parse reply parameters: {', '.join(faults)}")
    replied = reply.get("message_id")
    if replied is not None and replied not in chat.messages:
        demand(reply.get("allow_sending_without_reply"), "message to be replied not found")
        replied = None
    if replied and chat.forum and not thread:
        thread = chat.messages[replied].content.get("message_thread_id")
    return world.in_topic(chat, thread, replied)


def _preview(given: Given) -> None:
    options = given.thing("link_preview_options") or {}
    faults = fields(telegram.LinkPreviewOptions).faults(options)
    demand(not faults, f"can't parse link preview options: {', '.join(faults)}")


def _send(world: World, given: Given, content: Json) -> Json:
    chat = world.writable(_chat_id(given))
    place = _place(world, chat, given)
    return world.put(chat, world.bot.shown, place | content | _markup(given)).content


def send_message(world: World, given: Given) -> Json:
    """Send a text."""
    chat = world.writable(_chat_id(given))
    whole = _text(given, "text", TEXT_LIMIT)
    demand(whole.text, "message text is empty")
    _preview(given)
    place = _place(world, chat, given)
    return world.put(chat, world.bot.shown, place | _with_text(whole) | _markup(given)).content


def _to_edit(world: World, given: Given) -> Kept:
    if inline := given.text("inline_message_id"):
        demand(inline in world.posted, "MESSAGE_ID_INVALID")
        return world.posted[inline]
    chat = world.writable(_chat_id(given))
    number = given.whole("message_id")
    demand(number, "message identifier is not specified")
    kept = chat.messages.get(number or 0)
    demand(kept, "message to edit not found")
    assert kept
    mine = kept.content["from"]["id"] == world.bot.id and not SERVICE & kept.content.keys()
    demand(mine, "message can't be edited")
    return kept


def _edited(world: World, given: Given, kept: Kept, content: Json, gone: set[str]) -> Json | bool:
    before = {name: kept.content.get(name) for name in gone}
    after = {name: content.get(name) for name in gone}
    demand(before != after, NOT_MODIFIED)
    for name in gone:
        kept.content.pop(name, None)
    kept.content |= content | {"edit_date": int(world.clock())}
    world.touch(kept)
    return True if given.text("inline_message_id") else kept.content


def edit_message_text(world: World, given: Given) -> Json | bool:
    """Give a message a new text and new buttons."""
    whole = _text(given, "text", TEXT_LIMIT)
    kept = _to_edit(world, given)
    demand("text" in kept.content, "there is no text in the message to edit")
    demand(whole.text, "message text is empty")
    _preview(given)
    return _edited(
        world, given, kept, _with_text(whole) | _markup(given), {"text", "entities", "reply_markup"}
    )


def edit_message_reply_markup(world: World, given: Given) -> Json | bool:
    """Give a message new buttons, or take them away."""
    return _edited(world, given, _to_edit(world, given), _markup(given), {"reply_markup"})


def _delete(world: World, chat: Chat, number: int) -> None:
    kept = chat.messages[number]
    mine = kept.content["from"]["id"] == world.bot.id
    allowed = mine or chat.kind == "private" or chat.bot == "administrator"
    demand(allowed, "message can't be deleted for everyone")
    del chat.messages[number]
    world.tell()


def delete_message(world: World, given: Given) -> bool:
    """Delete a message."""
    chat = world.writable(_chat_id(given))
    number = given.whole("message_id") or 0
    demand(number in chat.messages, "message to delete not found")
    _delete(world, chat, number)
    return True


def delete_messages(world: World, given: Given) -> bool:
    """Delete some messages; those that are not there are passed over."""
    chat = world.writable(_chat_id(given))
    numbers = given.items("message_ids") or []
    demand(all(isinstance(one, int) for one in numbers), "can't parse message ids JSON object")
    demand(numbers, "message identifiers are not specified")
    demand(len(numbers) <= 100, "too many message identifiers specified")
    for number in numbers:
        if number in chat.messages:
            _delete(world, chat, number)
    return True


def answer_callback_query(world: World, given: Given) -> bool:
    """Answer a pressed button."""
    pressed = world.pressed.get(given.text("callback_query_id"))
    demand(pressed and world.clock() - pressed.at <= CALLBACK_SECONDS, TOO_OLD)
    demand(len(given.text("text")) <= TOAST_LIMIT, "MESSAGE_TOO_LONG")
    url = given.text("url")
    mine = rf"(https?://)?t\.me/{world.bot.username}\?start=[A-Za-z0-9_-]{{1,64}}"
    demand(not url or re.fullmatch(mine, url, re.IGNORECASE), "URL_INVALID")
    demand((given.whole("cache_time") or 0) >= 0, "CACHE_TIME_INVALID")
    assert pressed
    if pressed.answered_at is None:
        pressed.answered_at = world.clock()
    pressed.text = given.text("text") or None
    pressed.show_alert = given.truth("show_alert")
    world.tell()
    return True


def send_chat_action(world: World, given: Given) -> bool:
    """Show that something is on its way."""
    chat = world.writable(_chat_id(given))
    demand(given.text("action") in _ACTIONS, "wrong parameter action in request")
    thread = given.whole("message_thread_id")
    demand(not thread or thread in chat.topics, "message thread not found")
    return True


# Files


def _caption(given: Given) -> Json:
    whole = _text(given, "caption", CAPTION_LIMIT, entities="caption_entities")
    return _with_text(whole, "caption", "caption_entities") if whole.text else {}


def _file(world: World, given: Given, name: str) -> tuple[Json, Upload]:
    """Return a file that is sent along, or one that is known by its id."""
    upload = given.upload(name)
    if upload:
        demand(upload.content, "file must be non-empty")
        demand(len(upload.content) <= FILE_BYTES, "", 413)
        return {}, upload
    known = world.files.get(given.text(name))
    demand(given.text(name), f"there is no {name} in the request")
    demand(not given.text(name).startswith("http"), "not built: files by address")
    demand(known, WRONG_FILE)
    assert known
    is_photo = given.text(name) in world.photos
    demand(is_photo or name != "photo", "can't use file of type Document as Photo")
    demand(not is_photo or name == "photo", "can't use file of type Photo as Document")
    return {"file_id": given.text(name)}, Upload(known[0], known[1])


def _picture_size(content: bytes) -> tuple[int, int]:
    """Return width and height in pixels; of a JPEG nothing but that it is one is looked at."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    demand(content.startswith(b"\xff\xd8\xff"), "IMAGE_PROCESS_FAILED")
    return 1280, 720


def send_photo(world: World, given: Given) -> Json:
    """Send a picture: PNG or JPEG."""
    world.writable(_chat_id(given))
    known, upload = _file(world, given, "photo")
    size = len(upload.content)
    too_big = f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes"
    demand(size <= PHOTO_BYTES, too_big)
    width, height = _picture_size(upload.content)
    within = width + height <= 10_000 and max(width, height) <= 20 * max(min(width, height), 1)
    demand(within and width and height, "PHOTO_INVALID_DIMENSIONS")
    caption = _caption(given)
    _markup(given)
    photo = world.photos[known["file_id"]] if known else _sizes(world, upload.content, width, height)
    return _send(world, given, {"photo": photo, **caption})


def _sizes(world: World, content: bytes, width: int, height: int) -> list[Json]:
    """Keep a picture in the sizes Telegram makes of it, the smallest first; each has an id of its own."""
    sizes = []
    for longest in sorted({edge for edge in THUMBNAILS if edge < max(width, height)} | {LONGEST_EDGE}):
        scale = min(1, longest / max(width, height))
        part = world.keep_file(content, "photo.jpg", "AgAC")
        sizes.append({**part, "width": round(width * scale) or 1, "height": round(height * scale) or 1})
    world.photos |= {one["file_id"]: sizes for one in sizes}
    return sizes


def send_document(world: World, given: Given) -> Json:
    """Send a file."""
    world.writable(_chat_id(given))
    known, upload = _file(world, given, "document")
    caption = _caption(given)
    _markup(given)
    kept = {**world.keep_file(upload.content, upload.name), **known, "file_name": upload.name}
    return _send(world, given, {"document": kept, **caption})


def get_file(world: World, given: Given) -> Json:
    """Say where a file can be fetched."""
    known = world.files.get(given.text("file_id"))
    demand(known, "invalid file_id")
    assert known
    path, content = known
    demand(len(content) <= DOWNLOAD_BYTES, "file is too big")
    number = path.rpartition("_")[2].partition(".")[0]
    return {
        "file_id": given.text("file_id"),
        "file_unique_id": f"AgAD{int(number):06d}",
        "file_size": len(content),
        "file_path": path,
    }


# Polls


def _options(given: Given) -> list[Json]:
    read = given.items("options") or []
    options = [{"text": one} if isinstance(one, str) else one for one in read]
    for one in options:
        demand(isinstance(one, dict), "can't parse options JSON object")
        faults = fields(telegram.InputPollOption).faults(one)
        demand(not faults, f"can't parse poll option: {', '.join(faults)}")
        demand(one["text"].strip(), "poll options must be non-empty")
        demand(len(one["text"]) <= 100, "poll options length must not exceed 100")
    demand(options, "poll must have at least 1 option")
    demand(len(options) <= 12, "poll can't have more than 12 options")
    return options


def send_poll(world: World, given: Given) -> Json:
    """Send a poll or a quiz."""
    world.writable(_chat_id(given))
    question = _text(given, "question", TEXT_LIMIT, "question_parse_mode", "question_entities")
    demand(question.text, "poll question must be non-empty")
    demand(len(question.text) <= 300, "poll question length must not exceed 300")
    options = _options(given)
    kind = given.text("type") or "regular"
    demand(kind in {"regular", "quiz"}, "unsupported poll type specified")
    single = [given.whole("correct_option_id")] if given.text("correct_option_id") else None
    right = given.items("correct_option_ids") or single or []
    demand(kind == "regular" or right, "wrong correct option ID specified")
    demand(
        all(isinstance(one, int) and 0 <= one < len(options) for one in right),
        "wrong correct option ID specified",
    )
    why = _text(given, "explanation", TEXT_LIMIT, "explanation_parse_mode", "explanation_entities")
    demand(len(why.text) <= 200 and why.text.count("\n") <= 2, "MESSAGE_TOO_LONG")
    demand(not given.text("is_anonymous") or given.truth("is_anonymous") or given.chat, "chat not found")
    poll: Json = {
        "id": world.new_query(),
        "question": question.text,
        "options": [
            {"persistent_id": str(number), "text": one["text"], "voter_count": 0}
            for number, one in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": given.truth("is_closed"),
        "is_anonymous": not given.text("is_anonymous") or given.truth("is_anonymous"),
        "type": kind,
        "allows_multiple_answers": given.truth("allows_multiple_answers"),
        "allows_revoting": kind == "regular",
        "members_only": given.truth("members_only"),
    }
    if kind == "quiz":
        poll |= {"correct_option_ids": right} | _with_text(why, "explanation", "explanation_entities")
    return _send(world, given, {"poll": poll})


def stop_poll(world: World, given: Given) -> Json:
    """Close a poll."""
    chat = world.writable(_chat_id(given))
    kept = chat.messages.get(given.whole("message_id") or 0)
    demand(kept, "message with poll to stop not found")
    assert kept
    mine = "poll" in kept.content and kept.content["from"]["id"] == world.bot.id
    demand(mine, "poll can't be stopped")
    demand(not kept.content["poll"]["is_closed"], "poll has already been closed")
    kept.content["poll"]["is_closed"] = True
    kept.content.pop("reply_markup", None)
    kept.content |= _markup(given)
    world.touch(kept)
    return kept.content["poll"]


def set_message_reaction(world: World, given: Given) -> bool:
    """React to a message."""
    chat = world.writable(_chat_id(given))
    kept = chat.messages.get(given.whole("message_id") or 0)
    demand(kept, "message to react not found")
    reactions = given.items("reaction") or []
    demand(len(reactions) <= 1, "REACTIONS_TOO_MANY")
    for one in reactions:
        known = isinstance(one, dict) and one.get("type") == "emoji" and one.get("emoji") in _REACTIONS
        demand(known, "REACTION_INVALID")
    assert kept
    kept.reactions = reactions
    world.touch(kept)
    return True


# Chats


def get_chat(world: World, given: Given) -> Json:
    """Tell about a chat."""
    chat = world.readable(_chat_id(given))
    return chat.shown | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}


_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def _member(world: World, chat: Chat, number: int) -> Json:
    status = chat.bot if number == world.bot.id else chat.members.get(number, "left")
    shown: Json = {"user": world.users[number].shown, "status": status}
    if status == "creator":
        shown["is_anonymous"] = False
    if status == "kicked":
        shown["until_date"] = 0
    if status == "administrator":
        rights = (
            "can_be_edited is_anonymous can_manage_chat can_manage_video_chats can_restrict_members "
            "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories "
            "can_delete_stories"
        )
        shown |= dict.fromkeys(rights.split(), False) | {"can_delete_messages": True}
    return shown


def get_chat_member(world: World, given: Given) -> Json:
    """Tell how somebody stands in a chat."""
    chat = world.readable(_chat_id(given))
    number = given.whole("user_id")
    demand(number in world.users, "PARTICIPANT_ID_INVALID")
    if chat.kind == "private":
        demand(number in {chat.id, world.bot.id}, "PARTICIPANT_ID_INVALID")
        return {"user": world.users[number or 0].shown, "status": "member"}
    return _member(world, chat, number or 0)


def get_chat_administrators(world: World, given: Given) -> list[Json]:
    """Tell who leads a group; other bots are left out."""
    chat = world.readable(_chat_id(given))
    demand(chat.kind != "private", "there are no administrators in the private chat")
    leading = [who for who, status in chat.members.items() if status in {"creator", "administrator"}]
    leading += [world.bot.id] if chat.bot == "administrator" else []
    return [_member(world, chat, who) for who in leading]


def leave_chat(world: World, given: Given) -> bool:
    """Leave a group."""
    chat = world.readable(_chat_id(given))
    demand(chat.kind != "private", "chat member status can't be changed in private chats")
    chat.bot = "left"
    world.tell()
    return True


# The bot itself


def get_me(world: World, given: Given) -> Json:
    """Tell who the bot is."""
    del given
    return world.bot.shown | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _scope(given: Given) -> str:
    scope = given.thing("scope") or {"type": "default"}
    kind = scope.get("type")
    demand(kind in _SCOPES, "can't parse BotCommandScope: Unsupported type specified")
    demand(scope.keys() == {"type"} | _SCOPES[str(kind)], "can't parse BotCommandScope: chat not found")
    language = given.text("language_code")
    demand(re.fullmatch(r"([a-z]{2})?", language), "invalid language code specified")
    return json.dumps([scope, language], sort_keys=True)


def set_my_commands(world: World, given: Given) -> bool:
    """Set the menu of a scope and language."""
    scope = _scope(given)
    commands = given.items("commands") or []
    demand(len(commands) <= 100, "BOT_COMMANDS_TOO_MUCH")
    for one in commands:
        faults = fields(telegram.BotCommand).faults(one) if isinstance(one, dict) else ["Object expected"]
        demand(not faults, f"can't parse BotCommand: {', '.join(faults)}")
        demand(_COMMAND.fullmatch(one["command"].removeprefix("/")), "BOT_COMMAND_INVALID")
        demand(1 <= len(one["description"].strip()) <= 256, "BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[scope] = commands
    return True


def get_my_commands(world: World, given: Given) -> list[Json]:
    """Return the menu of a scope and language."""
    return world.commands.get(_scope(given), [])


def delete_my_commands(world: World, given: Given) -> bool:
    """Take the menu of a scope and language away."""
    world.commands.pop(_scope(given), None)
    return True


def delete_webhook(world: World, given: Given) -> bool:
    """Take away a webhook, which this server never has."""
    if given.truth("drop_pending_updates"):
        world.queue.clear()
        world.tell()
    return True


def get_webhook_info(world: World, given: Given) -> Json:
    """Say that there is no webhook."""
    del given
    return {"url": "", "has_custom_certificate": False, "pending_update_count": len(world.queue)}


BUILT: MappingProxyType[str, Callable[[World, Given], Any]] = MappingProxyType(
    {
        "answerCallbackQuery": answer_callback_query,
        "answerInlineQuery": answer_inline_query,
        "deleteMessage": delete_message,
        "deleteMessages": delete_messages,
        "deleteMyCommands": delete_my_commands,
        "deleteWebhook": delete_webhook,
        "editMessageReplyMarkup": edit_message_reply_markup,
        "editMessageText": edit_message_text,
        "getChat": get_chat,
        "getChatAdministrators": get_chat_administrators,
        "getChatMember": get_chat_member,
        "getFile": get_file,
        "getMe": get_me,
        "getMyCommands": get_my_commands,
        "getWebhookInfo": get_webhook_info,
        "leaveChat": leave_chat,
        "sendChatAction": send_chat_action,
        "sendDocument": send_document,
        "sendMessage": send_message,
        "sendPhoto": send_photo,
        "sendPoll": send_poll,
        "setMessageReaction": set_message_reaction,
        "setMyCommands": set_my_commands,
        "stopPoll": stop_poll,
    }
)
