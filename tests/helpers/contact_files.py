"""LinkedIn's export as it really is, and a large one of which three rows of a hundred are rotten."""

import random

NOTES = (
	"Notes:\n"
	'"When exporting your connection data, you may notice that some of the email addresses are missing. You will only see'
	' addresses of connections who allow it, in settings."\n\n'
)
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


def linkedin(*rows: str) -> bytes:
	return (NOTES + HEADER + "\n".join(rows) + "\n").encode()


ROTTEN = {
	"name_missing": ",,https://www.linkedin.com/in/h{0},,,,05 Mar 2021",
	"email_invalid": "Rot{0},Ten,,not an address,Acme,,",
	"open_quote": 'Rot{0},"Ten,,,Acme,,',
	"too_many_columns": "Rot{0},Ten,,,Acme,,05 Mar 2021,x,y",
}
SCRIPTS = [
	"Mei,Lin",
	"伟,王",
	"Олег,Иванов",
	"محمد,علي",
	"さくら,田中",
	"Zoë,Ünal",
	'"Jane ""JJ""","Doe, MBA"',
]


def large_file(rows: int = 30_000) -> tuple[bytes, list[tuple[int, str]], int]:
	"""Return a file, its rotten rows by line, and how many different people it has: one row in fifty is of somebody who is there already."""
	chance, lines, rotten, different = random.Random(7), [], [], 0
	for number in range(rows):
		if number % 100 in (3, 47, 81):
			reason = chance.choice(list(ROTTEN))
			rotten.append((number + 5, reason))
			lines.append(ROTTEN[reason].format(number))
		elif number % 50 == 10:
			lines.append(f"Again,Again,https://www.linkedin.com/in/p{number - 10},,,,")
		else:
			different += 1
			email = f"p{number}@example.com" if number % 9 == 0 else ""
			lines.append(
				f"{chance.choice(SCRIPTS)},https://www.linkedin.com/in/p{number},{email},Acme {number % 700},Cook,05 Mar 2021"
			)
	return linkedin(*lines), rotten, different
