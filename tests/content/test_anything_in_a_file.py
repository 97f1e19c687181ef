"""Whatever a file holds, reading it ends in knowledge or in faults, and never in a traceback."""

import contextlib
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.content import KnowledgeError, check, document, load

SAMPLE = Path(__file__).with_name("sample")
FILES = sorted(path.relative_to(SAMPLE).as_posix() for path in SAMPLE.rglob("*.*"))

SIGNS = st.sampled_from(
    [
        *("- ", ": ", "\n", "\n  ", "\n    ", "{", "}", "[", "]", ",", "'", '"', "|\n", ">-\n", "#", "? "),
        *("&a ", "*a", "!!str ", "<<: ", "---\n", "...\n", "%YAML 1.2\n", "%TAG ! a\n", "\t", "\0", "\ufeff"),
        *("no", "~", "1e999", "0x", "9" * 5000, '"\\', '"\\UFFFFFFFF"', '"\\ud800"', "../", "en: [", "?: "),
        *("id", "title", "asks", "en", "text", "stages", "facets", "steps", "tasks", "minutes", "resources"),
    ],
)
YAMLISH = st.lists(SIGNS | st.text(max_size=4), max_size=40).map("".join)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
FIELDS = st.sampled_from(
    "id title asks en facets stages steps tasks resources duties names replaces retired".split()
)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(FIELDS, inner),
    max_leaves=20,
)


# A slow disk is no fault of the loader.
UNHURRIED = settings(deadline=None)


def loads_or_is_refused(name, content):
    """Put one file into the sample; the rest of it stays valid."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent, "knowledge")
        for path in FILES:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content if path == name else (SAMPLE / path).read_bytes())
        faults = check(folder).faults
        with pytest.raises(KnowledgeError) if faults else contextlib.nullcontext():
            load(folder)
        for fault in faults:
            assert str(fault).isprintable()
            assert fault.line >= 1
            assert fault.message


@UNHURRIED
@given(name=st.sampled_from(FILES), content=st.binary(max_size=200))
def test_any_bytes(name, content):
    loads_or_is_refused(name, content)


@UNHURRIED
@given(name=st.sampled_from(FILES), content=YAMLISH)
@example(name="pointers.yaml", content='"?": 1\n"?": 2\n')
@example(name="pointers.yaml", content='"\\0": 1\n"\\0": 2\n')
@example(name="questions.yaml", content="? [a]\n: b\n? {c: d}\n: *e\n")
def test_any_text_that_looks_like_yaml(name, content):
    loads_or_is_refused(name, content.encode("utf-8", "surrogatepass"))


@UNHURRIED
@given(name=st.sampled_from(FILES), data=DATA)
def test_any_yaml_of_any_shape(name, data):
    loads_or_is_refused(name, yaml.safe_dump(data, allow_unicode=True).encode("utf-8", "surrogatepass"))


@UNHURRIED
@given(st.data())
def test_a_valid_file_with_a_piece_replaced(data):
    name = data.draw(st.sampled_from(FILES))
    content = (SAMPLE / name).read_text("utf-8")
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 30)))
    piece = data.draw(YAMLISH)
    loads_or_is_refused(name, f"{content[:start]}{piece}{content[end:]}".encode("utf-8", "surrogatepass"))


@given(content=YAMLISH)
@settings(max_examples=300, deadline=None)
def test_the_pure_python_parser_refuses_as_cleanly(content):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document, "_LOADER", yaml.SafeLoader)
        with contextlib.suppress(KnowledgeError):
            document.read_document("file", content.encode("utf-8", "surrogatepass"))
