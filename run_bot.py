"""Starts the bot; `python run_bot.py --help` lists its commands."""

from bot.cli import main

main()
