"""Who fits better: openings and people by hand, in the order in which somebody who hires would call them."""

import itertools

import pytest

from referral_hub.matching.rules.asking import asked_by
from referral_hub.matching.rules.engine import explain
from referral_hub.matching.rules.profile import Profile, facts
from referral_hub.referrals.rules.requirements.assessing import SOFT, Requirement
from referral_hub.vocabulary.shipped import vocabulary


def row(text: str, kind: str = "Skill", **how) -> Requirement:
	return Requirement(name=text, requirement=text, kind=kind, **how)


def skilled(*skills: str, **facts) -> dict:
	return {"skills": skills, **facts}


# opening: what it asks for; people: the best first, each strictly better than the next
TABLE = {
	"the same word before a slip of the pen before another thing": (
		[row("Kubernetes")],
		[skilled("Kubernetes"), skilled("Kubernets"), skilled("Photoshop")],
	),
	"an abbreviation is the word; who said nothing stands before who lacks it": (
		[row("Kubernetes"), row("Docker")],
		[skilled("k8s", "容器化"), skilled("k8s"), {"titles": ("Engineer",)}, skilled("Excel")],
	),
	"Chinese and English are one": (
		[row("Warehouse management"), row("Forklift driving"), row("Inventory management")],
		[
			skilled("仓储管理", "叉车", "库存管理"),
			skilled("仓管", "forklift operator"),
			skilled("叉车司机"),
			skilled("打字"),
		],
	),
	"traditional characters are read": (
		[row("会计"), row("财务报表")],
		[skilled("會計", "財務報表"), skilled("會計"), skilled("銷售")],
	),
	"words of Taiwan are read": (
		[row("软件测试"), row("数据分析")],
		[skilled("軟體測試", "資料分析"), skilled("軟體測試")],
	),
	"Java is not JavaScript": (
		[row("Java")],
		[skilled("Java 开发"), {"titles": ("Developer",)}, skilled("JavaScript")],
	),
	"what no table knows: listed, in a title, half of it there, not listed": (
		[row("Glassblowing abc")],
		[
			skilled("Glassblowing abc"),
			{"titles": ("Head of ABC Glassblowing",)},
			{"titles": ("Glassblowing teacher",)},
			skilled("Excel"),
		],
	),
	"what no table knows, in Chinese": (
		[row("宣纸修复")],
		[skilled("宣纸修复"), {"titles": ("宣纸修复师傅",)}, {"titles": ("宣纸销售",)}],
	),
	"C is neither C++ nor C#": ([row("C++")], [skilled("cpp"), skilled("C")]),
	"C++ is not C#": ([row("C#")], [skilled("C sharp"), skilled("C++")]),
	"front end is not back end": ([row("前端开发")], [skilled("Web前端"), skilled("后端开发")]),
	"either will do": (
		[row("Python or Java"), row("SQL")],
		[skilled("java", "sql"), skilled("python"), skilled("ruby")],
	),
	"both are wanted": (
		[row("Excel and PowerPoint"), row("行政")],
		[skilled("Excel", "PPT", "行政"), skilled("Excel", "行政"), skilled("行政"), skilled("PPT")],
	),
	"years: enough, nearly, hardly": (
		[row("Nursing"), row("3年以上", "Experience")],
		[
			skilled("护士", years=5),
			skilled("护士", years=2),
			skilled("护士"),
			skilled("护士", years=0.5),
			skilled("收银", years=9),
		],
	),
	"somebody far over the years comes after who fits, before who doesn't": (
		[row("Sales"), row("1-3 years", "Experience")],
		[skilled("销售", years=2), skilled("销售", years=20), skilled("销售", years=0.5)],
	),
	"more schooling than wanted is no fault; a level below is near": (
		[row("Mechanical design"), row("本科及以上", "Education"), row("CAD")],
		[
			skilled("机械设计", "AutoCAD", education="硕士"),
			skilled("机械设计", "AutoCAD"),
			skilled("机械设计", "AutoCAD", education="大专"),
			skilled("机械设计", "AutoCAD", education="高中"),
		],
	),
	"a paper that was named, not named, and left out": (
		[row("Accounting"), row("CPA", "Certificate", weight=2)],
		[
			skilled("会计", certificates=("注册会计师",)),
			skilled("会计"),
			skilled("会计", certificates=("初级会计师",)),
		],
	),
	"CET-4 is not CET-6": (
		[row("Foreign trade"), row("CET-6", "Language")],
		[
			skilled("外贸", languages=("英语六级",)),
			skilled("外贸", languages=("英语四级",)),
			skilled("外贸"),
			skilled("外贸", languages=("日语",)),
		],
	),
	"how well a language is spoken": (
		[row("Customer service"), row("Japanese, business level", "Language", weight=3)],
		[
			skilled("客服", languages=("日语N1",)),
			skilled("客服", languages=("日语",)),
			skilled("客服", languages=("日语入门",)),
			skilled("客服", languages=("English",)),
		],
	),
	"a place in any language, with or without 市": (
		[row("Cooking"), row("上海", "Place")],
		[
			skilled("厨师", places=("Shanghai",)),
			skilled("厨师"),
			skilled("厨师", places=("北京市",)),
		],
	),
	"a Chinese city is the English one": (
		[row("Cooking"), row("Suzhou", "Place")],
		[skilled("厨师", places=("苏州市",)), skilled("厨师")],
	),
	"a town no table knows, with or without 市": (
		[row("Cooking"), row("丹阳", "Place")],
		[skilled("厨师", places=("丹阳市",)), skilled("厨师", places=("丹东",))],
	),
	"one of two languages will do": (
		[row("Translation"), row("日语或韩语，流利", "Language")],
		[skilled("翻译", languages=("韩语流利",)), skilled("翻译"), skilled("翻译", languages=("英语流利",))],
	),
	"who would move there counts as there": (
		[row("Welding"), row("Suzhou", "Place")],
		[skilled("焊工", places=("南京", "苏州")), skilled("焊工", places=("南京",))],
	),
	"remote suits everybody": (
		[row("Copywriting"), row("远程", "Place")],
		[skilled("文案", places=("拉萨",)), skilled("翻译", places=("北京",))],
	),
	"pay: within, a little above, unknown, far above": (
		[row("Data analysis"), row("15-20k", "Pay")],
		[
			skilled("数据分析", pay="18k"),
			skilled("数据分析", pay="2.2万"),
			skilled("数据分析"),
			skilled("数据分析", pay="年薪60万"),
		],
	),
	"an industry": (
		[row("Store manager"), row("Retail", "Industry")],
		[
			skilled("店长", industries=("零售业",)),
			skilled("店长"),
			skilled("店长", industries=("银行业",)),
		],
	),
	"a heavy requirement decides": (
		[row("Python", weight=5), row("Photoshop")],
		[skilled("Python"), skilled("PS修图")],
	),
	"what somebody knows counts more than how they work": (
		[row("Cashier"), row("细心", "Other", firmness=SOFT)],
		[skilled("出纳", text="做事认真细致"), skilled("出纳"), {"text": "细心"}],
	),
	"without a must nobody is first": (
		[
			row("Electrician certificate", "Certificate", must_have=True),
			row("Electrical maintenance"),
			row("设备维修"),
		],
		[
			skilled("电工", "设备维护", certificates=("电工证",)),
			skilled("电工", "设备维护"),
			skilled("电工", "机修", certificates=("焊工证",)),
		],
	),
	"a known must before more of everything else": (
		[
			row("Nurse licence", "Certificate", must_have=True),
			row("ICU"),
			row("儿科"),
			row("手术室护理"),
			row("急诊"),
		],
		[
			skilled("ICU", "儿科", "手术室护理", certificates=("护士证",)),
			{"text": "ICU 急诊 儿科 手术室护理"},
			skilled("ICU", "儿科", "手术室护士", "急诊", certificates=("教师资格证",)),
		],
	),
	"one line of text is a profile": (
		[row("Truck driving"), row("B2驾照", "Certificate"), row("5 years", "Experience")],
		[
			{"text": "货车司机，B2驾照，8年"},
			{"text": "货车司机 8年"},
			{"text": "货车司机 2年"},
			{"text": "开车"},
		],
	),
	"a title says what somebody does": (
		[row("Recruitment"), row("Interviewing")],
		[skilled("招聘", "面试"), {"titles": ("招聘专员",)}, {"titles": ("保安",)}],
	),
	"a chance to plan makes no accountant": (
		[row("会计")],
		[{"text": "做会计工作"}, skilled("计划", text="机会计划")],
	),
	"long words hold short ones": ([row("护理")], [{"text": "护理人员排班"}, skilled("保安")]),
	"unheard-of words still match": (
		[row("Quartz polishing"), row("宣纸修复技艺")],
		[skilled("quartz  POLISHING", "宣纸修复技艺"), skilled("Quartz Polishing"), skilled("rowing")],
	),
	"free words: found or unknown": (
		[row("Chef"), row("own knives and a motorbike", "Other", firmness=SOFT)],
		[skilled("厨师", text="has own knives and motorbike"), skilled("厨师", text="likes cats")],
	),
	"full width and capitals": (
		[row("power bi"), row("ＳＡＰ")],
		[skilled("ＰＯＷＥＲＢＩ", "sap系统"), skilled("PowerBI")],
	),
	"several small fits before one, before none": (
		[row("Baking"), row("Barista"), row("Food hygiene"), row("Checkout")],
		[skilled("烘焙", "咖啡师", "收银"), skilled("面包师", "拉花"), skilled("收银员"), skilled("编剧")],
	),
	"hotel and restaurant are two trades": (
		[row("Hotel front office"), row("English fluent", "Language")],
		[
			skilled("酒店前台", languages=("英语流利",)),
			skilled("hotel receptionist", languages=("英语一般",)),
			skilled("服务员", languages=("英语流利",)),
		],
	),
}


def ranks(name: str) -> list[tuple]:
	rows, people = TABLE[name]
	known = vocabulary()
	asked = asked_by(rows, known)
	# the key would decide between equals: the worse have the better key
	profiles = [Profile(**{"key": chr(ord("z") - number), **person}) for number, person in enumerate(people)]
	return [explain(asked, facts(profile, known), known).rank for profile in profiles]


@pytest.mark.parametrize("name", TABLE)
def test_people_are_called_in_this_order(name):
	found = ranks(name)
	assert found == sorted(found)
	assert [one[:3] for one, next_one in itertools.pairwise(found) if one[:3] == next_one[:3]] == []


def test_the_table_holds_enough_pairs():
	assert sum(len(people) for _rows, people in TABLE.values()) >= 90
