"""The first schema: documents, units, the journal of decisions and what belongs to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make every table of the first version."""
    counter = op.create_table(
        "counter",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("value", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counter"),
    )
    op.bulk_insert(counter, [{"name": "change", "value": 0}])
    op.create_table(
        "document",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("format", sa.Text, nullable=False),
        sa.Column("source_lang", sa.Text, nullable=False),
        sa.Column("target_lang", sa.Text, nullable=False),
        sa.Column("skeleton", sa.LargeBinary, nullable=False),
        sa.Column("source_digest", sa.Text, nullable=False),
        sa.Column("draft_digest", sa.Text, nullable=False),
        sa.Column("imported_at", sa.Text, nullable=False),
        sa.Column("last_number", sa.Integer, nullable=False),
        sa.Column("order_version", sa.Integer, nullable=False),
        sa.Column("rank_epoch", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_document"),
        sa.UniqueConstraint("id", name="uq_document_id"),
    )
    _unit()
    _journal()
    _findings_of_people()
    op.create_table(
        "place",
        sa.Column("document", KEY, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("unit", KEY, nullable=False),
        sa.Column("filter", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("document", "author", name="pk_place"),
        sa.ForeignKeyConstraint(["document"], ["document.key"], name="fk_place_document"),
        sa.ForeignKeyConstraint(["unit"], ["unit.key"], name="fk_place_unit"),
    )


def _unit() -> None:
    op.create_table(
        "unit",
        sa.Column("key", KEY, nullable=False),
        sa.Column("document", KEY, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("rank", sa.BigInteger, nullable=False),
        sa.Column("removed", sa.SmallInteger, nullable=False),
        sa.Column("part_of", KEY),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("change", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("bead_score", sa.Float, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("drafts", sa.Text, nullable=False),
        sa.Column("source_segments", sa.Text, nullable=False),
        sa.Column("draft_segments", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("extra", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Text),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_unit"),
        sa.UniqueConstraint("id", "document", name="uq_unit_id_document"),
        sa.ForeignKeyConstraint(["document"], ["document.key"], name="fk_unit_document"),
        sa.ForeignKeyConstraint(["part_of"], ["unit.key"], name="fk_unit_part_of"),
    )
    op.create_index("ix_unit_document_removed_rank", "unit", ["document", "removed", "rank"])
    op.create_index("ix_unit_document_removed_state_rank", "unit", ["document", "removed", "state", "rank"])
    op.create_index("ix_unit_document_change", "unit", ["document", "change"])
    op.create_index("ix_unit_part_of", "unit", ["part_of"])


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("key", KEY, nullable=False),
        sa.Column("document", KEY, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("changes", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_journal"),
        sa.ForeignKeyConstraint(["document"], ["document.key"], name="fk_journal_document"),
    )
    columns = ["document", "author", "status", "key"]
    op.create_index("ix_journal_document_author_status_key", "journal", columns)
    op.create_table(
        "post_edit",
        sa.Column("key", KEY, nullable=False),
        sa.Column("unit", KEY, nullable=False),
        sa.Column("entry", KEY, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("saved_at", sa.Text, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("keystrokes", sa.Integer, nullable=False),
        sa.Column("undone", sa.SmallInteger, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_post_edit"),
        sa.ForeignKeyConstraint(["unit"], ["unit.key"], name="fk_post_edit_unit"),
        sa.ForeignKeyConstraint(["entry"], ["journal.key"], name="fk_post_edit_entry"),
    )
    op.create_index("ix_post_edit_unit", "post_edit", ["unit"])
    op.create_index("ix_post_edit_entry", "post_edit", ["entry"])


def _findings_of_people() -> None:
    op.create_table(
        "waiver",
        sa.Column("key", KEY, nullable=False),
        sa.Column("unit", KEY, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_waiver"),
        sa.UniqueConstraint("unit", "fingerprint", name="uq_waiver_unit_fingerprint"),
        sa.ForeignKeyConstraint(["unit"], ["unit.key"], name="fk_waiver_unit"),
    )
    op.create_table(
        "annotation",
        sa.Column("key", KEY, nullable=False),
        sa.Column("unit", KEY, nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("severity", sa.String(16), nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("span_start", sa.Integer),
        sa.Column("span_end", sa.Integer),
        sa.Column("comment", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_annotation"),
        sa.ForeignKeyConstraint(["unit"], ["unit.key"], name="fk_annotation_unit"),
    )
    op.create_index("ix_annotation_unit", "annotation", ["unit"])


def downgrade() -> None:
    """Drop every table of the first version."""
    for name in ("place", "annotation", "waiver", "post_edit", "journal", "unit", "document", "counter"):
        op.drop_table(name)
