"""Keep where in the source an annotated error stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both ends of the span, which annotations made before do not have."""
    op.add_column("annotation", sa.Column("source_start", sa.Integer))
    op.add_column("annotation", sa.Column("source_end", sa.Integer))


def downgrade() -> None:
    """Drop the spans."""
    op.drop_column("annotation", "source_end")
    op.drop_column("annotation", "source_start")
