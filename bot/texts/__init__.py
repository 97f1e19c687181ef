"""Every word the bot says of its own: one Fluent catalogue a language."""
