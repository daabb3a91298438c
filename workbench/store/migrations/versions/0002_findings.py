"""Keep how many issues the checks found in each version of a unit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of findings, which fills itself again whenever it is empty."""
    op.create_table(
        "finding",
        sa.Column("unit", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("checks", sa.Text, nullable=False),
        sa.Column("issue_count", sa.Integer, nullable=False),
        sa.Column("worst", sa.String(16)),
        sa.PrimaryKeyConstraint("unit", name="pk_finding"),
        sa.ForeignKeyConstraint(["unit"], ["unit.key"], name="fk_finding_unit"),
    )


def downgrade() -> None:
    """Drop the table of findings."""
    op.drop_table("finding")
