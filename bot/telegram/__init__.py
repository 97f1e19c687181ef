"""The face in Telegram; the only package that imports the telegram library."""

import os

# The library gives spans of time as timedelta, and not as the numbers it is about to drop, when asked so.
os.environ.setdefault("PTB_TIMEDELTA", "true")
