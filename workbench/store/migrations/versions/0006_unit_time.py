"""Keep the time that decisions took which saved no text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the table; of decisions made before it, no time is known but that of saved texts."""
    op.create_table(
        "unit_time",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("unit", _KEY, nullable=False),
        sa.Column("entry", _KEY, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("keystrokes", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_unit_time"),
        sa.ForeignKeyConstraint(["unit"], ["unit.key"], name="fk_unit_time_unit"),
        sa.ForeignKeyConstraint(["entry"], ["journal.key"], name="fk_unit_time_entry"),
    )
    op.create_index("ix_unit_time_unit", "unit_time", ["unit"])
    op.create_index("ix_unit_time_entry", "unit_time", ["entry"])


def downgrade() -> None:
    """Drop the times."""
    op.drop_table("unit_time")
