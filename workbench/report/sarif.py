"""Findings as SARIF 2.1.0 (OASIS standard), which hosts of continuous integration show beside the files."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import workbench
from workbench import checks
from workbench.checks.found import source_digest
from workbench.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.checks import Check, DocumentFindings
    from workbench.checks.found import Place
    from workbench.model import Issue, TranslationUnit

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"neutral": "note", "minor": "note", "major": "warning", "critical": "error"}
"""The levels of SARIF that our severities are shown as."""
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


def to_sarif(found: Sequence[DocumentFindings]) -> str:
    """One run with a rule for each check, and each finding as a result.

    A result about the target stands in the file of the targets, where there is one, else in that of the sources. Its
    region is the line on which the unit begins, with columns and a fix where the file holds the unit as it is; it is
    left out where the file has no lines. The unit's id is its logical location; spans, texts and the
    fixed target are properties, in code points of the unit's
    own texts. `partialFingerprints` hold in later runs, wherever the unit moves.
    """
    rules = {check.id: number for number, check in enumerate(checks.CHECKS)}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "workbench",
                "fullName": "translation-workbench",
                "semanticVersion": workbench.__version__,
                "rules": [_rule(check) for check in checks.CHECKS],
            }
        },
        "columnKind": "unicodeCodePoints",
        "artifacts": [
            {"location": {"uri": uri(path)}} for one in found for path in (one.path, one.target_path) if path
        ],
        "results": [_result(one, unit, line, issue, rules) for one in found for unit, line, issue in one],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    text = json.dumps(log, ensure_ascii=False, indent=1)
    # Half of a surrogate pair is no character that UTF-8 could hold.
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def uri(path: str) -> str:
    """A path as a URI reference: relative as it was given, or with the scheme "file"."""
    if _DRIVE.match(path):
        return "file:///" + quote(path.replace("\\", "/"), safe="/:")
    encoded = quote(path.replace("\\", "/"), safe="/")
    return f"file://{encoded}" if encoded.startswith("/") else encoded


def _rule(check: Check) -> dict[str, Any]:
    scope = {"unit": "each unit", "document": "a whole document", "project": "all documents together"}[
        check.scope
    ]
    default = "" if check.default else " It runs only where it is asked for."
    words = _words(check)
    help_text = (
        f"{words} A translation check over {scope}; MQM category {check.category}.{default} A finding may be "
        "wrong: waive it in review, with a reason."
    )
    return {
        "id": check.id,
        "name": check.id.title(),
        "shortDescription": {"text": check.title},
        "fullDescription": {"text": help_text},
        "help": {"text": help_text, "markdown": f"**{check.title}** (`{check.id}`)\n\n{help_text}"},
        "defaultConfiguration": {"level": LEVELS[check.severity], "enabled": check.default},
        "properties": {"tags": ["translation", *check.category.split("/")], "severity": str(check.severity)},
    }


def _words(check: Check) -> str:
    """What the check finds, as the head of its module says it, else its title."""
    module = sys.modules.get(check.find.__module__)
    head = " ".join((module.__doc__ or "").split("\n\n")[0].split()) if module is not None else ""
    return head if head.lower().startswith(check.id.replace("-", " ")) else f"{check.title}."


def _result(
    found: DocumentFindings, unit: TranslationUnit, line: int | None, issue: Issue, rules: dict[str, int]
) -> dict[str, Any]:
    digest = source_digest(unit)
    location: dict[str, Any] = {
        "logicalLocations": [
            {"name": unit.id, "fullyQualifiedName": f"{found.name}/{unit.id}", "kind": "unit"}
        ]
    }
    place = found.places.get(unit.id) if issue.target_span is not None or issue.source_span is None else None
    path, region = (
        (found.path, {"startLine": line}) if place is None else (found.target_path, _region(place, issue))
    )
    if path:
        physical: dict[str, Any] = {"artifactLocation": {"uri": uri(path)}}
        if region["startLine"] is not None:
            physical["region"] = region | {"snippet": {"text": unit.source if place is None else unit.target}}
        location["physicalLocation"] = physical
    properties: dict[str, Any] = {
        "severity": str(issue.severity),
        "source": unit.source,
        "target": unit.target,
    }
    for name, span in (("sourceSpan", issue.source_span), ("targetSpan", issue.target_span)):
        if span is not None:
            properties[name] = [span.start, span.end]
    if issue.fix is not None:
        properties["fixedTarget"] = issue.fix.apply(unit.target)
    known = {"ruleIndex": rules[issue.check]} if issue.check in rules else {}
    return {
        "ruleId": issue.check,
        **known,
        "level": LEVELS[issue.severity],
        "message": {"text": visible(checks.message(issue))},
        "locations": [location],
        **_fixes(issue, place, path),
        "partialFingerprints": {
            "workbenchFinding/v1": issue.fingerprint,
            "workbenchSource/v1": digest,
            "primaryLocationLineHash": f"{digest}-{issue.fingerprint}",
        },
        "properties": properties,
    }


def _region(place: Place, issue: Issue) -> dict[str, Any]:
    """The place of a finding in the file of the targets, as far as it is known."""
    region: dict[str, Any] = {"startLine": place.line}
    if place.column is not None and issue.target_span is not None:
        region |= {
            "startColumn": place.column + issue.target_span.start,
            "endColumn": place.column + issue.target_span.end,
        }
    return region


def _fixes(issue: Issue, place: Place | None, path: str) -> dict[str, Any]:
    """The sure repair as a replacement in the file, where the file holds the unit as it is."""
    if issue.fix is None or place is None or place.column is None:
        return {}
    region = {
        "startLine": place.line,
        "startColumn": place.column + issue.fix.span.start,
        "endColumn": place.column + issue.fix.span.end,
    }
    replacement = {"deletedRegion": region, "insertedContent": {"text": issue.fix.text}}
    change = {"artifactLocation": {"uri": uri(path)}, "replacements": [replacement]}
    return {"fixes": [{"artifactChanges": [change]}]}
