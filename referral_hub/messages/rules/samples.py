"""Facts to try words with: nobody's. A fact that is not here stands for itself, in brackets. Pure."""

from referral_hub.messages.rules.events import known_facts

SAMPLES = {
	"candidate_name": "Alex Sample",
	"candidate_name_zh": "张三",
	"number": "REF-0000-00000",
	"opening": "Store Manager",
	"opening_zh": "门店经理",
	"reason": "Pay expectations differ",
	"reason_zh": "薪资期望有差距",
	"hint": "Talk about the pay range early.",
	"hint_zh": "早一点聊薪资范围。",
	"reward": "300",
	"kind": "Points",
	"stage": "In screening",
	"stage_zh": "筛选中",
	"period": "2026-10",
	"people": 3,
	"openings": 2,
	"fresh": 1,
	"month": 1,
	"place": 2,
	"score": 80,
	"was_paid": 1,
	"passed": True,
	"best": [],
	"news": [],
	"count": 0,
}
MOMENT = "2026-03-14 10:00:00"


def facts_of(event: str) -> dict:
	"""Return a value for every fact that the words of this message may use."""
	facts = {
		fact: SAMPLES.get(fact, MOMENT if fact.endswith("_on") else f"[{fact}]")
		for fact in known_facts(event)
	}
	facts |= {fact: value for fact, value in SAMPLES.items() if fact.endswith("_zh")}
	return {fact: value for fact, value in facts.items() if fact not in ("reader_name", "link")}
