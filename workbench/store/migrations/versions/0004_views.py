"""Keep saved views, which checks found something in a unit, and which decisions of several documents are one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of views and two columns; findings, which did not say of what kind they are, are made anew."""
    op.execute("DELETE FROM finding")
    op.add_column("finding", sa.Column("kinds", sa.Text, nullable=False, server_default=""))
    op.add_column("journal", sa.Column("together", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "saved_view",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("filter", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_saved_view"),
    )


def downgrade() -> None:
    """Drop the views and the two columns."""
    op.drop_table("saved_view")
    op.drop_column("journal", "together")
    op.drop_column("finding", "kinds")
