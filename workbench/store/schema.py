"""The tables of the store and the versions its schema went through."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

VERSIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Every schema version, oldest first; the last is what `METADATA` describes."""

PRESENT, SET_ASIDE, DECIDED_AWAY = 0, 1, 2
"""Values of unit.removed: in the document, gone from its file, or taken out by a decision (merged, split undone)."""

GAP = 1 << 36
"""Distance of neighbours' ranks after an import; a split halves it."""

_KEY = BigInteger().with_variant(Integer, "sqlite")

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

VERSION = Table(
    "alembic_version",
    METADATA,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

COUNTER = Table(
    "counter",
    METADATA,
    Column("name", String(32), primary_key=True),
    Column("value", BigInteger, nullable=False),
)

DOCUMENT = Table(
    "document",
    METADATA,
    Column("key", _KEY, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("format", Text, nullable=False),
    Column("source_lang", Text, nullable=False),
    Column("target_lang", Text, nullable=False),
    Column("skeleton", LargeBinary, nullable=False),
    Column("source_digest", Text, nullable=False),
    Column("draft_digest", Text, nullable=False),
    Column("imported_at", Text, nullable=False),
    Column("last_number", Integer, nullable=False),
    Column("order_version", Integer, nullable=False),
    Column("rank_epoch", Integer, nullable=False),
)

UNIT = Table(
    "unit",
    METADATA,
    Column("key", _KEY, primary_key=True),
    Column("document", ForeignKey("document.key"), nullable=False),
    Column("id", Text, nullable=False),
    Column("rank", BigInteger, nullable=False),
    Column("removed", SmallInteger, nullable=False),
    Column("part_of", ForeignKey("unit.key")),
    Column("version", Integer, nullable=False),
    Column("change", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("bead_score", Float, nullable=False),
    Column("source", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("drafts", Text, nullable=False),
    Column("source_segments", Text, nullable=False),
    Column("draft_segments", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("extra", Text, nullable=False),
    Column("changed_at", Text),
    Column("changed_by", Text, nullable=False),
    UniqueConstraint("id", "document"),
    Index(None, "document", "removed", "rank"),
    Index(None, "document", "removed", "state", "rank"),
    Index(None, "document", "change"),
    Index(None, "part_of"),
)

JOURNAL = Table(
    "journal",
    METADATA,
    Column("key", _KEY, primary_key=True),
    Column("document", ForeignKey("document.key"), nullable=False),
    Column("author", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("status", String(8), nullable=False),
    Column("changes", Text, nullable=False),
    Column("together", Text, nullable=False, server_default=""),
    Index(None, "document", "author", "status", "key"),
)

POST_EDIT = Table(
    "post_edit",
    METADATA,
    Column("key", _KEY, primary_key=True),
    Column("unit", ForeignKey("unit.key"), nullable=False),
    Column("entry", ForeignKey("journal.key"), nullable=False),
    Column("text", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("keystrokes", Integer, nullable=False),
    Column("undone", SmallInteger, nullable=False),
    Index(None, "unit"),
    Index(None, "entry"),
)

UNIT_TIME = Table(
    "unit_time",
    METADATA,
    Column("key", _KEY, primary_key=True),
    Column("unit", ForeignKey("unit.key"), nullable=False),
    Column("entry", ForeignKey("journal.key"), nullable=False),
    Column("seconds", Float, nullable=False),
    Column("keystrokes", Integer, nullable=False),
    Index(None, "unit"),
    Index(None, "entry"),
)

WAIVER = Table(
    "waiver",
    METADATA,
    Column("key", _KEY, primary_key=True),
    Column("unit", ForeignKey("unit.key"), nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
    UniqueConstraint("unit", "fingerprint"),
)

ANNOTATION = Table(
    "annotation",
    METADATA,
    Column("key", _KEY, primary_key=True),
    Column("unit", ForeignKey("unit.key"), nullable=False),
    Column("category", Text, nullable=False),
    Column("severity", String(16), nullable=False),
    Column("author", Text, nullable=False),
    Column("span_start", Integer),
    Column("span_end", Integer),
    Column("comment", Text, nullable=False),
    Column("target", Text, nullable=False, server_default=""),
    Column("source_start", Integer),
    Column("source_end", Integer),
    Index(None, "unit"),
)

RATING = Table(
    "rating",
    METADATA,
    Column("key", _KEY, primary_key=True),
    Column("unit", ForeignKey("unit.key"), nullable=False),
    Column("value", SmallInteger, nullable=False),
    Column("author", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("at", Text, nullable=False),
    UniqueConstraint("unit", "author"),
)

PLACE = Table(
    "place",
    METADATA,
    Column("document", ForeignKey("document.key"), primary_key=True),
    Column("author", Text, primary_key=True),
    Column("unit", ForeignKey("unit.key"), nullable=False),
    Column("filter", Text, nullable=False),
)

FINDING = Table(
    "finding",
    METADATA,
    Column("unit", ForeignKey("unit.key"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("checks", Text, nullable=False),
    Column("issue_count", Integer, nullable=False),
    Column("worst", String(16)),
    Column("kinds", Text, nullable=False, server_default=""),
)

SAVED_VIEW = Table(
    "saved_view",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("filter", Text, nullable=False),
    Column("author", Text, nullable=False),
)
