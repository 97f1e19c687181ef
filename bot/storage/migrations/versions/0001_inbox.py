"""The inbox and the bookkeeping."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    waiting = sa.text("state = 'waiting'")
    ended = sa.text("ended_at IS NOT NULL")
    op.create_table(
        "inbox",
        sa.Column(
            "update_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("chat", sa.Text),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("payload", sa.Text),
        sa.Column("arrived_at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("sent", sa.Integer, nullable=False),
        sa.Column("ended_at", sa.BigInteger),
        sa.CheckConstraint("state IN ('waiting', 'done', 'aside')", name="inbox_state"),
    )
    op.create_index("inbox_waiting", "inbox", ["update_id"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_index("inbox_ended", "inbox", ["ended_at"], sqlite_where=ended, postgresql_where=ended)
    op.create_table(
        "bookkeeping",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
    )
