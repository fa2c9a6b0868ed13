"""The pages of questions under a clock: `listing` asks one and lists them, `one` is a conversation, `talk` says it in words."""
