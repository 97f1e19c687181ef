"""What the bot can do: one use case a file, each a plain async function that returns a Reply."""
