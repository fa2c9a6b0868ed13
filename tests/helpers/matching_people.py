"""Openings and people for Hypothesis: rows of every kind, and whatever may be known of somebody."""

from hypothesis import strategies as st

from referral_hub.matching.rules.asking import Kind
from referral_hub.matching.rules.profile import Profile
from referral_hub.referrals.rules.requirements.assessing import HARD, SOFT, Requirement
from referral_hub.vocabulary.shipped import vocabulary

WORDS = [entry.name for entry in vocabulary().skills.entries[::23]] + [
	"会计",
	"仓储管理",
	"焊工",
	"k8s",
	"Kubernets",
	"c++",
	"Node.js",
	"quartz polishing",
	"宣纸修复",
]
ASKED = {
	Kind.SKILL: [*WORDS, "Python or Java", "Excel and SAP", "SAP、Java或Python"],
	Kind.EXPERIENCE: ["3年以上", "1-3 years", "经验不限", "at least ten years"],
	Kind.EDUCATION: ["本科及以上", "Master's degree", "大专"],
	Kind.CERTIFICATE: ["CPA", "电工证", "护士执业证"],
	Kind.LANGUAGE: ["English fluent", "日语N2", "英语或日语", "英语六级或日语N1", "CET-6, 日语N2", "粤语"],
	Kind.PLACE: ["上海", "Beijing or Shenzhen", "远程", "浣花溪镇"],
	Kind.PAY: ["15-20k", "年薪20万", "$5,000 a month"],
	Kind.INDUSTRY: ["Retail", "制造业"],
	Kind.OTHER: ["细心", "team player", "own knives and a motorbike"],
}
# what everybody meets, known or not
OPEN_TO_ALL = {"远程", "经验不限"}
ROWS = st.sampled_from(Kind).flatmap(
	lambda kind: st.builds(
		Requirement,
		name=st.text("abc", min_size=1, max_size=6),
		requirement=st.sampled_from(ASKED[kind]),
		kind=st.just(kind),
		firmness=st.sampled_from([HARD, SOFT]),
		must_have=st.booleans(),
		weight=st.integers(1, 10),
	)
)


def some(values: list[str], most: int = 4):
	return st.lists(st.sampled_from(values), max_size=most).map(tuple)


PROFILES = st.builds(
	Profile,
	key=st.text("xyz", min_size=1, max_size=6),
	skills=some(WORDS),
	titles=some(["会计", "Welder", "店长"], 1),
	years=st.none() | st.integers(0, 45).map(float),
	education=st.sampled_from(["", "本科", "大专", "硕士", "PhD"]),
	certificates=some(["CPA", "电工证", "驾照"], 2),
	languages=some(["英语六级", "日语", "流利的粤语", "English"], 2),
	places=some(["上海市", "Shenzhen", "浣花溪镇", "北京"], 2),
	pay=st.sampled_from(["", "18k", "2.2万", "$4,000", "面议"]),
	industries=some(["零售", "制造业"], 1),
	group=st.sampled_from(["", "mei", "tom"]),
	text=st.sampled_from(["", "认真细致", "has own knives and a motorbike", "三年Java经验，本科"]),
)
OPENINGS = st.lists(ROWS, min_size=1, max_size=6)
