"""Keep the ratings of units, and with each annotation the text that it is about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the table of ratings, and the column of the annotated text, which nobody knows for older annotations."""
    op.add_column("annotation", sa.Column("target", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "rating",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("unit", _KEY, nullable=False),
        sa.Column("value", sa.SmallInteger, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_rating"),
        sa.UniqueConstraint("unit", "author", name="uq_rating_unit_author"),
        sa.ForeignKeyConstraint(["unit"], ["unit.key"], name="fk_rating_unit"),
    )


def downgrade() -> None:
    """Drop the ratings and the annotated texts."""
    op.drop_table("rating")
    op.drop_column("annotation", "target")
