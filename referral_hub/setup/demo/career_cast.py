"""What the performance path of the demo says, who rose on it, and what was agreed and asked, as data. Read by `career.py` alone."""

PATH = "Careers in Our Stores"
# code, title, designation, grade, follows, branch, usual months, pay from, pay to, bonus %, what else it brings
LEVELS = (
	("S1", "Store Assistant", "Demo Store Assistant", "", "", "", 9, 4500, 5500, 0, ""),
	(
		"S2",
		"Senior Store Assistant",
		"Demo Store Assistant",
		"Demo Grade 2",
		"S1",
		"",
		9,
		5500,
		6500,
		5,
		"The early shift is yours to plan.",
	),
	(
		"M3",
		"Store Manager",
		"Demo Store Manager",
		"",
		"S2",
		"Manager",
		24,
		8000,
		10500,
		10,
		"A store, its team and its result.",
	),
	(
		"E3",
		"Store Trainer",
		"Demo Store Trainer",
		"",
		"S2",
		"Expert",
		0,
		7500,
		9500,
		8,
		"You open new stores.",
	),
	(
		"M4",
		"Head of Sales",
		"Demo Head of Sales",
		"",
		"M3",
		"",
		0,
		14000,
		18000,
		20,
		"Eight stores, one plan.",
	),
)
# level, what it needs, target, unit, source, at most, counted
REQUIREMENTS = (
	("S2", "Goals reached", 2, "goals", "Goal", 0, "Since This Level"),
	("S2", "Complaints of customers", 2, "complaints", "By Hand", 1, "Since This Level"),
	("M3", "Progress of all goals", 80, "%", "Goal Progress", 0, "Since This Level"),
	("M3", "Newcomers shown around", 3, "people", "By Hand", 0, "Since This Level"),
	("E3", "Hours of training given", 40, "hours", "Timesheet", 0, "Since This Level"),
	("M4", "Years above plan", 2, "years", "By Hand", 0, "Since This Level"),
)

# index in EMPLOYEES -> (month and day of last year, level they rose to), oldest first
RISES = {
	5: (((2, 1), "S2"), ((10, 1), "M3")),
	8: (((3, 1), "S2"), ((12, 1), "E3")),
	11: (((1, 15), "S2"), ((9, 1), "M3")),
	15: (((4, 1), "S2"), ((11, 15), "E3")),
	22: (((2, 15), "S2"), ((11, 1), "M3")),
}
# who lets others see how they rose, and who leads those who ask and begin
MANAGER = 5
OWN_WORDS = "Ask for the early shift: there you learn how a store wakes up."
# who asks, and is on the way
ASSISTANT = 0
# what they work on: words, progress
GOALS = (("Count the stock of aisle 3 alone", 100), ("Close the till without a difference for a month", 60))
COMPLAINTS = 1

TEMPLATE = "Demo: the First Three Months"
# goal, within how many months, how it is seen
FIRST_GOALS = (
	("Know everybody of the team and what they do", 1, "A round of coffee, written down on one page."),
	("Do the daily work without help", 2, "A week in which nobody had to step in."),
	("Make one thing better", 3, "The team says that it is better."),
)
CANDIDATE_ASKS = "Who shows me around in the first week?"
HR_ANSWERS = "Your manager does; the first three days are kept free for it."
PROGRESS = 70
MANAGER_SAYS = "A flying start: only the logistics team is missing, they are at the other site."

# (about, question); the first was answered
QUESTIONS = (
	("Training", "When does the training for the new till begin?"),
	("Working Time and Pay", "节假日排班可以提前两周公布吗？"),
)
ANSWER = "On Monday at ten, in the back office. I have put you on the list."
THANKS = "Thank you, that was quick."
ANSWERED_DAYS_AGO, ANSWERED_AFTER_HOURS = 12, 3
