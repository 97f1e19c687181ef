"""Documents turned into the parts of a knowledge base, their local ids made whole.

In the files an entry is called `apis`; everywhere else it is `backend-developer/duties/apis`. Adding the
prefixes here keeps the files short and the paths of the two the same, so that what is wrong with a part can
be shown at its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.content.claims import Rules
from bot.content.document import Document, Path
from bot.content.faults import KnowledgeError
from bot.content.sentences import schema_faults
from bot.domain.knowledge import Asks, OtherCareer, Place, Pointer, Role, Safety

T = TypeVar("T")

POINTERS = "pointers"
STAGES = "stages"
ROADMAP = "roadmap"
RETIRED = "retired"

PHRASINGS = TypeAdapter(Mapping[str, Asks])
_POINTER_LIST = TypeAdapter(tuple[Pointer, ...])
_CAREER_LIST = TypeAdapter(tuple[OtherCareer, ...])
_PLACE_LIST = TypeAdapter(tuple[Place, ...])
_SAFETY = TypeAdapter(Safety)
_ROLE = TypeAdapter(Role)
_RULES = TypeAdapter(Rules)

_NO_PARTS = ((), (RETIRED,))


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A part of the knowledge with the document it was read from, and where in it each id stands."""

    value: T
    document: Document
    places: tuple[tuple[Path, str], ...] = ()

    @property
    def paths(self) -> Mapping[str, Path]:
        """Where each whole id stands; of one that is used twice, the first place."""
        return {name: path for path, name in reversed(self.places)}


def phrasings_part(document: Document) -> Part[Mapping[str, Asks]]:
    """Read a file of phrasings by the thing they ask for.

    Raises:
        KnowledgeError: it does not have the form of such a file.
    """
    value = _validated(PHRASINGS, Mapping[str, Asks], document, document.value)
    return Part(value, document)


def pointers_part(document: Document) -> Part[tuple[Pointer, ...]]:
    """Read pointers.yaml.

    Raises:
        KnowledgeError: it does not have the form of such a file.
    """
    data = _with_ids(document.value, POINTERS)
    value = _validated(_POINTER_LIST, tuple[Pointer, ...], document, data)
    return Part(value, document, tuple(((place,), one.id) for place, one in enumerate(value)))


def other_careers_part(document: Document) -> Part[tuple[OtherCareer, ...]]:
    """Read other_careers.yaml.

    Raises:
        KnowledgeError: it does not have the form of such a file.
    """
    value = _validated(_CAREER_LIST, tuple[OtherCareer, ...], document, document.value)
    return Part(value, document, tuple(((place,), one.id) for place, one in enumerate(value)))


def places_part(document: Document) -> Part[tuple[Place, ...]]:
    """Read places.yaml.

    Raises:
        KnowledgeError: it does not have the form of such a file.
    """
    return Part(_validated(_PLACE_LIST, tuple[Place, ...], document, document.value), document)


def safety_part(document: Document) -> Part[Safety]:
    """Read safety.yaml.

    Raises:
        KnowledgeError: it does not have the form of such a file.
    """
    return Part(_validated(_SAFETY, Safety, document, document.value), document)


def rules_part(document: Document) -> Part[Rules]:
    """Read rules.yaml.

    Raises:
        KnowledgeError: it does not have the form of such a file.
    """
    return Part(_validated(_RULES, Rules, document, document.value), document)


def role_part(document: Document, asks: Mapping[str, Asks]) -> Part[Role]:
    """Read the file of a career.

    Args:
        document: the file.
        asks: more phrasings for its entries, by their id without the career's.

    Raises:
        KnowledgeError: it does not have the form of such a file.
    """
    data = _whole_role(document.value)
    entries = dict(_entries(data))
    for local, more in asks.items():
        if local in entries:
            entry = entries[local]
            entry["asks"] = _joined(entry.get("asks", {}), more)
    role = _validated(_ROLE, Role, document, data)
    # The career's own id stands at (); what is retired is no longer part of it.
    return Part(role, document, tuple(place for place in ids_inside(data) if place[0][:1] not in _NO_PARTS))


def ids_inside(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:  # noqa: ANN401 - data of any form
    """Yield every `id` in some data with the path of the thing that carries it."""
    if isinstance(value, dict):
        name = value.get("id")
        if isinstance(name, str):
            yield path, name
        for key, inner in value.items():
            yield from ids_inside(inner, (*path, key))
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            yield from ids_inside(inner, (*path, place))


def _validated(adapter: TypeAdapter[T], schema: object, document: Document, data: object) -> T:
    try:
        return adapter.validate_python(data)
    except ValidationError as error:
        raise KnowledgeError(tuple(schema_faults(error, document, schema))) from error


def _with_ids(items: Any, prefix: str, **inner: str) -> Any:  # noqa: ANN401 - data of any form
    """Put a prefix before the id of each item, and before those of the lists named in `inner`.

    What does not have the right form is left as it is, for pydantic to find.
    """
    if not isinstance(items, tuple):
        return items
    whole: list[Any] = []
    for item in items:
        if not (isinstance(item, dict) and isinstance(item.get("id"), str)):
            whole.append(item)
            continue
        name = f"{prefix}/{item['id']}"
        lists = {key: _with_ids(item[key], f"{name}{below}") for key, below in inner.items() if key in item}
        whole.append({**item, **lists, "id": name})
    return tuple(whole)


def _whole_role(value: Any) -> Any:  # noqa: ANN401 - data of any form
    if not isinstance(value, dict):
        return value
    # Where the id is missing that is the fault to show, and any prefix will do.
    role = str(value.get("id"))
    whole = dict(value)
    if isinstance(value.get("facets"), dict):
        whole["facets"] = {
            key: {**facet, "id": f"{role}/{key}"} if isinstance(facet, dict) else facet
            for key, facet in value["facets"].items()
        }
    for key in ("duties", "resources"):
        if key in value:
            whole[key] = _with_ids(value[key], f"{role}/{key}")
    if isinstance(value.get("stages"), tuple):
        whole["stages"] = tuple(
            _with_steps(stage, role) for stage in _with_ids(value["stages"], f"{role}/{STAGES}")
        )
    if RETIRED in value:
        whole[RETIRED] = _with_replaced(_with_ids(value[RETIRED], f"{role}/{ROADMAP}"), role)
    return whole


def _with_steps(stage: Any, role: str) -> Any:  # noqa: ANN401 - data of any form
    if not (isinstance(stage, dict) and isinstance(stage.get("steps"), tuple)):
        return stage
    steps = _with_ids(stage["steps"], f"{role}/{ROADMAP}", tasks="")
    steps = _with_replaced(_with_references(steps, "resources", f"{role}/resources"), role)
    return {
        **stage,
        "steps": tuple(
            {**step, "tasks": _with_replaced(step["tasks"], role)}
            if isinstance(step, dict) and "tasks" in step
            else step
            for step in steps
        ),
    }


def _with_replaced(items: Any, role: str) -> Any:  # noqa: ANN401 - data of any form
    return _with_references(items, "replaces", f"{role}/{ROADMAP}")


def _with_references(items: Any, field: str, prefix: str) -> Any:  # noqa: ANN401 - data of any form
    """Put a prefix before the ids that a field of each item lists."""
    if not isinstance(items, tuple):
        return items
    return tuple(
        {**item, field: tuple(f"{prefix}/{one}" if isinstance(one, str) else one for one in item[field])}
        if isinstance(item, dict) and isinstance(item.get(field), tuple)
        else item
        for item in items
    )


def _entries(data: Any) -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401 - data of any form
    """Yield what can carry phrasings, by its id without the career's."""
    if not (isinstance(data, dict) and isinstance(data.get("id"), str)):
        return
    facets, stages = data.get("facets"), data.get("stages")
    lists = [data.get("duties"), data.get("resources")]
    lists.append(tuple(facets.values()) if isinstance(facets, dict) else ())
    if isinstance(stages, tuple):
        lists.extend(stage.get("steps") for stage in stages if isinstance(stage, dict))
    for one in lists:
        for entry in one if isinstance(one, tuple) else ():
            if isinstance(entry, dict) and isinstance(entry.get("id"), str):
                yield entry["id"].removeprefix(f"{data['id']}/"), entry


def _joined(own: Any, more: Asks) -> Any:  # noqa: ANN401 - data of any form
    if not (isinstance(own, dict) and all(isinstance(lines, tuple) for lines in own.values())):
        return own
    return {language: (*own.get(language, ()), *more.get(language, ())) for language in {**own, **more}}
