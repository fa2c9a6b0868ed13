"""The words of messages about what is an employee's own, the wallet, what is bought with it, and private contacts, as data: see `email_templates`."""

WALLET = {
	"en": '<p><a href="{{ link }}">Open your wallet</a></p>',
	"zh": '<p><a href="{{ link }}">打开积分钱包</a></p>',
}
ORDERS = {
	"en": '<p><a href="{{ link }}">See your orders</a></p>',
	"zh": '<p><a href="{{ link }}">查看我的兑换</a></p>',
}
DRAW = {
	"en": '<p><a href="{{ link }}">See the draw</a></p>',
	"zh": '<p><a href="{{ link }}">查看抽奖</a></p>',
}
ORDER = {
	"en": '<p><a href="{{ link }}">Open the order</a></p>',
	"zh": '<p><a href="{{ link }}">打开兑换单</a></p>',
}

CONTACTS = {
	"en": '<p><a href="{{ link }}">Open your contacts</a></p>',
	"zh": '<p><a href="{{ link }}">打开我的人脉</a></p>',
}
WHO_FITS = {
	"en": '<p><a href="{{ link }}">See who fits what</a></p>',
	"zh": '<p><a href="{{ link }}">查看谁适合什么职位</a></p>',
}

WORDS = {
	"contacts_ending": {
		"en": (
			"{{ people }} of your contacts will be deleted after {{ ends_on }}",
			"<p>Nobody has looked after <b>{{ people }}</b> of your private contacts for a long time. They are deleted after "
			"<b>{{ ends_on }}</b>, unless you say that you want to keep them.</p>\n" + CONTACTS["en"],
		),
		"zh": (
			"您的 {{ people }} 位联系人将在 {{ ends_on }} 之后删除",
			"<p>您有 <b>{{ people }}</b> 位私人联系人很久没有更新，将在 <b>{{ ends_on }}</b> 之后删除。如需保留，请在页面上确认。</p>\n"
			+ CONTACTS["zh"],
		),
	},
	"contacts_fit": {
		"en": (
			"{{ people }} of the people you know may fit {{ openings }} open position{% if openings != 1 %}s{% endif %}",
			"<p><b>{{ people }}</b> of your private contacts may fit <b>{{ openings }}</b> open "
			"position{% if openings != 1 %}s{% endif %}; of <b>{{ fresh }}</b> we have not told you before.</p>\n"
			"<p>Only you see who they are. Nobody is written to until you refer them.</p>\n" + WHO_FITS["en"],
		),
		"zh": (
			"您认识的 {{ people }} 位联系人可能适合 {{ openings }} 个在招职位",
			"<p>您的私人联系人中有 <b>{{ people }}</b> 位可能适合 <b>{{ openings }}</b> 个在招职位，其中 <b>{{ fresh }}</b> 位是这次新出现的。</p>\n"
			"<p>只有您能看到他们是谁；在您推荐之前，不会联系任何人。</p>\n" + WHO_FITS["zh"],
		),
	},
	"points_expiring": {
		"en": (
			"{{ reward }} expire after {{ expires_on }}",
			"{% if given_by %}<p><b>{{ reward }}</b> that {{ given_by }} gave you expire after <b>{{ expires_on }}</b>. The shop of the "
			"company you work for now does not take them.{% if is_asked %} HR was asked to move them there.{% endif %}</p>{% else %}"
			"<p><b>{{ reward }}</b> in your wallet can be spent until <b>{{ expires_on }}</b> and expire after that day.</p>\n"
			"<p>What expires first is spent first.</p>{% endif %}\n" + WALLET["en"],
		),
		"zh": (
			"{{ reward }}将在 {{ expires_on }} 之后过期",
			"{% if given_by %}<p>{{ given_by }}发放给您的 <b>{{ reward }}</b>将在 <b>{{ expires_on }}</b> 之后过期。"
			"您现在所在公司的积分商城不接受这些积分。{% if is_asked %}已提请人力资源部转入您现在的公司。{% endif %}</p>{% else %}"
			"<p>您的积分钱包中有 <b>{{ reward }}</b> 可用至 <b>{{ expires_on }}</b>，之后过期。</p>\n"
			"<p>先过期的积分会先使用。</p>{% endif %}\n" + WALLET["zh"],
		),
	},
	"points_moved": {
		"en": (
			"{{ reward }} are with {{ taken_by }} now",
			"<p><b>{{ reward }}</b> that {{ given_by }} gave you were moved to your wallet of <b>{{ taken_by }}</b>. Each keeps its last day.</p>\n"
			"{% if why %}<p>{{ why }}</p>{% endif %}\n" + WALLET["en"],
		),
		"zh": (
			"{{ reward }}已转入{{ taken_by }}",
			"<p>{{ given_by }}发放给您的 <b>{{ reward }}</b>已转入您在 <b>{{ taken_by }}</b> 的积分钱包，到期日不变。</p>\n"
			"{% if why %}<p>{{ why }}</p>{% endif %}\n" + WALLET["zh"],
		),
	},
	"order_waits": {
		"en": (
			"{{ buyer }} ordered {{ item }}",
			"<p><b>{{ buyer }}</b> ordered <b>{{ item }}</b> for {{ reward }}. The order waits until HR approves it.</p>\n"
			+ ORDER["en"],
		),
		"zh": (
			"{{ buyer }}兑换了{{ item }}，等待审批",
			"<p><b>{{ buyer }}</b> 用 {{ reward }} 兑换了 <b>{{ item }}</b>，等待人力资源部审批。</p>\n"
			+ ORDER["zh"],
		),
	},
	"order_delivered": {
		"en": (
			"Yours now: {{ item }}",
			"<p><b>{{ item }}</b> is yours now.</p>\n{% if words %}<p>{{ words }}</p>{% endif %}\n"
			+ ORDERS["en"],
		),
		"zh": (
			"您兑换的{{ item }}已到位",
			"<p><b>{{ item }}</b> 已经是您的了。</p>\n{% if words %}<p>{{ words }}</p>{% endif %}\n"
			+ ORDERS["zh"],
		),
	},
	"draw_won": {
		"en": (
			"You won: {{ item }}",
			"<p>You won <b>{{ item }}</b> in the prize draw. Congratulations.</p>\n" + DRAW["en"],
		),
		"zh": (
			"您抽中了{{ item }}",
			"<p>您在抽奖中抽中了 <b>{{ item }}</b>，恭喜您。</p>\n" + DRAW["zh"],
		),
	},
	"mall_stopped": {
		"en": (
			"{{ item }} of {{ buyer }} stopped at the mall",
			"<p>The order of <b>{{ item }}</b> by <b>{{ buyer }}</b> does not go on at the mall: {{ why }}</p>\n"
			"<p>Send the message again, or cancel the order: the points come back.</p>\n" + ORDER["en"],
		),
		"zh": (
			"{{ buyer }}兑换的{{ item }}在外部商城受阻",
			"<p><b>{{ buyer }}</b> 兑换的 <b>{{ item }}</b> 在外部商城无法继续：{{ why }}</p>\n"
			"<p>请重新发送消息，或取消兑换单：积分会退回。</p>\n" + ORDER["zh"],
		),
	},
	"order_ended": {
		"en": (
			"{{ item }}: your {{ reward }} are back",
			"<p>Your order of <b>{{ item }}</b> has ended and <b>{{ reward }}</b> are back in your wallet.</p>\n"
			"{% if why %}<p>The reason: {{ why }}</p>{% endif %}\n" + ORDERS["en"],
		),
		"zh": (
			"{{ item }}：{{ reward }}已退回",
			"<p>您兑换的 <b>{{ item }}</b> 已取消，<b>{{ reward }}</b> 已退回积分钱包。</p>\n"
			"{% if why %}<p>原因：{{ why }}</p>{% endif %}\n" + ORDERS["zh"],
		),
	},
}
