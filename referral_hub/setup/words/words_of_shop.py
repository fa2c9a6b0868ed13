"""The words of messages about a wallet and what is bought with it, as data: see `email_templates`."""

WALLET = {
	"en": '<p><a href="{{ link }}">Open your wallet</a></p>',
	"zh": '<p><a href="{{ link }}">打开积分钱包</a></p>',
}

WORDS = {
	"points_expiring": {
		"en": (
			"{{ reward }} expire after {{ expires_on }}",
			"<p><b>{{ reward }}</b> in your wallet can be spent until <b>{{ expires_on }}</b> and expire after that day.</p>\n"
			"<p>What expires first is spent first.</p>\n" + WALLET["en"],
		),
		"zh": (
			"{{ reward }}将在 {{ expires_on }} 之后过期",
			"<p>您的积分钱包中有 <b>{{ reward }}</b> 可用至 <b>{{ expires_on }}</b>，之后过期。</p>\n"
			"<p>先过期的积分会先使用。</p>\n" + WALLET["zh"],
		),
	},
}
