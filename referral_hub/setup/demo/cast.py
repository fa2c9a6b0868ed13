"""Who and what the demo company consists of, as data. Every name is invented; addresses end in a reserved `.example`.

Read by `company.py` and `history.py`. Nothing here is random: the history draws from these lists with a fixed seed.
"""

COMPANY = "Referral Hub Demo"
ABBR = "RHD"
DOMAIN = "referral-hub-demo.example"
ACTOR = f"demo.actor@{DOMAIN}"

# designation -> grade
DESIGNATIONS = {
	"Demo Store Assistant": "Demo Grade 1",
	"Demo Store Manager": "Demo Grade 3",
	"Demo Store Trainer": "Demo Grade 3",
	"Demo Warehouse Operator": "Demo Grade 1",
	"Demo Software Engineer": "Demo Grade 2",
	"Demo Data Analyst": "Demo Grade 2",
	"Demo Product Designer": "Demo Grade 2",
	"Demo Recruiter": "Demo Grade 2",
	"Demo Head of Sales": "Demo Grade 4",
}
DEPARTMENTS = ("Demo Stores", "Demo Logistics", "Demo Technology", "Demo People")

# (first name, last name, gender, department, designation they began with: `career_cast.RISES` tells who rose)
EMPLOYEES = (
	("Mei", "Lin", "Female", "Demo Stores", "Demo Store Assistant"),
	("Tomás", "Okafor", "Male", "Demo Technology", "Demo Software Engineer"),
	("Hua", "Zhang", "Female", "Demo People", "Demo Recruiter"),
	("Ingrid", "Solberg", "Female", "Demo People", "Demo Recruiter"),
	("Arjun", "Mehta", "Male", "Demo Technology", "Demo Software Engineer"),
	("Fatima", "Haddad", "Female", "Demo Stores", "Demo Store Assistant"),
	("Jun", "Wang", "Male", "Demo Logistics", "Demo Warehouse Operator"),
	("Olena", "Kovalenko", "Female", "Demo Technology", "Demo Data Analyst"),
	("Kwame", "Boateng", "Male", "Demo Stores", "Demo Store Assistant"),
	("Yuki", "Tanaka", "Female", "Demo Technology", "Demo Product Designer"),
	("Lucas", "Ferreira", "Male", "Demo Stores", "Demo Head of Sales"),
	("Fang", "Chen", "Female", "Demo Stores", "Demo Store Assistant"),
	("Bao", "Nguyen", "Male", "Demo Logistics", "Demo Warehouse Operator"),
	("Sofia", "Rossi", "Female", "Demo Technology", "Demo Product Designer"),
	("Qiang", "Liu", "Male", "Demo Logistics", "Demo Warehouse Operator"),
	("Amara", "Diallo", "Female", "Demo Stores", "Demo Store Assistant"),
	("Erik", "Lindqvist", "Male", "Demo Technology", "Demo Software Engineer"),
	("Noor", "Rahman", "Female", "Demo Technology", "Demo Data Analyst"),
	("Min-jun", "Park", "Male", "Demo Stores", "Demo Store Assistant"),
	("Rosa", "Delgado", "Female", "Demo Logistics", "Demo Warehouse Operator"),
	("Peter", "Novák", "Male", "Demo Technology", "Demo Software Engineer"),
	("Xin", "Zhao", "Female", "Demo Stores", "Demo Store Assistant"),
	("Tariq", "Aziz", "Male", "Demo Stores", "Demo Store Assistant"),
	("Hannah", "Weiss", "Female", "Demo People", "Demo Recruiter"),
	("Wei", "Sun", "Male", "Demo Technology", "Demo Software Engineer"),
)

# index in EMPLOYEES -> (what the person is in the demo, roles, language)
LOGINS = {
	0: ("employee", ("Employee", "Employee Self Service"), "zh"),
	1: ("employee", ("Employee", "Employee Self Service"), "en"),
	2: ("HR User", ("HR User", "Employee"), "zh"),
	3: ("HR Manager", ("HR Manager", "HR User", "Employee"), "en"),
	4: ("hiring manager", ("Employee", "Interviewer"), "en"),
	5: ("employee", ("Employee", "Employee Self Service"), "en"),
}

# (title, designation, department, is open, description, what is hard about it)
OPENINGS = (
	(
		"Store Assistant, West Street",
		"Demo Store Assistant",
		"Demo Stores",
		True,
		"<p>Help customers, keep the shelves full, close the till. 30 hours a week in two shifts.</p>",
		"<p>Saturdays are busy, and you stand most of the day.</p>",
	),
	(
		"门店店员（中山路）",
		"Demo Store Assistant",
		"Demo Stores",
		True,
		"<p>接待顾客、整理货架、收银。两班轮换，包工作餐。</p>",
		"<p>周末客流大，需要站立工作。</p>",
	),
	(
		"Store Manager",
		"Demo Store Manager",
		"Demo Stores",
		True,
		"<p>Lead a team of twelve, plan shifts, own the result of one store.</p>",
		"<p>The first half year is spent on rebuilding the team.</p>",
	),
	(
		"门店店长",
		"Demo Store Manager",
		"Demo Stores",
		True,
		"<p>带领十二人的团队，负责一家门店的业绩、排班和服务。三年以上零售经验。</p>",
		"<p>新店开业前三个月比较辛苦。</p>",
	),
	(
		"Warehouse Operator, Night",
		"Demo Warehouse Operator",
		"Demo Logistics",
		True,
		"<p>Pick and pack orders with a scanner. A forklift licence helps.</p>",
		"<p>Night shifts from 22:00 to 6:00.</p>",
	),
	(
		"仓库操作员（白班）",
		"Demo Warehouse Operator",
		"Demo Logistics",
		True,
		"<p>按单拣货、打包、盘点。有叉车证优先。</p>",
		"<p>旺季每周工作六天。</p>",
	),
	(
		"Backend Engineer",
		"Demo Software Engineer",
		"Demo Technology",
		True,
		"<p>Python and MariaDB. You own a service from design to operation.</p>",
		"<p>One week in six you are on call.</p>",
	),
	(
		"前端工程师",
		"Demo Software Engineer",
		"Demo Technology",
		True,
		"<p>负责员工门户的前端开发，关注无障碍和性能。三年以上经验。</p>",
		"<p>老页面不少，需要耐心重构。</p>",
	),
	(
		"Platform Engineer",
		"Demo Software Engineer",
		"Demo Technology",
		True,
		"<p>Linux, networks, backups that restore. Two places.</p>",
		"<p>Much of what you build is noticed only when it fails.</p>",
	),
	(
		"Data Analyst",
		"Demo Data Analyst",
		"Demo Technology",
		True,
		"<p>Turn sales figures into decisions. SQL is your first language.</p>",
		"<p>Some sources are spreadsheets.</p>",
	),
	(
		"数据分析师（供应链）",
		"Demo Data Analyst",
		"Demo Logistics",
		True,
		"<p>分析库存与配送数据，给出补货建议。熟悉 SQL。</p>",
		"<p>数据来源多，口径需要统一。</p>",
	),
	(
		"Product Designer",
		"Demo Product Designer",
		"Demo Technology",
		True,
		"<p>Design what shop assistants use on an old phone in a break.</p>",
		"<p>You are the only designer.</p>",
	),
	(
		"Recruiter",
		"Demo Recruiter",
		"Demo People",
		True,
		"<p>Find forty people a year, and answer every one of them.</p>",
		"<p>Autumn is twice as busy as the rest of the year.</p>",
	),
	(
		"Head of Sales",
		"Demo Head of Sales",
		"Demo Stores",
		True,
		"<p>Eight stores, one plan. You report to the board.</p>",
		"<p>Two stores are below plan.</p>",
	),
	(
		"Store Assistant, Harbour (closed)",
		"Demo Store Assistant",
		"Demo Stores",
		False,
		"<p>This opening was filled in spring.</p>",
		"",
	),
)

CANDIDATE_FIRST_NAMES = [
	"Ana",
	"Bo",
	"Chidi",
	"Dana",
	"Elif",
	"Farid",
	"Grace",
	"Hiro",
	"Ines",
	"Jia",
	"Kofi",
	"Lena",
	"Marco",
	"Nadia",
	"Omar",
	"Priya",
	"Rui",
	"Sana",
	"Tove",
	"Uma",
	"Viktor",
	"Wen",
	"Xiu",
	"Yara",
	"Zoe",
]
CANDIDATE_LAST_NAMES = [
	"Abebe",
	"Brandt",
	"Castillo",
	"Dubois",
	"Eriksen",
	"Fischer",
	"Gupta",
	"Hassan",
	"Ivanova",
	"Jansen",
	"Kim",
	"Lopez",
	"Müller",
	"Nakamura",
	"Osei",
	"Petrov",
	"Qureshi",
	"Silva",
	"Tran",
	"Ueda",
	"Varga",
	"Wu",
	"Xu",
	"Yilmaz",
	"Zhou",
]
# 555-0100 to 555-0199 are reserved for stories in each of these
AREA_CODES = ("202", "303", "404", "512", "617", "702", "808", "907")
NOTES = (
	"We worked together for two years; calm in a storm.",
	"She taught me half of what I know about inventory.",
	"以前的同事，做事踏实，客户都喜欢他。",
	"A friend from school who has run a shop of his own.",
	"大学同学，学习能力很强。",
	"",
)
RELATIONS = ("Former colleague", "Friend", "Classmate", "Professional contact", "Other")

CAMPAIGN_RULES = """\
## Autumn campaign

For openings in technology, until the date above. You hear from us within two working days, and one interview round is left out.

Recruiters may refer too and are not paid for it. Who is on probation waits for the general program.
"""
CAMPAIGN_RULES_ZH = """\
## 秋季推荐活动

适用于技术部门的职位，截止日期见上。我们会在两个工作日内给出反馈，并减免一轮面试。

招聘人员也可以推荐，但没有奖励；试用期员工请使用常规推荐计划。
"""
# referred without an opening -> what they are good at, and as what
POOL = {
	"Rosa Varga": ("inventory, forklift, night shifts", "Demo Warehouse Operator"),
	"Ken Nakamura": ("Python, MariaDB, backups", "Demo Software Engineer"),
	"Li Xiaoyun": ("门店管理，排班，新店开业", "Demo Store Manager"),
}
ANNOUNCEMENT = {
	"title": "We open two shops: whom do you know?",
	"title_zh": "新开两家门店，您身边有合适的人吗？",
	"text": "<p>In spring two new shops open. You know best who fits our teams.</p><p>Below stands what each opening pays you.</p>",
	"text_zh": "<p>春季将新开两家门店。谁适合我们的团队，您最清楚。</p><p>下面写明每个职位您能得到多少。</p>",
}
QUESTIONS = (
	("Not paid", "When is the reward for this one paid?"),
	("Amount", "Why is it less than for my last referral?"),
)
ANSWER = "It is paid with the salary of the month after probation. You see the day under My rewards."
