"""A project as a folder: settings, glossary, documents, store, and the verbs that need all of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypedDict

from workbench import config, langs
from workbench.errors import ConfigError, InputError, NotFoundError, OutputError, UsageError
from workbench.pipeline import sources
from workbench.pipeline.importing import ImportReport, reconcile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import TracebackType

    from workbench.model import TranslationUnit
    from workbench.segmenter.rules import SegmentationRules
    from workbench.store import DocumentRecord, Store
    from workbench.termbase import Termbase


class _Languages(TypedDict):
    source_lang: str
    target_lang: str


def find_folder(start: Path) -> Path | None:
    """The nearest folder at or above `start` that is a project: it has a workbench.toml, glossary.yaml or segments/."""
    for folder in (start, *start.parents):
        if (folder / config.FILE_NAME).is_file() or (folder / ".workbench" / "review.db").is_file():
            return folder
        if (folder / "segments").is_dir() and not (folder / "segments" / "__init__.py").exists():
            return folder
    return None


def _nothing(_step: str) -> None:
    pass


class Project:
    """An opened project folder. Use it as a context manager, or close it.

    With `keep=False` nothing is written to the folder: the store is read into memory, and what changes is forgotten.
    """

    def __init__(self, folder: Path | str, *, author: str | None = None, keep: bool = True) -> None:
        self.settings = config.load(Path(folder), author=author)
        self.folder = self.settings.folder
        self._keep = keep
        self._store: Store | None = None
        self._termbase: Termbase | None = None
        self.on_step: Callable[[str], None] = _nothing
        """Told of each long step as it begins: "importing talk (1 of 2)"; what it raises ends the work there."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the store, if it was opened."""
        if self._store is not None:
            self._store.close()
            self._store = None

    @property
    def store(self) -> Store:
        """The store of review work, opened (and made, for a new project) when first asked for. Raises StoreError."""
        if self._store is None:
            from workbench.store import open_store

            self._store = open_store(self.settings.store, detached=not self._keep)
        return self._store

    @property
    def termbase(self) -> Termbase:
        """The glossary, empty where the project has none. Raises GlossaryError with the line at fault."""
        if self._termbase is None:
            from workbench import termbase

            path = self.settings.glossary
            if path.exists():
                cache = self.folder / ".workbench" / "glossary.json"
                self._termbase = termbase.load_cached(path, cache, **self._language_options())
            else:
                self._termbase = termbase.Termbase((), **self._language_options())
        return self._termbase

    @property
    def segmentation_rules(self) -> SegmentationRules | None:
        """The project's own segmentation rules, None where it has none. Raises ConfigError, FormatError for SRX."""
        from workbench.pipeline.segmenting import project_rules

        return project_rules(self.settings)

    def reload_termbase(self) -> Termbase:
        """The glossary read again from its file."""
        self._termbase = None
        return self.termbase

    def _language_options(self) -> _Languages:
        return {"source_lang": self.settings.source_lang, "target_lang": self.settings.target_lang}

    def documents(self) -> list[DocumentRecord]:
        """The documents in the store, by name."""
        return self.store.documents()

    def document(self, name: str) -> DocumentRecord:
        """One document. Raises NotFoundError, which names those there are."""
        records = self.documents()
        for record in records:
            if record.name == name:
                return record
        raise NotFoundError("document", name, known=tuple(record.name for record in records))

    def units(self, document: str | None = None) -> list[TranslationUnit]:
        """The units of one document, or of all in the order of their names."""
        names = [document] if document else [record.id for record in self.documents()]
        return [unit for name in names for unit in self.store.units(name)]

    def files(self, *, problems: list[InputError] | None = None) -> list[sources.SourceFiles]:
        """The documents that stand in the segments folder. Raises InputError, or collects it in `problems`."""
        return sources.pair_up(self._paths(), **self._language_options(), problems=problems)

    def _paths(self) -> list[Path]:
        folder = self.settings.segments
        if not folder.is_dir():
            return []
        return [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]

    def import_new(self) -> list[ImportReport]:
        """Import what stands in segments/ and not in the store yet; what is there already is left as it is.

        A file that cannot be used is reported, and does not keep from the other documents. Raises its InputError
        where there is no other.
        """
        known = {record.name for record in self.documents()}
        problems: list[InputError] = []
        reports: list[ImportReport] = []
        fresh = [files for files in self.files(problems=problems) if files.name not in known]
        for number, files in enumerate(fresh, 1):
            self.on_step(f"importing {files.name} ({number} of {len(fresh)})")
            try:
                reports.append(self._import(files))
            except InputError as problem:
                problems.append(problem)
        if problems and not known and not reports:
            raise problems[0]
        failed = [ImportReport(Path(one.file).name, warnings=(str(one),), failed=True) for one in problems]
        return reports + failed

    def changed_files(self) -> list[str]:
        """The names of documents whose files, or rules of segmentation, differ from what was imported."""
        rules = self.segmentation_rules
        records = {record.name: record for record in self.documents()}
        return [
            files.name
            for files in self.files(problems=[])
            if (record := records.get(files.name))
            and (
                files.digests(rules) != (record.source_digest, record.draft_digest)
                or not files.in_languages(record.source_lang, record.target_lang)
            )
        ]

    def import_all(self) -> list[ImportReport]:
        """Import segments/, new and changed; review work stays on every unit that did not change."""
        return [self._import(files) for files in self.files()]

    def _import(
        self, files: sources.SourceFiles, *, overwrite: bool = True, dry_run: bool = False
    ) -> ImportReport:
        rules = self.segmentation_rules
        digests = files.digests(rules)
        stored = next((record for record in self.documents() if record.name == files.name), None)
        if (
            stored is not None
            and (stored.source_digest, stored.draft_digest) == digests
            and files.in_languages(stored.source_lang, stored.target_lang)
        ):
            return ImportReport(document=files.name, kept=stored.unit_count)
        if self.settings.wrapped and self.settings.one_per_line:
            raise config.setting_error(
                self.folder, "one_per_line and wrapped contradict each other", "one_per_line"
            )
        loaded = sources.load(
            files, wrapped=self.settings.wrapped, one_per_line=self.settings.one_per_line, rules=rules
        )
        old = self.store.units(files.name) if stored else []
        aside = self.store.units_set_aside(files.name) if stored else []
        ruled = stored is not None and sources.rules_differ(
            digests, (stored.source_digest, stored.draft_digest)
        )
        units, report = reconcile(
            old,
            loaded.units,
            aside=aside,
            taken=self._ids_elsewhere(files.name),
            judged=self.store.judged_ids(files.name)[0] if ruled else None,
        )
        if not overwrite and report.reviewed_removed and report.kept * 2 < len(old):
            raise UsageError(
                f"{files.source}: the project has another document called {files.name!r}, of which "
                f"{report.reviewed_removed} reviewed units are not in this one: rename the file, or --overwrite"
            )
        if not dry_run:
            count = "1 unit" if len(units) == 1 else f"{len(units):,} units"
            self.on_step(f"storing {count} of {files.name}")
            self.store.save_document(
                loaded.document, units, source_digest=digests[0], draft_digest=digests[1]
            )
        return replace(report, document=files.name, warnings=loaded.warnings, new=stored is None)

    def _ids_elsewhere(self, name: str) -> set[str]:
        """The unit ids of the other documents."""
        others = [record.id for record in self.documents() if record.id != name]
        return {unit_id for document in others for unit_id in self.store.unit_ids(document)}

    def import_files(self, paths: Sequence[Path], *, overwrite: bool = False) -> list[ImportReport]:
        """Import files from anywhere.

        A bilingual file that was exported from here, or knows the id of one of the project's units, is a correction:
        its targets, states and notes are applied by id, as decisions of the author. Anything else becomes a document
        of the project and is copied into segments/. Nothing is copied or stored unless every file can be used: read,
        called like no other document, and not, unless `overwrite`, pushing out the reviewed units of one with the
        same name.
        """
        corrections = [
            path for path in paths if sources.bilingual_name(path) is not None and self._is_correction(path)
        ]
        documents = [path for path in paths if path not in corrections]
        files = sources.pair_up(documents, **self._language_options())
        named = {one for entry in files for one in (entry.source, entry.draft)}
        for path in documents:
            if path not in named:
                sources.load_bytes(path)
                raise InputError(
                    f"not a document: name a text NAME.{langs.primary(self.settings.source_lang)}.txt or "
                    f"NAME.{langs.primary(self.settings.target_lang)}.txt, a bilingual file "
                    f"{', '.join('*' + suffix for suffix in sources.BILINGUAL)}",
                    file=str(path),
                )
        beside = {path.name: path for path in (*self._paths(), *documents)}
        sources.pair_up(beside.values(), **self._language_options())
        for entry in files:
            self._import(entry, overwrite=overwrite, dry_run=True)
        reports = [self._correct(path, overwrite=overwrite) for path in corrections]
        for entry in files:
            reports.append(self._import(self._adopt(entry)))
        return reports

    def _adopt(self, files: sources.SourceFiles) -> sources.SourceFiles:
        """Copy a document's files into segments/, where it does not hold them already."""
        folder = self.settings.segments

        def copy(path: Path) -> Path:
            goal = folder / path.name
            if path.resolve() == goal.resolve():
                return path
            try:
                folder.mkdir(parents=True, exist_ok=True)
                part = goal.with_name(f".{goal.name}.part")
                part.write_bytes(sources.load_bytes(path))
                part.replace(goal)
            except OSError as error:
                raise OutputError(error.strerror or "cannot be written", file=str(goal)) from error
            return goal

        return replace(files, source=copy(files.source), draft=copy(files.draft) if files.draft else None)

    def _is_correction(self, path: Path) -> bool:
        from workbench import formats
        from workbench.pipeline.corrections import is_correction

        options = sources.read_options(**self._language_options(), warnings=[])
        return is_correction(self.store, formats.read(path, options=options).units)

    def _correct(self, path: Path, *, overwrite: bool) -> ImportReport:
        from workbench import formats
        from workbench.pipeline.corrections import apply_corrections

        warnings: list[str] = []
        seen: set[str] = set()
        options = sources.read_options(**self._language_options(), warnings=warnings, seen=seen)
        content = formats.read(path, options=options)
        report = apply_corrections(
            self.store,
            content,
            author=self.settings.author,
            name=path.name,
            fields=seen,
            overwrite=overwrite,
        )
        return replace(report, warnings=(*warnings, *report.warnings))


def reports_to_lines(reports: Iterable[ImportReport]) -> list[str]:
    """What imports did and warned of, a line each."""
    lines: list[str] = []
    for report in reports:
        lines += [f"warning: {warning}" for warning in report.warnings]
        lines.append(str(report))
        lines += [f"conflict: {conflict}" for conflict in report.conflicts]
    return lines


def locate(start: Path | str) -> Path:
    """The project folder at or above `start`. Raises InputError for no folder, ConfigError for no project."""
    path = Path(start)
    if not path.is_dir():
        reason = "is a file, not a project folder" if path.exists() else "no such project folder"
        raise InputError(reason, file=str(path))
    folder = find_folder(path.resolve())
    if folder is None:
        raise ConfigError(
            "not a project: no workbench.toml and no segments folder here or above (workbench init makes one)",
            file=str(path),
        )
    return folder


def open_folder(start: Path | str, *, author: str | None = None, keep: bool = True) -> Project:
    """The project at or above `start`. Raises as `locate` does."""
    return Project(locate(start), author=author, keep=keep)
