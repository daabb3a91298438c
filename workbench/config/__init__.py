"""Project settings: what workbench.toml may say, its defaults, and errors that name the line."""

from __future__ import annotations

from workbench.config.checks import CheckSettings
from workbench.config.engines import EngineSettings, EngineValue
from workbench.config.file import FILE_NAME, setting_error
from workbench.config.keys import KeySettings
from workbench.config.mqm import MqmSettings
from workbench.config.segmentation import (
    LanguageSegmentation,
    RuleSetting,
    SegmentationSettings,
    load_segmentation,
)
from workbench.config.settings import Settings, load

__all__ = [
    "FILE_NAME",
    "CheckSettings",
    "EngineSettings",
    "EngineValue",
    "KeySettings",
    "LanguageSegmentation",
    "MqmSettings",
    "RuleSetting",
    "SegmentationSettings",
    "Settings",
    "load",
    "load_segmentation",
    "setting_error",
]
