"""The nudges that wait for their time."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    to_come = sa.text("outcome IS NULL")
    taken_up = sa.text("outcome IS NULL AND (leased_until IS NOT NULL OR visible_at > due_at)")
    over = sa.text("outcome IS NOT NULL")
    op.create_table(
        "nudges",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("student", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("visible_at", sa.BigInteger, nullable=False),
        sa.Column("lease_by", sa.Text),
        sa.Column("leased_until", sa.BigInteger),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("unanswered", sa.Integer, nullable=False),
        sa.Column("last_day", sa.Text),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("wording", sa.Integer, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("ended_at", sa.BigInteger),
        sa.CheckConstraint("(outcome IS NULL) = (ended_at IS NULL)", name="nudges_end"),
        sa.UniqueConstraint("student", "day", "kind", name="nudges_day"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "nudges_to_come", "nudges", ["visible_at"], sqlite_where=to_come, postgresql_where=to_come
    )
    op.create_index("nudges_taken_up", "nudges", ["id"], sqlite_where=taken_up, postgresql_where=taken_up)
    op.create_index("nudges_over", "nudges", ["ended_at"], sqlite_where=over, postgresql_where=over)
