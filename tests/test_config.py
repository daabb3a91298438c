"""workbench.toml: defaults, values, and errors that name the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench import config
from workbench.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    (folder / "workbench.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_without_a_file_has_defaults(tmp_path: Path) -> None:
    settings = config.load(tmp_path, author="wei")
    assert (settings.source_lang, settings.target_lang, settings.role) == ("en", "zh-CN", "reviewer")
    assert settings.glossary == tmp_path / "glossary.yaml"
    assert settings.store == str(tmp_path / ".workbench" / "review.db")
    assert settings.author == "wei"


def test_values_of_the_file_count(tmp_path: Path) -> None:
    text = 'target_lang = "zh-TW"\nrole = "translator"\nauthor = "李雷"\nstore = "postgresql://db/review"\n'
    settings = config.load(write(tmp_path, text))
    assert (settings.target_lang, settings.role, settings.author) == ("zh-TW", "translator", "李雷")
    assert settings.store == "postgresql://db/review"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('source_lang = "en"\nauthr = "x"\n', 2, "unknown setting 'authr', did you mean 'author'?"),
        ('\nrole = "boss"\n', 2, "role must be one of reviewer, translator"),
        ("role = 3\n", 1, "role must be text in quotes"),
        ('target_lang = "chinese simplified"\n', 1, "not a language tag: 'chinese simplified'"),
        ("wrapped = 1\n", 1, "wrapped must be true or false"),
        ('source_lang = "en"\nrole = \n', 2, "not valid TOML: Invalid value"),
    ],
)
def test_errors_name_file_line_and_reason(tmp_path: Path, text: str, line: int, reason: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.load(write(tmp_path, text))
    assert str(caught.value) == f"{tmp_path / 'workbench.toml'}:{line}: {reason}"


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "workbench.toml").write_bytes('author = "李雷"'.encode("gb18030"))
    with pytest.raises(ConfigError, match="not UTF-8 text"):
        config.load(tmp_path)


def test_the_checks_are_a_selection_or_a_table(tmp_path: Path) -> None:
    settings = config.load(write(tmp_path, 'checks = "+spacing,-width"\n'))
    assert settings.checks == config.CheckSettings(select="+spacing,-width")
    text = """
[checks]
select = "+spacing"
profile = "taiwan"
[checks.severity]
length = "minor"
[checks.documents."ui-*"]
style = "ui"
"""
    assert config.load(write(tmp_path, text)).checks == config.CheckSettings(
        select="+spacing",
        profile="taiwan",
        severity=(("length", "minor"),),
        documents=(("ui-*", config.CheckSettings(style="ui")),),
    )


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("checks = 3\n", 1, "checks must be text in quotes or a table"),
        ("[checks]\nselct = 'width'\n", 2, "unknown setting 'checks.selct', did you mean 'select'?"),
        ("[checks]\nselect = true\n", 2, "checks.select must be text in quotes"),
        ("[checks]\n[checks.severity]\nwidth = 3\n", 3, "the severity of width must be text in quotes"),
        ("[checks.documents]\nui = 3\n", 2, "checks.documents.ui must be a table"),
        (
            "[checks.documents.ui]\ndocuments = {}\n",
            2,
            "unknown setting 'checks.documents.ui.documents' (there are: select, profile, style, severity)",
        ),
    ],
)
def test_errors_of_the_checks_table(tmp_path: Path, text: str, line: int, reason: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.load(write(tmp_path, text))
    assert str(caught.value) == f"{tmp_path / 'workbench.toml'}:{line}: {reason}"


def test_the_mqm_table(tmp_path: Path) -> None:
    assert config.load(tmp_path).mqm == config.MqmSettings()
    text = """
idle_seconds = 90
[mqm]
preset = "google"
per = "words"
threshold = 98
severity = { major = 10 }
[mqm.category]
terminology = 2
"linguistic/punctuation" = { minor = 0.1 }
"""
    settings = config.load(write(tmp_path, text))
    assert settings.idle_seconds == 90.0
    assert settings.mqm == config.MqmSettings(
        preset="google",
        per="words",
        threshold=98,
        severity=(("major", 10.0),),
        category=(("terminology", 2.0),),
        points=(("linguistic/punctuation", "minor", 0.1),),
    )


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("mqm = 3\n", 1, "mqm must be a table"),
        ("[mqm]\npreest = 'core'\n", 2, "unknown setting 'mqm.preest', did you mean 'preset'?"),
        ("[mqm]\nthreshold = 'high'\n", 2, "mqm.threshold must be a number"),
        ("[mqm]\nreference = 0\n", 2, "reference must be more than 0"),
        ("[mqm]\nreference = true\n", 2, "mqm.reference must be a whole number"),
        ("[mqm.severity]\nmajor = -1\n", 2, "mqm: the weight of major must be a number, 0 or more"),
        (
            "[mqm.category]\nstyle = { minor = nan }\n",
            2,
            "mqm: the weight of style.minor must be a number, 0 or more",
        ),
        ("idle_seconds = -5\n", 1, "idle_seconds must be more than 0"),
        ("idle_seconds = 'long'\n", 1, "idle_seconds must be a number"),
    ],
)
def test_errors_of_the_mqm_table(tmp_path: Path, text: str, line: int, reason: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.load(write(tmp_path, text))
    assert str(caught.value) == f"{tmp_path / 'workbench.toml'}:{line}: {reason}"


def test_without_a_table_argos_makes_drafts_and_no_engine_has_an_address(tmp_path: Path) -> None:
    engines = config.load(tmp_path).engines
    assert engines == config.EngineSettings(default="argos", engines=())
    assert engines.values("openai") == engines.values("libretranslate") == engines.values("argos") == {}


def test_the_engines_table(tmp_path: Path) -> None:
    text = """
[engines]
default = "openai"
[engines.argos]
model = "models/en_zh.argosmodel"
batch_size = 16
threads = 0
[engines.libretranslate]
url = "http://localhost:5000"
timeout_seconds = 20
[engines.openai]
url = "https://llm.example/v1"
model = "small"
key_env = "LLM_KEY"
instructions = "Formal style."
temperature = 0
requests_per_minute = 90.5
"""
    engines = config.load(write(tmp_path, text)).engines
    assert engines.default == "openai"
    assert engines.values("argos") == {
        "model": str(tmp_path.resolve() / "models" / "en_zh.argosmodel"),
        "batch_size": 16,
        "threads": 0,
    }
    assert engines.values("libretranslate") == {"url": "http://localhost:5000", "timeout_seconds": 20}
    assert engines.values("openai") == {
        "url": "https://llm.example/v1",
        "model": "small",
        "key_env": "LLM_KEY",
        "instructions": "Formal style.",
        "temperature": 0,
        "requests_per_minute": 90.5,
    }
    assert hash(config.load(tmp_path)) == hash(config.load(tmp_path))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("engines = 'argos'\n", 1, "engines must be a table"),
        ("[engines]\ndefault = 'argo'\n", 2, "engines.default must be one of argos, libretranslate, openai"),
        ("[engines]\ndefault = 3\n", 2, "engines.default must be one of argos, libretranslate, openai"),
        (
            "[engines.argos]\n[engines.opnai]\n",
            2,
            "unknown setting 'engines.opnai', did you mean 'openai'?",
        ),
        (
            "[engines]\n\ndeepl = {}\n",
            3,
            "unknown setting 'engines.deepl' (there are: default, argos, libretranslate, openai)",
        ),
        ("[engines]\nargos = true\n", 2, "engines.argos must be a table"),
        (
            "[engines.argos]\nmodel = 'm'\n[engines.openai]\nmodle = 'm'\n",
            4,
            "unknown setting 'engines.openai.modle', did you mean 'model'?",
        ),
        (
            "[engines.argos]\nmodel='m'\n[engines.openai]\nmodel = 3\n",
            4,
            "engines.openai.model must be text in quotes",
        ),
        (
            "[engines.argos]\nurl = 'http://localhost'\n",
            2,
            "unknown setting 'engines.argos.url' (there are: model, batch_size, threads, beam, compute_type)",
        ),
        (
            "[engines]\nopenai = { url = 'http://localhost', key = 'sk-1' }\n",
            2,
            "unknown setting 'engines.openai.key', did you mean 'key_env'?",
        ),
        ("[engines.openai]\nbatch_size = 2.5\n", 2, "engines.openai.batch_size must be a whole number"),
        ("[engines.openai]\ntemperature = true\n", 2, "engines.openai.temperature must be a number"),
        ("[engines.openai]\ntemperature = -1\n", 2, "engines.openai.temperature must be a number, 0 or more"),
        (
            "[engines.openai]\ntemperature = nan\n",
            2,
            "engines.openai.temperature must be a number, 0 or more",
        ),
        ("[engines.argos]\nbatch_size = 0\n", 2, "engines.argos.batch_size must be more than 0"),
        (
            "[engines.libretranslate]\ntimeout_seconds = inf\n",
            2,
            "engines.libretranslate.timeout_seconds must be more than 0",
        ),
        ("[engines.libretranslate]\nurl = ' '\n", 2, "engines.libretranslate.url is empty"),
    ],
)
def test_errors_of_the_engines_table(tmp_path: Path, text: str, line: int, reason: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.load(write(tmp_path, text))
    assert str(caught.value) == f"{tmp_path / 'workbench.toml'}:{line}: {reason}"


def test_every_engine_has_its_settings_and_none_is_for_an_engine_that_there_is_not() -> None:
    from workbench.config.engines import ENGINE_SETTINGS
    from workbench.engines import ENGINES

    assert {kind.name for kind in ENGINES} <= set(ENGINE_SETTINGS)


def test_every_setting_of_an_engine_is_in_the_docs() -> None:
    from workbench.config.engines import ENGINE_SETTINGS

    page = (Path(__file__).parents[1] / "docs" / "drafts.md").read_text(encoding="utf-8")
    for name, settings in ENGINE_SETTINGS.items():
        assert f"[engines.{name}]" in page
        assert [one for one in settings if f"`{one}`" not in page] == []
