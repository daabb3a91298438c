"""Starting a project: an empty one with commented settings, or the sample that ships with the workbench."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.config import FILE_NAME
from workbench.errors import OutputError, UsageError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

SETTINGS = """\
# Settings of this translation-review project; every line may be left out.
source_lang = "en"
target_lang = "zh-CN"
# author = "your name"          # default: the login name
# role = "reviewer"             # or "translator": confirming makes a unit translated instead of reviewed
# theme = "dark"                # dark, light, contrast-dark, contrast-light, ansi-dark, ansi-light
# real_cursor = true            # the terminal's own cursor at the caret, where input methods open their window
# completion = true              # offer terms and words while one types; Tab puts them in
# ambiguous_width = 1            # 2: the terminal draws “ ” … — in two cells
# emoji_width = 2                # 1: the terminal draws ⚠️ and its like, signs with a selector, in one cell
# keymap = "default"             # or "omegat", "trados": docs/tui.md
# idle_seconds = 300            # a longer silence at a unit counts as this much work
# wrapped = true                # the texts are hard-wrapped: only a blank line ends a paragraph
# one_per_line = true           # the texts are segmented already, one a line; a blank line parts paragraphs

# [keys]                        # your own keys: workbench keys lists the commands
# confirm = "f2,ctrl+d"
#
# [checks]
# select = "+spacing,-width"    # more and fewer checks than the default ones
# profile = "mainland"          # mainland, taiwan, hong-kong: quotation marks and script; default: as target_lang says
# style = "ui"                  # prose, or ui: no end marks wanted, ASCII marks allowed
# severity = { length = "minor" }
# documents."ui-*" = { select = "-punctuation", style = "ui" }    # for documents of such names, on top
#
# [segmentation]                # where sentences end: rules of your own before the built-in ones
# srx = "house.srx"             # or an SRX file in their place
# [segmentation.en]
# abbreviations = ["approx"]    # never end a sentence
# no_breaks = [{ before = 'Yahoo!', after = '\\s' }]
#
# [mqm]                         # what errors cost: docs/quality.md
# preset = "core"               # neutral 0, minor 1, major 5, critical 25; or "google"
# per = "characters"            # or "words"; default: as the target language calls for
# threshold = 98                # the overall quality score to be reached
# severity = { critical = 50 }
# category = { terminology = 2, "linguistic/punctuation" = { minor = 0.1 } }
#
# [screen]                      # docs/tui.md
# layout = "review"             # at first: wide, narrow, translate, review, reading, list, or one of your own
# tour = false                  # do not offer the tour at the first start
# [screen.layouts]
# mine = "50% list:6 running:4 | source:4 target:4 draft:4 issues:3"
#
# [engines]                     # what makes drafts: docs/drafts.md
# default = "argos"             # on this machine; libretranslate and openai only where a url is given here
# [engines.libretranslate]
# url = "http://localhost:5000"
# [engines.openai]              # any chat endpoint of this form
# url = "http://localhost:8080/v1"
# model = "the model's name"
# key_env = "LLM_KEY"           # the variable of the environment that holds the key; no key is written here
"""

GLOSSARY = """\
# The termbase. A line "English: 中文" is a complete entry; the long form says more:
#
# simultaneous interpreting:
#   zh: [同声传译, 同传]        # the first is preferred, the others are accepted
#   forbidden: 同步翻译
#   note: at conferences
"""


def sample_root() -> Traversable:
    """The folder that holds the sample's segments/ and glossary.yaml, in the package or in a checkout."""
    packaged = resources.files("workbench.pipeline") / "sample"
    if packaged.joinpath("glossary.yaml").is_file():
        return packaged
    return Path(__file__).resolve().parents[2]


def init(folder: Path, *, sample: bool = False) -> list[Path]:
    """Make a project in `folder` and return the files written. Nothing that exists is touched.

    Raises UsageError when the folder holds a project already, OutputError when it cannot be written.
    """
    files: dict[Path, bytes] = {
        folder / FILE_NAME: SETTINGS.encode(),
        folder / ".gitignore": b".workbench/\n",
    }
    if sample:
        root = sample_root()
        files[folder / "glossary.yaml"] = root.joinpath("glossary.yaml").read_bytes()
        for entry in sorted(root.joinpath("segments").iterdir(), key=lambda one: one.name):
            if entry.is_file() and not entry.name.startswith("."):
                files[folder / "segments" / entry.name] = entry.read_bytes()
    else:
        files[folder / "glossary.yaml"] = GLOSSARY.encode()
    if (folder / ".gitignore").exists():
        del files[folder / ".gitignore"]
    for path in files:
        if path.exists():
            raise UsageError(f"{path} exists already: nothing was written")
    try:
        (folder / "segments").mkdir(parents=True, exist_ok=True)
        for path, data in files.items():
            path.write_bytes(data)
    except OSError as error:
        raise OutputError(
            error.strerror or "cannot be written", file=error.filename or str(folder)
        ) from error
    return list(files)
