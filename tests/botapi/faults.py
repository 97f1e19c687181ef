"""What goes wrong on purpose."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from tests.botapi.server import Call

Kind = Literal["error", "reset_before", "reset_after", "bad_gateway", "delay", "hang"]
_WORDS: Mapping[int, str] = MappingProxyType(
    {
        400: "Bad Request: chat not found",
        401: "Unauthorized",
        403: "Forbidden: bot was blocked by the user",
        404: "Not Found",
        409: "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
        500: "Internal Server Error",
        502: "Bad Gateway",
    }
)


@dataclass(eq=False, slots=True)
class Fault:
    """One thing that goes wrong; `left` is how often still, None for always."""

    kind: Kind
    methods: tuple[str, ...]
    chat: int | None
    left: int | None
    when: Callable[[Call], bool] | None
    code: int = 0
    description: str = ""
    parameters: dict[str, int] = field(default_factory=dict)
    seconds: float = 0
    hits: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def fits(self, call: Call) -> bool:
        """Say whether it hits this call."""
        named = "*" in self.methods or call.method in self.methods
        here = self.chat is None or self.chat == call.chat
        return self.left != 0 and named and here and (self.when is None or self.when(call))

    def remove(self) -> None:
        """Let it happen no more."""
        self.left = 0

    def release(self) -> None:
        """Let calls that hang go on, and hang no more."""
        self.remove()
        self.released.set()


class Faults:
    """The faults of a server, in the order they were set."""

    def __init__(self) -> None:
        """Begin with none."""
        self._faults: list[Fault] = []

    def _add(
        self, kind: Kind, method: str | tuple[str, ...], conditions: dict[str, Any], **more: Any
    ) -> Fault:
        """Set a fault; `conditions` are `chat`, `times` (1 unless given) and `when`."""
        unknown = conditions.keys() - {"chat", "times", "when"}
        assert not unknown, f"a fault knows no {sorted(unknown)}"
        fault = Fault(
            kind,
            (method,) if isinstance(method, str) else method,
            conditions.get("chat"),
            conditions.get("times", 1),
            conditions.get("when"),
            **more,
        )
        self._faults.append(fault)
        return fault

    def error(
        self,
        method: str | tuple[str, ...],
        code: int,
        description: str = "",
        *,
        retry_after: int | None = None,
        migrate_to_chat_id: int | None = None,
        **conditions: Any,
    ) -> Fault:
        """Answer with an error; the call has no effect."""
        if code == 429:
            retry_after = retry_after or 1
            description = description or f"Too Many Requests: retry after {retry_after}"
        parameters = {"retry_after": retry_after, "migrate_to_chat_id": migrate_to_chat_id}
        if migrate_to_chat_id:
            description = description or "Bad Request: group chat was upgraded to a supergroup chat"
        return self._add(
            "error",
            method,
            conditions,
            code=code,
            description=description or _WORDS.get(code, "Internal Server Error"),
            parameters={name: value for name, value in parameters.items() if value},
        )

    def reset_before(self, method: str | tuple[str, ...], **conditions: Any) -> Fault:
        """Cut the connection before anything happened."""
        return self._add("reset_before", method, conditions)

    def reset_after(self, method: str | tuple[str, ...], **conditions: Any) -> Fault:
        """Cut the connection after the call took effect."""
        return self._add("reset_after", method, conditions)

    def bad_gateway(self, method: str | tuple[str, ...], **conditions: Any) -> Fault:
        """Answer 502 with HTML; the call has no effect."""
        return self._add("bad_gateway", method, conditions)

    def delay(self, method: str | tuple[str, ...], seconds: float, **conditions: Any) -> Fault:
        """Let the call take effect and be answered that many of the server's seconds later."""
        return self._add("delay", method, conditions, seconds=seconds)

    def hang(self, method: str | tuple[str, ...], **conditions: Any) -> Fault:
        """Neither do nor answer anything until the fault is released."""
        return self._add("hang", method, conditions)

    def hit(self, call: Call) -> Fault | None:
        """Return the first fault that fits, and count it."""
        for fault in self._faults:
            if fault.fits(call):
                fault.hits += 1
                if fault.left:
                    fault.left -= 1
                return fault
        return None

    def clear(self) -> None:
        """Take all faults away; calls that hang go on."""
        for fault in self._faults:
            fault.release()
        self._faults.clear()
