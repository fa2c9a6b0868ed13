"""Files of contacts as they really are: every good row is in, every rotten one is named by its line, nobody is there twice."""

import io
import zipfile
from datetime import date, datetime

import pytest
from contact_files import large_file, linkedin
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from referral_hub.matching.rules.contacts.contact import Contact, identities, merged
from referral_hub.matching.rules.contacts.dates import date_in
from referral_hub.matching.rules.contacts.reading import preview, read
from referral_hub.matching.rules.contacts.tables import UnreadableFile


def people(data: bytes, name: str = "Connections.csv", **how) -> list[Contact]:
	return list(read(data, name, **how).contacts)


def bad(data: bytes, name: str = "Connections.csv", **how) -> list[tuple[int, str]]:
	return [(one.line, one.reason) for one in read(data, name, **how).bad]


def test_the_export_of_LinkedIn_is_read_below_its_notes():
	found = people(
		linkedin(
			"Mei,Lin,https://www.linkedin.com/in/meilin?trk=x,,Acme,Store Manager,05 Mar 2021",
			'Jane,"Doe, PMP",https://www.linkedin.com/in/jd/,Jane@Acme.COM,"Acme, Inc.","Head of ""Fun""",2021-03-06',
			"伟,王,https://www.linkedin.com/in/ww,,华为,工程师,2021年3月5日",
			"Łukasz 🚀,Żak,https://www.linkedin.com/in/lz,,,,",
		)
	)
	assert found == [
		Contact(
			"Mei Lin",
			employer="Acme",
			title="Store Manager",
			url="https://www.linkedin.com/in/meilin",
			since=date(2021, 3, 5),
			lines=(5,),
		),
		Contact(
			"Jane Doe, PMP",
			("jane@acme.com",),
			(),
			"Acme, Inc.",
			'Head of "Fun"',
			"",
			"https://www.linkedin.com/in/jd",
			since=date(2021, 3, 6),
			lines=(6,),
		),
		Contact(
			"王伟",
			employer="华为",
			title="工程师",
			url="https://www.linkedin.com/in/ww",
			since=date(2021, 3, 5),
			lines=(7,),
		),
		Contact("Łukasz 🚀 Żak", url="https://www.linkedin.com/in/lz", lines=(8,)),
	]


@pytest.mark.parametrize(
	("row", "reason"),
	[
		(",,,,,,05 Mar 2021", "name_missing"),
		("Jane,Doe,,jane@nowhere,Acme,,", "email_invalid"),
		('Jane,"Doe,,jane@acme.com,Acme,,', "open_quote"),
		("Jane,Doe,,,Acme,Boss,05 Mar 2021,and,more", "too_many_columns"),
		("=cmd|' /C calc'!A0,Doe,,,Acme,,", "name_is_formula"),
		("<b>Jane</b>,Doe,,,Acme,,", "name_has_markup"),
		("x" * 141 + ",Doe,,,Acme,,", "name_too_long"),
	],
)
def test_a_rotten_row_is_named_and_costs_nobody_else(row, reason):
	data = linkedin("Ann,Before,,,Acme,,", row, 'Bob,After,,,"Acme, ""Inc""",,')
	assert bad(data) == [(6, reason)]
	assert [person.name for person in people(data)] == ["Ann Before", "Bob After"]


def test_two_open_quotes_do_not_swallow_the_rows_between():
	data = linkedin('A,"One,,,,,', "B,Two,,,,,", "C,Three,,,,,", 'D,"Four,,,,,', "E,Five,,,,,")
	assert bad(data) == [(5, "open_quote"), (8, "open_quote")]
	assert [person.name for person in people(data)] == ["B Two", "C Three", "E Five"]


def test_a_quote_that_two_rows_happen_to_close_is_open_all_the_same():
	data = linkedin('A,"One', 'Two",b', "C,Three,,,,,")
	assert bad(data) == [(5, "open_quote"), (6, "open_quote")]
	assert [person.name for person in people(data)] == ["C Three"]


def test_several_columns_may_hold_phones_and_mails():
	data = b"Name,Mobile,Phone,Email 1,E-mail\nJane,+8613800138000,+49731123456,a@x.com; b@x.com,c@x.com\n"
	(jane,) = people(data)
	assert (jane.phones, jane.emails) == (
		("+8613800138000", "+49731123456"),
		("a@x.com", "b@x.com", "c@x.com"),
	)


def test_several_addresses_of_one_label_are_read_as_Google_writes_them():
	data = b"First Name,Last Name,E-mail 1 - Value,Phone 1 - Value\nJane,Doe,a@x.com ::: b@x.com,+1 650 253 0000 ::: +8613800138000\n"
	(jane,) = people(data)
	assert (jane.emails, jane.phones) == (("a@x.com", "b@x.com"), ("+16502530000", "+8613800138000"))


@pytest.mark.parametrize("nothing", ["N/A", "-", "none", "无"])
def test_a_word_for_nothing_costs_nobody(nothing):
	(jane,) = people(f"Name,Phone,Email\nJane Doe,{nothing},{nothing}\n".encode())
	assert jane == Contact("Jane Doe", lines=(2,))


@pytest.mark.parametrize(
	("phone", "email", "phones"),
	[
		("138 0013 8000/139 0013 9000", "mailto:a@x.com", ("+8613800138000", "+8613900139000")),
		("+49 731/123456", "Jane Doe <a@x.com>", ("+49731123456",)),
	],
)
def test_addresses_and_numbers_are_read_as_mail_programs_and_people_write_them(phone, email, phones):
	(jane,) = people(f"Name,Phone,Email\nJane Doe,{phone},{email}\n".encode(), region="CN")
	assert (jane.emails, jane.phones) == (("a@x.com",), phones)


def test_a_cell_may_go_over_lines():
	data = b'Name,Notes\nJane,"one\ntwo, three"\nBob,four\n'
	assert [(one.name, one.note, one.lines) for one in people(data)] == [
		("Jane", "one two, three", (2,)),
		("Bob", "four", (4,)),
	]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_however_it_was_saved(encoding, delimiter, ends):
	rows = [["姓名", "手机号码", "公司", "技能"], ["王芳", "138 0013 8000", "华为", "会计、Excel"]]
	data = ends.join(delimiter.join(row) for row in rows).encode(encoding)
	assert people(data, region="CN") == [
		Contact("王芳", (), ("+8613800138000",), "华为", skills=("会计", "Excel"), lines=(2,))
	]


@pytest.mark.parametrize("name", ["Jürgen Groß", "Müller", "Jörg Schäfer", "José Núñez"])
def test_letters_of_Western_Excel_are_read(name):
	assert people(f"Name;Firma\n{name};Bäcker\n".encode("cp1252"))[0].name == name


def test_a_Chinese_sign_between_letters_makes_no_file_Western():
	data = "Name,Company\n王芳,T恤shirt 上海公司\n".encode("gb18030")
	assert [(one.name, one.employer) for one in people(data)] == [("王芳", "T恤shirt 上海公司")]


@pytest.mark.parametrize(
	("header", "fields"),
	[
		(
			"名字,姓氏,网址,电子邮件地址,公司,职位,连接于",
			["first_name", "last_name", "url", "email", "employer", "title", "since"],
		),
		(
			"Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Vernetzt am",
			["first_name", "last_name", "url", "email", "employer", "title", "since"],
		),
		("NAME , Mobile  Phone,Shoe size,JOB TITLE", ["name", "phone", None, "title"]),
	],
)
def test_the_preview_says_what_each_column_is_taken_for(header, fields):
	data = f"{header}\n{','.join(map(str, range(10, 10 + len(fields))))}\n".encode()
	columns = preview(data, "x.csv")
	assert [column.field for column in columns] == fields
	assert [column.values for column in columns] == [(str(10 + number),) for number in range(len(fields))]


def test_somebody_says_what_the_columns_are():
	data = b"Name,Nick,Where\nJane Doe,JJ,Ulm\n"
	assert people(data, mapping={1: "name", 2: "place"}) == [Contact("JJ", place="Ulm", lines=(2,))]
	with pytest.raises(UnreadableFile, match="unknown_field"):
		read(data, "x.csv", mapping={0: "salary"})


def workbook(*rows) -> bytes:
	book = Workbook()
	book.create_sheet("People")
	for row in rows:
		book["People"].append(row)
	file = io.BytesIO()
	book.save(file)
	return file.getvalue()


def test_a_workbook_is_read_with_the_lines_of_its_sheet():
	data = workbook(
		["My contacts"],
		[],
		["Name", "Phone", "Connected On"],
		["Jane Doe", 13800138000.0, datetime(2021, 3, 5)],
		[None, 13800138001, None],
		[],
		["Bob Roe", "12", None],
	)
	assert people(data, "book.xlsx", region="CN") == [
		Contact("Jane Doe", (), ("+8613800138000",), since=date(2021, 3, 5), lines=(4,))
	]
	assert bad(data, "book.xlsx", region="CN") == [(5, "name_missing"), (7, "phone_invalid")]


def sheet_with(data: bytes, *changes: tuple[bytes, bytes]) -> bytes:
	"""Return a workbook with other words in its sheets."""
	out = io.BytesIO()
	with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(out, "w") as changed:
		for one in book.namelist():
			text = book.read(one)
			for old, new in changes if one.startswith("xl/worksheets/") else ():
				text = text.replace(old, new)
			changed.writestr(one, text)
	return out.getvalue()


JANE = workbook(["Name", "Phone", None], ["Jane Doe", None, "x"])


def test_a_sheet_that_says_it_is_huge_is_read_for_what_stands_in_it():
	huge = sheet_with(JANE, (b'<dimension ref="A1:C2"', b'<dimension ref="A1:XFD1048576"'))
	assert huge != JANE
	for data in (huge, JANE):
		assert [column.heading for column in preview(data, "book.xlsx")] == ["Name", "Phone", ""]
		assert [one.name for one in people(data, "book.xlsx")] == ["Jane Doe"]


def test_a_row_far_below_all_others_is_refused_and_not_waited_for():
	far = sheet_with(
		JANE, (b'<row r="2"', b'<row r="1048576"'), (b'"A2"', b'"A1048576"'), (b'"C2"', b'"C1048576"')
	)
	with pytest.raises(UnreadableFile, match="^too_many_rows$"):
		preview(far, "book.xlsx")


VCARDS = """BEGIN:VCARD\r
VERSION:2.1\r
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;=E8=8A=B3;;;\r
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B=E8=8A=B3\r
TEL;CELL:13800138000\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:3.0\r
FN:Jane Doe\r
N:Doe;Jane;;;\r
ORG:Acme;Sales\r
TITLE:Store Manager\r
item1.EMAIL;type=INTERNET:jane@acme.com\r
item1.X-ABLabel:_$!<Other>!$_\r
ADR;TYPE=WORK:;;Main St 1;Ulm;;89073;Germany\r
PHOTO;ENCODING=b;TYPE=JPEG:AAAA\r
 BBBB\r
 NOTE:hidden\r
NOTE:likes\\, tea\r
CATEGORIES:school,choir\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:3.0\r
FN:Broken\r
BEGIN:VCARD\r
VERSION:4.0\r
FN:Bob Roe\r
N:Roe;Bob;;;\r
TEL;VALUE=uri;TYPE="cell,voice":tel:+49-731-123456;ext=5\r
EMAIL:bob@acme.com\r
END:VCARD\r
"""


def test_cards_of_every_version_are_read_and_a_broken_one_is_named():
	data = VCARDS.encode()
	assert people(data, "x.vcf", region="CN") == [
		Contact("王芳", (), ("+8613800138000",), lines=(1,)),
		Contact(
			"Jane Doe",
			("jane@acme.com",),
			(),
			"Acme Sales",
			"Store Manager",
			"Ulm",
			tags=("school", "choir"),
			note="likes, tea",
			lines=(7,),
		),
		Contact("Bob Roe", ("bob@acme.com",), ("+49731123456",), lines=(25,)),
	]
	assert bad(data, "x.vcf", region="CN") == [(22, "broken_card")]


@pytest.mark.parametrize(
	("data", "name", "reason"),
	[
		(b"", "x.csv", "no_header"),
		(b"a,b\n1,2\n", "x.csv", "no_header"),
		(b"PK\x03\x04nonsense", "x.xlsx", "no_workbook"),
		(b"nonsense", "x.xlsx", "unknown_kind"),
		(b"nonsense", "x.pdf", "unknown_kind"),
		(b"nonsense", "x.vcf", "no_cards"),
	],
)
def test_what_holds_nobody_is_refused_with_a_reason(data, name, reason):
	with pytest.raises(UnreadableFile, match=f"^{reason}$"):
		read(data, name)


def test_two_rows_of_one_person_are_one_also_by_way_of_a_third():
	first = Contact("Jane Doe", ("jane@a.com",), lines=(2,))
	second = Contact("J. Doe", (), ("+491",), title="Cook", lines=(3,))
	third = Contact("Jane", ("jane@a.com",), ("+491",), lines=(4,))
	assert merged([first, second, Contact("Bob"), third]) == [
		Contact("Jane Doe", ("jane@a.com",), ("+491",), title="Cook", lines=(2, 3, 4)),
		Contact("Bob"),
	]


SPELLINGS = """name,email,phone,skills
Jane Doe,jane.doe@gmail.com,,Excel
Jane Doe,janedoe@gmail.com,13800138000,Welding
Bob,bob+x@outlook.com,,SAP
Bob Li,bob@outlook.com,13900139000,SQL
Eve,eve@a.com; e.ve@gmail.com,,
Eve,eve@gmail.com,,Cook
"""


def test_two_spellings_of_one_mailbox_are_one_person():
	found = people(SPELLINGS.encode(), region="CN")
	assert [(one.name, one.phones, one.skills) for one in found] == [
		("Jane Doe", ("+8613800138000",), ("Excel", "Welding")),
		("Bob", ("+8613900139000",), ("SAP", "SQL")),
		("Eve", (), ("Cook",)),
	]


def test_who_shares_an_office_s_number_alone_is_somebody_else():
	rows = ("John Smith,j@x.com", "Mary Jones,m@x.com", "Mary Jones,", "Paul Li,p@x.com", "Paul L.,P@X.com")
	data = "Name,E-mail,Phone\n" + "".join(f"{row},010-62345678\n" for row in rows)
	found = people(data.encode(), region="CN")
	assert [(one.name, one.emails, one.lines) for one in found] == [
		("John Smith", ("j@x.com",), (2,)),
		("Mary Jones", ("m@x.com",), (3, 4)),
		("Paul Li", ("p@x.com",), (5, 6)),
	]
	assert merged([*found, *found]) == found
	(jane,) = people(b"Name,E-mail,Phone\nJane Doe,,+8613800138000\nJ. Doe,j@x.com,+8613800138000\n")
	assert (jane.name, jane.emails) == ("Jane Doe", ("j@x.com",))


def test_of_a_whole_firm_with_one_number_everybody_is_read():
	rows = "".join(f"Person {number},p{number}@x.com,010-62345678\n" for number in range(100))
	found = people(f"Name,E-mail,Phone\n{rows}{rows}".encode(), region="CN")
	assert [one.name for one in found] == [f"Person {number}" for number in range(100)]


def test_of_two_with_one_name_and_other_employers_nobody_is_lost():
	found = merged(
		[Contact("王伟", employer="A"), Contact("王伟", employer="B"), Contact("王 伟", employer="a")]
	)
	assert [one.employer for one in found] == ["A", "B"]


def test_of_thirty_thousand_rows_every_good_one_is_in_and_every_rotten_one_named():
	data, rotten, different = large_file()
	found = read(data, "Connections.csv")
	assert [(one.line, one.reason) for one in found.bad] == rotten and len(rotten) == 900
	assert (found.rows, len(found.contacts), found.duplicates) == (
		30_000,
		different,
		30_000 - 900 - different,
	)
	again = merged([*found.contacts, *read(data, "Connections.csv").contacts])
	assert [identities(one) for one in again] == [identities(one) for one in found.contacts]


@pytest.mark.parametrize(
	("text", "day"),
	[
		("05 Mar 2021", date(2021, 3, 5)),
		("Mar 5, 2021", date(2021, 3, 5)),
		("3/5/21", date(2021, 3, 5)),
		("25/3/2021", date(2021, 3, 25)),
		("2021年3月5日", date(2021, 3, 5)),
		("5. März 2021", date(2021, 3, 5)),
		("5 de marzo de 2021", date(2021, 3, 5)),
		("5 févr. 2021", date(2021, 2, 5)),
		("31 Feb 2021", None),
		("yesterday", None),
		("", None),
	],
)
def test_days_as_exports_write_them(text, day):
	assert date_in(text) == day


@given(st.binary(max_size=300), st.sampled_from(["x.csv", "x.xlsx", "x.vcf"]))
def test_whatever_bytes_come_they_are_read_or_refused(data, name):
	for head in (b"", b"Name,Email\n", b"BEGIN:VCARD\nFN:", b"PK"):
		try:
			found = read(head + data, name)
		except UnreadableFile:
			continue
		assert found.duplicates >= 0
